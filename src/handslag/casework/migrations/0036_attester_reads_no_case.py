"""Who attests payments works in no case: the role alone neither reads nor writes one.

What an attester may read, and for how long, is said where payments are (income support).
"""

from importlib import import_module

from django.db import migrations

from handslag.foundation.policies import function

_before = import_module("handslag.casework.migrations.0002_policies")


def _without_attester(sql: str) -> str:
    if ", 'attester'" not in sql:
        raise AssertionError("the functions of 0002_policies no longer name the attester")
    return sql.replace(", 'attester'", "")


class Migration(migrations.Migration):
    dependencies = [("casework", "0035_neutral_decision")]

    operations = [
        function("handslag_case_units()", "uuid[]", _without_attester(_before.CASE_UNITS)),
        function("handslag_may_read_case(wanted uuid)", "boolean", _without_attester(_before.MAY_READ_CASE)),
        function("handslag_may_work_in_case(wanted uuid)", "boolean", _without_attester(_before.MAY_WORK_IN_CASE)),
    ]
