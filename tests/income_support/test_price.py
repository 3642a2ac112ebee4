"""What an application costs the database in statements: it may not creep up unseen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handslag.income_support import jobs, ports
from handslag.integrations.mina_meddelanden.mailbox import PrintOnly
from tests.income_support import deciding
from tests.income_support.applying import apply, use

pytestmark = pytest.mark.django_db(databases=["default"])

# From the registers to the letter, with every savepoint; one asks whether strangers share the account, and the mailbox,
# which the product always has, asks for the receiver's number.
MOST_TO_DECIDE = 141


def test_from_the_registers_to_the_letter(cast, monkeypatch):
    """The ports are this test's own: what another test left behind them is another price."""
    monkeypatch.setattr(ports, "_in_use", {})
    deciding.rules(cast)
    use()
    ports.use(mailbox=PrintOnly())
    application = apply(cast.elin)
    with CaptureQueriesContext(connection) as asked:
        jobs.fetch_registers.func(str(application.id))
    told = [query["sql"] for query in asked.captured_queries]
    assert any('UPDATE "casework_decision"' in sql for sql in told)  # decided and delivered
    assert len(told) <= MOST_TO_DECIDE, "\n".join(statement[:90] for statement in told)
