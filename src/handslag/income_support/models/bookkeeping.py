"""What was paid, kept as accounting when its case file has been erased: no file, no decision's text, no reason."""

from django.conf import settings
from django.db import models

from handslag.foundation.models.written import Written
from handslag.income_support.models.payments import PayeeKind


class KeptPayment(Written):
    """One payment that went to the bank, put apart from a file that was erased before bookkeeping lets it go.

    `kept_until` is the last day to keep it, `source` and `status` the rule that says so. It points at no case and no
    person: the case's number and the payee's name and account are what the payment file of that day holds too.
    """

    removable = True

    unit = models.ForeignKey("foundation.Unit", models.PROTECT, related_name="+")
    end_to_end_id = models.CharField(max_length=35, unique=True)
    message_id = models.CharField(max_length=35)
    case_number = models.CharField(max_length=20)
    decided_on = models.DateField()
    month = models.CharField(max_length=7)
    amount_kr = models.DecimalField(max_digits=14, decimal_places=2)
    pay_on = models.DateField()
    state = models.CharField(max_length=10)
    payee_kind = models.CharField(max_length=12, choices=PayeeKind)
    payee_name = models.CharField(max_length=140)
    account = models.CharField(max_length=60)
    attested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    kept_until = models.DateField()
    source = models.CharField(max_length=80)
    status = models.CharField(max_length=12)
    kept_at = models.DateTimeField()

    classified = {
        "unit": "internal", "end_to_end_id": "internal", "message_id": "internal", "case_number": "sensitive",
        "decided_on": "sensitive", "month": "internal", "amount_kr": "sensitive", "pay_on": "internal",
        "state": "internal", "payee_kind": "internal", "payee_name": "identity", "account": "identity",
        "attested_by": "internal", "released_by": "internal", "kept_until": "internal", "source": "internal",
        "status": "internal", "kept_at": "internal",
    }  # fmt: skip

    class Meta:
        db_table = "income_support_keptpayment"
        indexes = [models.Index(fields=["unit", "pay_on"], name="income_kept_payment_unit")]
