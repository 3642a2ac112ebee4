"""Which cases give an account that a stranger's application gives too: those that the reader may read, and no others."""

from importlib import import_module

from django.db import migrations

from handslag.foundation.policies import function

_before = import_module("handslag.income_support.migrations.0018_account_of_somebody_else")

# The same strangers as the warning is raised for; what the reader may not read leaves no trace, not even as a number.
CHANGED = {
    "AND handslag_is_system()": "AND handslag_may_read_case(a.case_id)",
    "SELECT o.applicant_id AS person_id FROM": "SELECT o.applicant_id AS person_id, o.case_id FROM",
    "SELECT p.person_id FROM": "SELECT p.person_id, p.case_id FROM",
    "SELECT EXISTS (\n  SELECT FROM mine": "SELECT DISTINCT given.case_id FROM mine",
}


def _cases() -> str:
    sql = _before.SHARED.rstrip()
    for was, is_now in CHANGED.items():
        if sql.count(was) != 1:
            raise ValueError("the question of 0018 has changed")
        sql = sql.replace(was, is_now)
    every = sql.removesuffix(")")
    return (
        f"SELECT ARRAY(SELECT shared.case_id FROM ({every}) shared WHERE handslag_may_read_case(shared.case_id) LIMIT 20)"
    )


class Migration(migrations.Migration):
    dependencies = [("income_support", "0020_unusual_cost_limits"), ("casework", "0051_a_residents_own_answer")]

    operations = [function("handslag_cases_with_the_account(wanted uuid)", "uuid[]", _cases())]
