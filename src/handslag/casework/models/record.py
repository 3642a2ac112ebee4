"""The record online: from which age, after how long, what is held back, and what a child has agreed to."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from handslag.casework.models.cases import Case
from handslag.casework.models.decisions import Decision
from handslag.casework.models.documents import Document
from handslag.casework.models.notes import Note
from handslag.casework.states import SightEnd, SightGround
from handslag.foundation.models.written import Written


class RecordRule(Written):
    """The municipality's rule for a period, half-open in days: ages in years, delays in days after a note was signed."""

    valid_from = models.DateField(unique=True)
    valid_to = models.DateField(null=True)
    own_from_age = models.PositiveSmallIntegerField()
    guardian_until_age = models.PositiveSmallIntegerField()
    # From this age the child is told of its own case itself, beside the guardians.
    told_from_age = models.PositiveSmallIntegerField()
    own_delay_days = models.PositiveSmallIntegerField()
    guardian_delay_days = models.PositiveSmallIntegerField()
    child_may_agree = models.BooleanField()
    status = models.CharField(max_length=12)
    source = models.CharField(max_length=200)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    classified = {
        "valid_from": "internal", "valid_to": "internal", "own_from_age": "internal", "guardian_until_age": "internal",
        "told_from_age": "internal", "own_delay_days": "internal", "guardian_delay_days": "internal", "child_may_agree": "internal",
        "status": "internal", "source": "internal", "decided_by": "internal", "decided_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_recordrule"


class NoteClearance(Written):
    """Whether a signed note may be shown online to one reader: what the masking rules said last of every passage of it.

    Without a row, or with `hidden`, the database does not give the reader the note."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="clearances", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    reader = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    hidden = models.BooleanField()
    ground = models.CharField(max_length=20, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()

    classified = {
        "note": "sensitive", "case": "sensitive", "reader": "identity", "hidden": "internal",
        "ground": "sensitive", "rule": "internal", "asked_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_noteclearance"
        constraints = [models.UniqueConstraint(fields=["note", "reader"], name="casework_clearance_once")]


class MaskedNote(Written):
    """What one guardian reads online of a signed note in which a child wants some words kept from them: the rest of it, with
    no sign of where something stood or how much. Made by the system each time the record is opened.

    `wishes` are those that were followed when it was made: without them, or with one that came since, the database gives
    nobody the row. Empty where the note stays closed whole."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="masked", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    reader = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    happened_on = models.DateField()
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    # Corrections that have waited as long as a note waits: rows of `at` (ISO) and `body`.
    corrections = models.JSONField(default=list)
    wishes = ArrayField(models.UUIDField(), default=list)
    made_at = models.DateTimeField()

    classified = {
        "note": "sensitive", "case": "sensitive", "reader": "identity", "kind": "sensitive", "happened_on": "sensitive",
        "subject": "free", "body": "free", "corrections": "free", "wishes": "sensitive", "made_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_maskednote"
        constraints = [models.UniqueConstraint(fields=["note", "reader"], name="casework_masked_note_once")]


class PaperClearance(Written):
    """Whether a paper, or a delivered decision, may be shown online to one reader.

    What rules can read they are asked of, each time. What they cannot read (a scan, a picture, a PDF from outside) is shown
    only when a member of staff has read it for that reader (`opened_by`, with why). Without a row nothing is shown."""

    document = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="clearances", db_index=False
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, related_name="clearances", db_index=False
    )
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    reader = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    hidden = models.BooleanField()
    # Empty with `hidden`: nobody has read it yet.
    ground = models.CharField(max_length=20, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    because = models.TextField(blank=True)

    classified = {
        "document": "sensitive", "decision": "sensitive", "case": "sensitive", "reader": "identity",
        "hidden": "internal", "ground": "sensitive", "rule": "internal", "asked_at": "internal",
        "opened_by": "internal", "because": "free",
    }  # fmt: skip

    class Meta:
        db_table = "casework_paperclearance"
        constraints = [
            models.UniqueConstraint(fields=["document", "reader"], name="casework_paper_clearance_once"),
            models.UniqueConstraint(fields=["decision", "reader"], name="casework_decision_clearance_once"),
            models.CheckConstraint(
                condition=Q(document__isnull=True, decision__isnull=False)
                | Q(document__isnull=False, decision__isnull=True),
                name="casework_paper_clearance_of_one",
            ),
            models.CheckConstraint(
                condition=Q(opened_by__isnull=True) | ~Q(because=""), name="casework_paper_opened_with_reason"
            ),
        ]


class RecordHold(Written):
    """A note, a paper, or the whole record of a case, held back online: from everybody or toward one person, with ground
    and day."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    # Neither of them: the whole record of the case.
    note = models.ForeignKey(Note, models.PROTECT, null=True, related_name="holds", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="holds", db_index=False)
    # Null: from everybody.
    toward = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    ground = models.CharField(max_length=20)
    because = models.TextField()
    # The last day that it holds; null until it is lifted.
    until = models.DateField(null=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    held_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    lifted_at = models.DateTimeField(null=True)

    classified = {
        "case": "sensitive", "note": "sensitive", "document": "sensitive", "toward": "identity",
        "ground": "sensitive", "because": "free", "until": "sensitive", "held_by": "internal", "held_at": "internal",
        "lifted_by": "internal", "lifted_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_recordhold"
        indexes = [
            models.Index(fields=["case"], condition=Q(lifted_at__isnull=True), name="casework_hold_case")
        ]


class RecordConsent(Written):
    """A child who has reached the age of the rule lets a guardian read the record online, until they take it back."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    guardian = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    agreed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    classified = {
        "person": "identity", "guardian": "identity", "agreed_at": "internal", "withdrawn_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_recordconsent"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "guardian"],
                condition=Q(withdrawn_at__isnull=True),
                name="casework_consent_once",
            ),
            models.CheckConstraint(condition=~Q(person=F("guardian")), name="casework_consent_two_persons"),
        ]


class RecordSight(Written):
    """A guardian whom the unit has given sight of a child's record online, with the ground, until it is taken back.

    `person` is the guardian. It opens no row of the case: what the guardian reads is asked row by row of the rules, and
    only while they are a party and registered as guardian since before it was given. Read by staff alone."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="sights", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    ground = models.CharField(max_length=20, choices=SightGround)
    because = models.TextField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    given_at = models.DateTimeField()
    ended_ground = models.CharField(max_length=20, choices=SightEnd, blank=True)
    ended_because = models.TextField(blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)

    classified = {
        "case": "sensitive", "person": "identity", "ground": "sensitive", "because": "free", "given_by": "internal",
        "given_at": "internal", "ended_ground": "sensitive", "ended_because": "free", "ended_by": "internal",
        "ended_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "casework_recordsight"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(ended_at__isnull=True), name="casework_sight_once"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="casework_sight_has_reason"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_ground="")
                | (Q(ended_at__isnull=False) & ~Q(ended_ground="") & ~Q(ended_because="")),
                name="casework_sight_ended_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(ended_at__isnull=True), name="casework_sight_person")
        ]
