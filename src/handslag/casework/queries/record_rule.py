"""The rule of who reads the record online that holds today, and every version that the municipality has decided."""

from django.db import connection

from handslag.casework.models import RecordRule
from handslag.casework.record_numbers import record_numbers
from handslag.foundation import public as foundation

SHIPPED = "parameters/record.yaml"


def rule_today() -> RecordRule:
    """The rule of ages (years) and delays (days) that holds today: an unsaved row, as the database answers by it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM handslag_record_rule()")
        own, until, told, own_days, guardian_days, agrees = cursor.fetchone()
    return RecordRule(
        own_from_age=own, guardian_until_age=until, told_from_age=told, own_delay_days=own_days,
        guardian_delay_days=guardian_days, child_may_agree=agrees,
    )  # fmt: skip


def find_record_rules(actor: foundation.Actor) -> list[RecordRule]:
    """The municipality's own rules, newest first, with who decided each and when."""
    with foundation.acting(actor):
        return list(RecordRule.objects.select_related("decided_by").order_by("-valid_from"))


def is_told_age_confirmed() -> bool:
    """Whether the age from which a child is told itself has been read in the act."""
    return record_numbers()["told_from_age"].is_confirmed
