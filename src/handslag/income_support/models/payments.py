"""Money on its way: who is paid, what is ordered, in which file it went, and what the bank said."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from handslag.foundation.models.written import Written


class PayeeKind(models.TextChoices):
    PERSON = "person", _("The person's own account")
    LANDLORD = "landlord", _("Landlord")
    ELECTRICITY = "electricity", _("Electricity company")
    OTHER = "other", _("Other payee")


class OrderState(models.TextChoices):
    PLANNED = "planned", _("Waits for a second person")
    ORDERED = "ordered", _("Waits for a payment file")
    FILED = "filed", _("In a payment file")
    RELEASED = "released", _("Sent to the bank")
    PAID = "paid", _("Paid")
    REJECTED = "rejected", _("The bank said no")
    STOPPED = "stopped", _("Stopped")


class FileState(models.TextChoices):
    MADE = "made", _("Waits for a second person")
    RELEASED = "released", _("Released")
    WITHDRAWN = "withdrawn", _("Taken back")


class Payee(Written):
    """Somebody who may be paid in a case, with a checked account. A new account is a new row; the old one ends."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")  # for whom it is paid
    kind = models.CharField(max_length=12, choices=PayeeKind)
    name = models.CharField(max_length=140)
    account_kind = models.CharField(max_length=12)
    account_number = models.CharField(max_length=34)
    clearing = models.CharField(max_length=5, blank=True)
    bank = models.CharField(max_length=60, blank=True)
    # What the payee needs to know the payment by: customer or invoice number; a person sees the case number.
    reference = models.CharField(max_length=35, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    classified = {
        "case": "sensitive", "person": "identity", "kind": "sensitive", "name": "identity", "account_kind": "internal",
        "account_number": "identity", "clearing": "internal", "bank": "internal", "reference": "sensitive",
        "added_by": "internal", "added_at": "internal", "ended_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_payee"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person", "kind", "account_kind", "clearing", "account_number", "reference"],
                condition=Q(ended_at__isnull=True),
                name="income_payee_once",
            ),
            models.CheckConstraint(condition=~Q(account_number=""), name="income_payee_has_account"),
        ]
        indexes = [models.Index(fields=["case", "person"], name="income_payee_case")]


class PaymentFile(Written):
    """One file to the bank, made by one person and released by another. Count and sum are those of its orders."""

    message_id = models.CharField(max_length=35, unique=True)
    unit = models.ForeignKey("foundation.Unit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=FileState)
    pay_on = models.DateField()
    payments = models.PositiveIntegerField()
    control_sum_kr = models.DecimalField(max_digits=14, decimal_places=2)
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    classified = {
        "message_id": "internal", "unit": "internal", "state": "internal", "pay_on": "internal",
        "payments": "internal", "control_sum_kr": "internal", "sha256": "internal", "made_by": "internal",
        "made_at": "internal", "released_by": "internal", "released_at": "internal", "withdrawn_by": "internal",
        "withdrawn_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_paymentfile"
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("made_by")),
                name="income_file_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(state=FileState.RELEASED, released_by__isnull=False, released_at__isnull=False)
                | (~Q(state=FileState.RELEASED) & Q(released_at__isnull=True)),
                name="income_file_released",
            ),
            models.CheckConstraint(
                condition=Q(payments__gt=0, control_sum_kr__gt=0), name="income_file_not_empty"
            ),
        ]
        indexes = [models.Index(fields=["unit", "-made_at"], name="income_file_unit")]


class PaymentFileContent(models.Model):
    """The bytes of a file; read only by the download, which checks access and logs it."""

    file = models.OneToOneField(PaymentFile, models.PROTECT, primary_key=True, related_name="stored")
    content = models.BinaryField()

    classified = {"file": "internal", "content": "identity"}

    class Meta:
        db_table = "income_support_paymentfilecontent"


class PaymentOrder(Written):
    """One sum of one decision for one month to one payee. The database holds that there is one.

    `attempt` counts how often it was sent; the bank knows it as `end_to_end_id`. `needs_attest`: the sum is over
    the limit, and a second person must attest before it may enter a file.
    """

    decision = models.ForeignKey("casework.Decision", models.PROTECT, related_name="payment_orders")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    unit = models.ForeignKey("foundation.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    payee = models.ForeignKey(Payee, models.PROTECT, related_name="orders")
    amount_kr = models.DecimalField(max_digits=14, decimal_places=2)
    pay_on = models.DateField()
    state = models.CharField(max_length=10, choices=OrderState)
    state_since = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=1)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField()
    needs_attest = models.BooleanField(default=False)
    attested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    attested_at = models.DateTimeField(null=True)
    file = models.ForeignKey(PaymentFile, models.PROTECT, null=True, related_name="orders")
    paid_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=35, blank=True)
    stopped_because = models.TextField(blank=True)

    classified = {
        "decision": "sensitive", "case": "sensitive", "unit": "internal", "person": "identity", "month": "internal",
        "payee": "sensitive", "amount_kr": "sensitive", "pay_on": "internal", "state": "sensitive",
        "state_since": "internal", "attempt": "internal", "ordered_by": "internal", "ordered_at": "internal",
        "needs_attest": "internal", "attested_by": "internal", "attested_at": "internal", "file": "internal",
        "paid_at": "internal", "reason_code": "sensitive", "stopped_because": "free",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_paymentorder"
        constraints = [
            models.UniqueConstraint(fields=["decision", "month", "payee"], name="income_payment_once"),
            models.CheckConstraint(condition=Q(amount_kr__gt=0), name="income_payment_amount"),
            models.CheckConstraint(
                condition=Q(month__regex=r"^\d{4}-(0[1-9]|1[0-2])$"), name="income_payment_month"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["filed", "released", "paid"], file__isnull=False)
                | Q(state__in=["planned", "ordered", "stopped"], file__isnull=True)
                | Q(state="rejected"),
                name="income_payment_in_file",
            ),
            models.CheckConstraint(
                condition=Q(needs_attest=False)
                | Q(attested_by__isnull=False)
                | Q(state__in=["planned", "stopped"]),
                name="income_payment_attested",
            ),
            models.CheckConstraint(
                condition=Q(attested_by__isnull=True)
                | Q(ordered_by__isnull=True)
                | ~Q(attested_by=F("ordered_by")),
                name="income_payment_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state="stopped") | ~Q(stopped_because=""), name="income_payment_stopped_why"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-ordered_at"], name="income_payment_case"),
            models.Index(fields=["person", "-ordered_at"], name="income_payment_person"),
            models.Index(
                fields=["unit", "pay_on"], condition=Q(state="ordered"), name="income_payment_waiting"
            ),
            models.Index(fields=["unit"], condition=Q(state="planned"), name="income_payment_to_attest"),
            models.Index(fields=["file"], condition=Q(file__isnull=False), name="income_payment_file"),
        ]

    @property
    def end_to_end_id(self) -> str:
        """What the bank calls this attempt; at most 35 signs."""
        return f"{self.id.hex}-{self.attempt}"


class BankReportImport(Written):
    """A status report that was taken in; the bank's message id makes it impossible to take it in twice."""

    message_id = models.CharField(max_length=35, unique=True)
    file = models.ForeignKey(PaymentFile, models.PROTECT, related_name="reports")
    sha256 = models.CharField(max_length=64)
    accepted = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    pending = models.PositiveIntegerField()
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField()

    classified = {
        "message_id": "internal", "file": "internal", "sha256": "internal", "accepted": "internal",
        "rejected": "internal", "pending": "internal", "imported_by": "internal", "imported_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_bankreport"
