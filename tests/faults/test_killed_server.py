"""The embedded PostgreSQL killed by kill -9 in the midst of one decision, again and again, under the product that watches it.

The product runs as it does for users: its own server, web and workers. A gate in the database holds a transaction of the
worker open at a known row; there the server and every process of it are killed. Nobody but the product starts anything again.
"""

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.faults.visitor import Visitor
from tests.journeys.product import RunningProduct, until

pytestmark = [pytest.mark.slow, pytest.mark.flaky(reruns=0)]

INHABITANTS = 400
# A job whose worker is silent for half a minute is taken up by the schedule of the next minute.
TAKEN_UP_WITHIN_SECONDS = 240
PAGES = 12
DECISION, PAYMENT, LETTER = "casework_decision", "income_support_paymentorder", "casework_documentcontent"
# Whoever writes a row at a shut gate stands still in the open transaction, and says in pg_stat_activity where.
GATE = """
CREATE SCHEMA gate;
CREATE TABLE gate.shut (place text PRIMARY KEY);
CREATE FUNCTION gate.wait() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = gate, pg_temp AS $$
BEGIN
  WHILE EXISTS (SELECT FROM gate.shut WHERE place = TG_TABLE_NAME) LOOP
    PERFORM set_config('application_name', 'halted at ' || TG_TABLE_NAME, true);
    PERFORM pg_sleep(0.05);
  END LOOP;
  RETURN NULL;
END $$;
GRANT USAGE ON SCHEMA gate TO PUBLIC;
"""


@pytest.fixture(scope="module")
def product() -> Iterator[RunningProduct]:
    running = RunningProduct(inhabitants=INHABITANTS)
    try:
        running.start()
        yield running
    finally:
        running.stop()
        running.clear()


def test_a_server_killed_at_the_decision_the_payment_and_the_letter(product: RunningProduct) -> None:
    """Each is there exactly once in the end, and before that either whole or not at all."""
    rune = Visitor(product.address, "rune")
    rune.open("/ledning/automatisering/regel/")
    today = first(product, "SELECT (now() AT TIME ZONE 'Europe/Stockholm')::date::text")
    rune.send(kinds="renewal", highest_kr="40000", sample_percent="0", valid_from=today, paragraph="§ 44", decided_on=today)
    with product.as_owner() as owner:
        owner.execute(GATE)
        for table in (DECISION, PAYMENT, LETTER):
            owner.execute(
                f"CREATE TRIGGER gate AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION gate.wait()"
            )
            owner.execute("INSERT INTO gate.shut VALUES (%s)", [table])

    elin = Visitor(product.address, "resident-elin")
    elin.open("/ansok/")
    elin.send(month=elin.page.xpath("//input[@name='month'][@checked]/@value")[0])
    elin.send(has_changed="no")
    elin.send(has_incomes="no")
    elin.send(status="job_seeking", registered_as_job_seeker="yes", done_this_month="Sökt tio jobb")
    elin.send(truthful="on")
    assert "/kvitto/" in elin.at
    application = elin.at.rstrip("/").rpartition("/")[2]

    killed_at(product, DECISION, elin)
    assert standing(product, application) == {"decisions": 0, "letters": 0, "orders": 0, "told": 0}
    assert first(product, "SELECT state FROM income_support_application WHERE id = %s", application) == "assessing"
    let_through(product, DECISION)

    killed_at(product, PAYMENT, elin)
    assert standing(product, application) == {"decisions": 1, "letters": 0, "orders": 0, "told": 0}
    let_through(product, PAYMENT)

    killed_at(product, LETTER, elin)
    assert standing(product, application) == {"decisions": 1, "letters": 0, "orders": 1, "told": 0}
    let_through(product, LETTER)

    whole = {"decisions": 1, "letters": 1, "orders": 1, "told": 1}
    until(lambda: standing(product, application) == whole, within=TAKEN_UP_WITHIN_SECONDS, what="the letter")
    until(lambda: unfinished(product, application) == [], within=TAKEN_UP_WITHIN_SECONDS, what="no job is left")
    assert standing(product, application) == whole
    assert events(product, application) == {"casework.decision_made": 1, "income_support.application_decided": 1}
    paid = "SELECT sum(amount_kr) FROM income_support_paymentorder WHERE decision_id = d.id"
    row = "SELECT d.automated AND d.amount_kr = ({}) FROM casework_decision d WHERE d.matter_id = %s"
    assert first(product, row.format(paid), application) is True
    assert "Beslutad" in elin.open(f"/mina-arenden/{application}/")
    told = product.command("verify-log")
    assert told.returncode == 0, told.stdout[-2000:] + told.stderr[-2000:]


