"""The case, who it is about, who works with it, and how its number is given."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from handslag.casework.states import ROLES_WITH_INSIGHT, CaseState, PartyRole
from handslag.foundation.models.written import Written


class CaseSeries(Written):
    """The last number given of a kind in a year. The row is locked by the case that takes the next one,
    so numbers have no gaps and are never given twice."""

    prefix = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    classified = {"prefix": "internal", "year": "internal", "last": "internal"}

    class Meta:
        db_table = "casework_caseseries"
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="casework_series_once")]


class Case(Written):
    """One matter about one person (and those who are parties beside them), kept by one unit."""

    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=40)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="cases", db_index=False)
    unit = models.ForeignKey("foundation.Unit", models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.OPEN)
    restricted = models.BooleanField(default=False)
    restricted_because = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=60, blank=True)
    # The nearest running clock, kept here so that a work list is one walk along an index.
    due_on = models.DateField(null=True)
    due_rule = models.CharField(max_length=24, blank=True)
    # The day that was promised to the person, set by the context above; and the nearer of the two, which orders the
    # work list. A trigger keeps `attend_on`, so that nobody can forget it.
    promised_on = models.DateField(null=True)
    attend_on = models.DateField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    classified = {
        "number": "identity", "kind": "sensitive", "person": "identity", "unit": "internal",
        "worker": "internal", "state": "internal", "restricted": "sensitive",
        "restricted_because": "sensitive", "opened_at": "internal", "closed_at": "internal",
        "closed_because": "sensitive", "due_on": "internal", "due_rule": "internal", "promised_on": "internal",
        "attend_on": "internal", "version": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_case"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CaseState.OPEN, closed_at__isnull=True)
                | Q(state=CaseState.CLOSED, closed_at__isnull=False),
                name="casework_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="casework_closed_after_opened",
            ),
        ]
        indexes = [
            models.Index(
                F("unit"), F("due_on").asc(nulls_last=True), F("id"),
                condition=Q(state="open"), name="casework_case_unit_due",
            ),
            models.Index(
                F("unit"), F("attend_on").asc(nulls_last=True), F("id"),
                condition=Q(state="open"), name="casework_case_unit_attend",
            ),
            models.Index(
                F("worker"), F("attend_on").asc(nulls_last=True), F("id"),
                condition=Q(state="open"), name="casework_case_worker_attend",
            ),
            models.Index(fields=["person", "-opened_at"], name="casework_case_person"),
            models.Index(fields=["opened_at", "kind"], name="casework_case_opened"),
            models.Index(fields=["closed_at", "kind"], condition=Q(state="closed"), name="casework_case_closed"),
            # The wall counts open cases from this index alone.
            models.Index(
                fields=["kind", "opened_at", "due_on"], condition=Q(state="open"), name="casework_case_balance"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state == CaseState.OPEN

    @property
    def soonest_on(self) -> date | None:
        """The first of what the law asks and what the person was promised; None where nothing runs."""
        return min((day for day in (self.due_on, self.promised_on) if day is not None), default=None)


class CaseParty(Written):
    """Somebody whom the case concerns. `has_insight`: reads the case as a party (partsinsyn, FL 10).

    A guardian never has it: they read what is sent to them, and the record online when the unit has given sight of it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="case_parties", db_index=False)
    role = models.CharField(max_length=20, choices=PartyRole)
    has_insight = models.BooleanField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    classified = {
        "case": "sensitive", "person": "identity", "role": "sensitive", "has_insight": "internal",
        "valid_from": "internal", "valid_to": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_caseparty"
        verbose_name_plural = "case parties"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(valid_to__isnull=True), name="casework_party_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="casework_party_period",
            ),
            models.CheckConstraint(
                condition=~Q(role="guardian", has_insight=True), name="casework_guardian_without_insight"
            ),
        ]
        indexes = [models.Index(fields=["person", "case"], name="casework_party_person")]

    @staticmethod
    def insight_of(role: str) -> bool:
        """Whether a role carries the right to read the case."""
        return role in ROLES_WITH_INSIGHT


class CaseStaff(Written):
    """A member of staff who is named for the case; only they read a restricted case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="staff", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    because = models.TextField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    classified = {
        "case": "sensitive", "account": "internal", "because": "free", "valid_from": "internal", "valid_to": "internal", "named_by": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_casestaff"
        verbose_name_plural = "case staff"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="casework_staff_period",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "case"], name="casework_staff_account"),
            models.Index(fields=["case", "account"], name="casework_staff_case"),
        ]


class Assignment(Written):
    """Who was responsible for the case, and when; rows are added, never rewritten."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments", db_index=False)
    unit = models.ForeignKey("foundation.Unit", models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    because = models.TextField(blank=True)
    at = models.DateTimeField()

    classified = {
        "case": "sensitive", "unit": "internal", "worker": "internal", "assigned_by": "internal",
        "because": "free", "at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_assignment"
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["case", "at"], name="casework_assignment_case")]
