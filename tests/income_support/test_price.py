"""What an application costs the database in statements: it may not creep up unseen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handslag.income_support import jobs
from tests.income_support import deciding
from tests.income_support.applying import apply, use

pytestmark = pytest.mark.django_db(databases=["default"])

MOST_TO_DECIDE = 140  # from the registers to the letter, with every savepoint


def test_from_the_registers_to_the_letter(cast):
    deciding.rules(cast)
    use()
    application = apply(cast.elin)
    with CaptureQueriesContext(connection) as asked:
        jobs.fetch_registers.func(str(application.id))
    told = [query["sql"] for query in asked.captured_queries]
    assert any('UPDATE "casework_decision"' in sql for sql in told)  # decided and delivered
    assert len(told) <= MOST_TO_DECIDE
