"""The application: what somebody asks for one month, its draft, its signatures and its papers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from handslag.foundation.models.written import Written


class ApplicationKind(models.TextChoices):
    NEW = "new", _("New application")
    RENEWAL = "renewal", _("Renewal")
    SUPPLEMENT = "supplement", pgettext_lazy("application", "Supplement")


class ApplicationState(models.TextChoices):
    AWAITING_CO_APPLICANT = "awaiting_co_applicant", _("Waiting for the partner to sign")
    SUBMITTED = "submitted", _("Sent")
    ASSESSING = "assessing", _("Being worked out")
    WITH_WORKER = "with_worker", _("With a case worker")
    DECIDED = "decided", pgettext_lazy("application", "Decided")
    WITHDRAWN = "withdrawn", _("Taken back")


class TakenDownWay(models.TextChoices):
    PHONE = "phone", pgettext_lazy("application", "By telephone")
    PAPER = "paper", pgettext_lazy("application", "On paper")
    VISIT = "visit", pgettext_lazy("application", "At a visit")


class ApplicationDraft(Written):
    """Answers on their way, one step at a time. Only the person reads them, no member of staff.

    `version` counts every save, so that two tabs cannot overwrite each other. On `expires_on` it is removed.
    """

    removable = True

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=ApplicationKind)
    month = models.CharField(max_length=7)
    route = models.JSONField()
    answers = models.JSONField(default=dict)
    known = models.JSONField(default=dict)  # where each filled-in step came from and of which day
    step = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_on = models.DateField()
    sent_at = models.DateTimeField(null=True)

    classified = {
        "person": "identity", "kind": "sensitive", "month": "internal", "route": "sensitive", "answers": "free",
        "known": "internal", "step": "internal", "version": "internal", "started_at": "internal",
        "saved_at": "internal", "expires_on": "internal", "sent_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_applicationdraft"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "month"],
                condition=Q(sent_at__isnull=True),
                name="income_draft_once",
            ),
            models.CheckConstraint(
                condition=Q(month__regex=r"^\d{4}-(0[1-9]|1[0-2])$"), name="income_draft_month"
            ),
        ]
        indexes = [models.Index(fields=["expires_on"], name="income_draft_expires")]


class Application(Written):
    """One application for one month. The answers are never changed once sent; what is new is a supplement.

    `route` holds the kind, the said ground and the trail of gates. `handed_because` says why a person has it.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="applications")
    kind = models.CharField(max_length=12, choices=ApplicationKind)
    month = models.CharField(max_length=7)
    applicant = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    co_applicant = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    answers = models.JSONField()
    state = models.CharField(max_length=24, choices=ApplicationState)
    state_since = models.DateTimeField()
    route = models.JSONField()
    # The draft that it was sent from: a second press on "send" finds this row.
    draft_id = models.UUIDField(unique=True)
    submitted_at = models.DateTimeField()
    complete_at = models.DateTimeField(null=True)  # when everybody who must had signed
    promised_on = models.DateField(null=True)  # the day by which the person was told to expect a decision
    registers_at = models.DateTimeField(null=True)
    handed_because = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True)
    automated = models.BooleanField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # Who wrote it down for the person, and how it came: by telephone, on paper or at a visit. Empty: the e-service.
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    taken_down_way = models.CharField(max_length=12, choices=TakenDownWay, blank=True)
    version = models.PositiveIntegerField(default=1)

    classified = {
        "case": "sensitive", "kind": "sensitive", "month": "internal", "applicant": "identity",
        "co_applicant": "identity", "answers": "free", "state": "sensitive", "state_since": "internal",
        "route": "sensitive", "draft_id": "internal", "submitted_at": "internal", "complete_at": "internal",
        "promised_on": "internal", "registers_at": "internal", "handed_because": "sensitive", "decided_at": "internal",
        "automated": "internal", "withdrawn_at": "internal", "taken_down_by": "internal",
        "taken_down_way": "internal", "version": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_application"
        constraints = [
            # One main application for a person and month; more for the same month is a supplement.
            models.UniqueConstraint(
                fields=["applicant", "month"],
                condition=~Q(kind="supplement") & ~Q(state="withdrawn"),
                name="income_application_once_a_month",
            ),
            models.CheckConstraint(
                condition=Q(month__regex=r"^\d{4}-(0[1-9]|1[0-2])$"), name="income_application_month"
            ),
            models.CheckConstraint(
                condition=Q(co_applicant__isnull=True) | ~Q(co_applicant=F("applicant")),
                name="income_application_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state="decided", decided_at__isnull=False) | ~Q(state="decided"),
                name="income_application_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | Q(decided_at__gte=F("submitted_at")),
                name="income_application_time",
            ),
            models.CheckConstraint(
                condition=Q(taken_down_by__isnull=True, taken_down_way="")
                | (Q(taken_down_by__isnull=False) & ~Q(taken_down_way="")),
                name="income_application_taken_down",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-submitted_at"], name="income_application_case"),
            models.Index(fields=["applicant", "-submitted_at"], name="income_application_applicant"),
            models.Index(
                fields=["co_applicant", "-submitted_at"],
                condition=Q(co_applicant__isnull=False),
                name="income_application_partner",
            ),
            models.Index(
                fields=["state_since"],
                condition=Q(state__in=["submitted", "assessing"]),
                name="income_application_stuck",
            ),
            models.Index(
                fields=["decided_at"],
                condition=Q(decided_at__isnull=False),
                name="income_application_waiting",
            ),
            models.Index(fields=["submitted_at"], name="income_application_arrived"),
            # The wall counts what stands where from this index alone.
            models.Index(
                fields=["kind", "state"],
                condition=~Q(state__in=["decided", "withdrawn"]),
                name="income_application_standing",
            ),
        ]


class CoApplicantSignature(Written):
    """The partner's signature under what was sent. `digest` is of the answers as they were shown."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="signature")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    classified = {
        "application": "sensitive", "person": "identity", "asked_at": "internal", "signed_at": "internal",
        "digest": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_coapplicantsignature"


class Attachment(Written):
    """A paper that belongs to an application; the paper itself lies in casework."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="attachments")
    document = models.ForeignKey("casework.Document", models.PROTECT, related_name="+")
    about = models.CharField(max_length=20)
    added_at = models.DateTimeField()

    classified = {
        "application": "sensitive", "document": "sensitive", "about": "sensitive", "added_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_attachment"
        constraints = [
            models.UniqueConstraint(fields=["application", "document"], name="income_attachment_once")
        ]