def killed_at(product: RunningProduct, place: str, visitor: Visitor) -> None:
    """Wait until a worker stands at the gate, kill the server with all its processes, and wait until it is there again.

    No page fails after that, whichever of the connections from before the web takes.
    """
    where = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'handslag_job' AND application_name = %s"
    until(
        lambda: first(product, where, f"halted at {place}"), within=TAKEN_UP_WITHIN_SECONDS, what=f"a worker at {place}"
    )
    before = server_of(product)
    ended = [before, *children_of(before)]
    for pid in ended:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    until(lambda: server_of(product) not in (0, before), what="another server")
    until(lambda: first(product, "SELECT 1", away=True), what="the server lets in again")
    until(product.answers, what="the pages are there again")
    for _ in range(PAGES):
        visitor.open("/mina-arenden/")


def let_through(product: RunningProduct, place: str) -> None:
    with product.as_owner() as owner:
        owner.execute("DELETE FROM gate.shut WHERE place = %s", [place])


def server_of(product: RunningProduct) -> int:
    """The number of the server's first process; 0 while there is none."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int((product.var / "postgres/data/postmaster.pid").read_text().splitlines()[0])
    return 0


def children_of(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            pid, _, rest = status.read_text().partition(" ")
            if int(rest.rpartition(")")[2].split()[1]) == parent:
                found.append(int(pid))
    return found


def first(product: RunningProduct, sql: str, *given: Any, away: bool = False) -> Any:
    """The first value; None where the server may be away and is."""
    try:
        with product.as_owner() as owner:
            row = owner.execute(sql, given).fetchone()
            return row[0] if row else None
    except psycopg.OperationalError:
        if not away:
            raise
        return None


def standing(product: RunningProduct, application: str) -> dict[str, int]:
    """How many decisions, letters, payment orders and messages there are of the application, as whoever may read all sees it."""
    of_it = "(SELECT id FROM casework_decision WHERE matter_id = %s)"
    return {
        "decisions": first(product, "SELECT count(*) FROM casework_decision WHERE matter_id = %s", application),
        "letters": first(
            product,
            "SELECT count(*) FROM casework_document WHERE idempotency_key LIKE "
            "'letter-' || (SELECT id FROM casework_decision WHERE matter_id = %s) || '-%%'", application,
        ),
        "orders": first(product, f"SELECT count(*) FROM income_support_paymentorder WHERE decision_id IN {of_it}", application),
        "told": first(product, "SELECT count(*) FROM casework_decision WHERE matter_id = %s AND delivered_at IS NOT NULL", application),
    }  # fmt: skip


def events(product: RunningProduct, application: str) -> dict[str, int]:
    kinds = ("casework.decision_made", "income_support.application_decided")
    count = "SELECT count(*) FROM foundation_event WHERE kind = %s AND data::text LIKE '%%' || %s || '%%'"
    of = {
        kinds[0]: first(product, "SELECT id::text FROM casework_decision WHERE matter_id = %s", application),
        kinds[1]: application,
    }
    return {kind: first(product, count, kind, of[kind]) for kind in kinds}


def unfinished(product: RunningProduct, application: str) -> list[Any]:
    """Jobs of the application or its decision that are not done, or that failed."""
    sql = (
        "SELECT task_name, status::text FROM procrastinate_jobs WHERE status <> 'succeeded' AND "
        "(args->>'application_id' = %s OR args->>'decision_id' IN (SELECT id::text FROM casework_decision WHERE matter_id = %s))"
    )
    with product.as_owner() as owner:
        return owner.execute(sql, [application, application]).fetchall()
