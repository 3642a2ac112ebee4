"""The main job under faults: each ends with a clear message or a clean hand-over, nothing lost and nothing twice."""

import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import InterfaceError, OperationalError, connection, connections

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import jobs, ports
from handslag.income_support.models import Application, Assessment, PaymentOrder
from handslag.income_support.operations import applications, assessments, chain, registers
from handslag.integrations.soap import SoapPost
from handslag.integrations.ssbtek.client import SsbtekRegisters
from handslag.integrations.ssbtek.question import Asker
from handslag.integrations.ssbtek.simulator import AgencyFault, SsbtekSimulator
from tests.income_support import deciding
from tests.income_support.applying import ToldRegisters, answer, apply, begin, now, use

ROOT = Path(__file__).resolve().parents[2]
CARRY_OUT = "income_support.carry_out_decision"
ASKER = Asker("162120000001", "Exempelkommunen", "9255f428-4ba0-63ce-5407-e65d469fac0f")
whole = pytest.mark.django_db(databases=["default"])
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


@pytest.fixture(autouse=True)
def _ports_as_before():
    before = dict(ports._in_use)
    yield
    ports._in_use.clear()
    ports._in_use.update(before)


def as_system():
    return foundation.acting(foundation.system("test"))


def again(application):
    with as_system():
        return Application.objects.get(id=application.id)


def decisions_of(application):
    with as_system():
        return list(casework.Decision.objects.filter(case_id=application.case_id))


def orders_of(application):
    with as_system():
        return list(PaymentOrder.objects.filter(decision__case_id=application.case_id))


def letters_of(application):
    with as_system():
        return list(casework.Document.objects.filter(case_id=application.case_id, kind="decision_letter"))


def deferred(name=None):
    with as_system(), connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        names = [row[0] for row in cursor.fetchall()]
    return names if name is None else names.count(name)


def run_chain(application):
    jobs.fetch_registers.func(str(application.id))
    jobs.assess.func(str(application.id))
    return again(application)


# --- double submit -----------------------------------------------------------------------------------------------


@committed
def test_sent_by_eight_presses_at_once(cast):
    deciding.rules(cast)
    draft = answer(begin(cast.elin), cast.elin)
    together(8, lambda: applications.submit_application(draft_id=draft.id, by=cast.elin, at=now()))
    with as_system():
        [application] = Application.objects.all()
    assert deferred("income_support.fetch_registers") == 1
    use()
    together(4, lambda: (jobs.fetch_registers.func(str(application.id)), jobs.assess.func(str(application.id))))
    assert again(application).state == "decided"
    assert len(decisions_of(application)) == 1
    assert len(letters_of(application)) == len(orders_of(application)) == 1
    assert deferred(CARRY_OUT) == 0  # each of the jobs that decided saw it through, and found it done


# --- registers ----------------------------------------------------------------------------------------------------


@whole
def test_registers_down_gives_it_to_a_person_with_the_work_prepared(cast):
    deciding.rules(cast)
    use(ToldRegisters(broken=True))
    done = run_chain(apply(cast.elin))
    assert done.state == "with_worker" and decisions_of(done) == []
    assert "automation.warnings" in deciding.reasons(done)
    with as_system():
        prepared = Assessment.objects.get(application=done)
    assert prepared.system["answer"] == "cannot_tell"


@dataclass
class Nobody:
    incomes: dict = field(default_factory=dict)

    def incomes_of(self, number, first_day, last_day):
        return []


@whole
@pytest.mark.parametrize("fault", list(AgencyFault))
def test_a_simulator_that_answers_nonsense_over_its_socket(cast, fault, tmp_path):
    deciding.rules(cast)
    with SsbtekSimulator(Nobody(), tmp_path) as simulator:
        simulator.faults = dict.fromkeys((ports.Agency.FK, ports.Agency.SO), fault)
        post = SoapPost(simulator.url, simulator.certificates.client, timeout_seconds=5)
        use(SsbtekRegisters(post, ASKER))
        done = run_chain(apply(cast.elin))
        post.close()
    assert done.state == "with_worker" and decisions_of(done) == []
    with as_system():
        states = dict(done.register_answers.filter(superseded_at=None).values_list("agency", "state"))
    assert states["fk"] != "ok" and states["so"] != "ok" and states["csn"] == "ok"


@whole
def test_a_fault_in_the_calculation_gives_it_to_a_person(cast, monkeypatch):
    deciding.rules(cast)
    use()

    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("handslag.income_support.operations.assessments.assess_month", fail)
    done = run_chain(apply(cast.elin))
    assert done.state == "with_worker" and deciding.reasons(done) == ["automation.fault"]
    with as_system():
        assert not Assessment.objects.exists()


# --- the clock ------------------------------------------------------------------------------------------------------


@whole
def test_a_clock_set_back_in_the_middle(cast):
    deciding.rules(cast)
    use()
    application = apply(cast.elin)
    with foundation.clock_at(now() - timedelta(hours=3)):
        jobs_become("failed")
        assert chain.pick_up_stuck(at=foundation.now()) == 1  # it seems to come from the future: taken up at once
        assert deferred("income_support.fetch_registers") == 1
        done = run_chain(application)
    assert done.state == "decided" and done.decided_at >= done.submitted_at
    assert done.state_since >= application.state_since
    assert len(decisions_of(done)) == 1


# --- broken off, lost, killed -----------------------------------------------------------------------------------------


@whole
def test_a_lost_job_is_taken_up_again_and_at_last_given_to_a_person(cast):
    application = apply(cast.elin)
    fetches = "income_support.fetch_registers"
    chain.pick_up_stuck(at=now() + timedelta(minutes=6))
    assert deferred(fetches) == 1  # it waits for a worker: no second job
    jobs_become("failed")
    chain.pick_up_stuck(at=now() + timedelta(minutes=4))
    assert deferred(fetches) == 0  # not yet
    chain.pick_up_stuck(at=now() + timedelta(minutes=6))
    assert deferred(fetches) == 1
    jobs_become("failed")
    chain.pick_up_stuck(at=now() + timedelta(hours=3))
    assert again(application).state == "with_worker" and deferred(fetches) == 0
    assert deciding.reasons(application) == ["handed.stuck"]


@committed
def test_the_database_connection_dies_while_the_decision_is_signed(cast, monkeypatch):
    from handslag.income_support.operations import after_decision

    deciding.rules(cast)
    use()
    application = apply(cast.elin)
    registers.fetch_registers(application.id)
    sound = after_decision.carry_out

    def cut_off(decision, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pid = cursor.fetchone()[0]
        with connections["owner"].cursor() as owner:
            owner.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        sound(decision, **kwargs)

    monkeypatch.setattr(after_decision, "carry_out", cut_off)
    with pytest.raises((OperationalError, InterfaceError)):
        jobs.assess.func(str(application.id))  # the queue runs it again
    assert decisions_of(application) == [] and deferred(CARRY_OUT) == 0
    assert again(application).state == "assessing" and deciding.reasons(application) == []
    with as_system():
        assert not foundation.Event.objects.filter(kind="casework.decision_made").exists()
    monkeypatch.setattr(after_decision, "carry_out", sound)
    for _ in range(2):
        jobs.assess.func(str(application.id))
    assert again(application).state == "decided"
    assert len(decisions_of(application)) == len(letters_of(application)) == len(orders_of(application)) == 1


@committed
@pytest.mark.parametrize("halt", [f"before:{CARRY_OUT}", f"after:{CARRY_OUT}", "after:income_support.assess"])
def test_a_worker_killed_on_the_way_leaves_one_decision_one_letter_one_order(cast, halt):
    deciding.rules(cast)
    application = apply(cast.elin)
    worker = start_worker(HANDSLAG_TEST_HALT_AT=halt)
    alarm = threading.Timer(150, worker.kill)
    alarm.start()
    reached = worker.stdout.readline().strip()
    alarm.cancel()
    worker.kill()
    _, said = worker.communicate()
    assert reached == "HALTED", said
    done = again(application)
    assert done.state == "decided" and len(decisions_of(application)) == 1
    if halt.startswith("before"):
        assert orders_of(application) == []
    silence_of_a_minute()
    for _ in range(2):
        work_everything()
    assert len(decisions_of(application)) == 1
    assert len(letters_of(application)) == 1
    orders = orders_of(application)
    assert len(orders) == 1
    [decision] = decisions_of(application)
    assert sum((order.amount_kr for order in orders), Decimal(0)) == decision.amount_kr
    with as_system():
        assert foundation.Event.objects.filter(kind="casework.decision_made").count() == 1
        assert foundation.Event.objects.filter(kind="income_support.application_decided").count() == 1
    assert unfinished_jobs() == []


# --- two case workers ----------------------------------------------------------------------------------------------


@committed
def test_two_case_workers_change_the_same_line_at_once(cast):
    deciding.rules(cast)
    prepared = deciding.with_worker(cast.elin, cast.asa)
    version = prepared.row.version

    def change(worker, amount):
        return assessments.change_line(
            assessment_id=prepared.row.id, version=version, line="cost.rent", amount=amount, why="Nytt kontrakt",
            by=worker, at=now(),
        )  # fmt: skip

    got = together(2, change, [(cast.asa, 5000), (cast.bjorn, 4900)])
    faults = [one for one in got if isinstance(one, Exception)]
    assert len(faults) == 1 and isinstance(faults[0], foundation.Conflict), got
    assert faults[0].in_one_line
    with as_system():
        assert prepared.row.changes.filter(withdrawn_at=None).count() == 1


# --- the session ----------------------------------------------------------------------------------------------------


@whole
def test_a_session_that_ran_out_gives_back_what_was_typed(cast, client):
    draft = begin(cast.elin)
    where = f"/ansok/{draft.id}/occupation/"
    sent = client.post(
        where,
        {"status": "job_seeking", "done_this_month": "Sökt jobb på fem ställen", "version": "1"},
        HTTP_ORIGIN="http://testserver",
    )
    assert sent.status_code == 403
    page = sent.content.decode()
    assert "Sökt jobb på fem ställen" in page
    with foundation.acting(cast.elin):
        draft.refresh_from_db()
    assert "occupation" not in draft.answers


# --- the tools ------------------------------------------------------------------------------------------------------


def together(number, act, arguments=None):
    """The act in so many threads that start at once; what each gave or raised."""
    got, start = [], threading.Barrier(number)

    def run(given):
        try:
            start.wait(10)
            got.append(act(*given))
        except Exception as fault:
            got.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(given,)) for given in arguments or [()] * number]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return got


def start_worker(**environment):
    owner = connections["owner"].settings_dict
    password = f":{owner['PASSWORD']}" if owner["PASSWORD"] else ""
    url = f"postgresql://{owner['USER']}{password}@{owner['HOST']}:{owner['PORT']}/{owner['NAME']}"
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.worker_process"],
        cwd=ROOT,
        env={**os.environ, "HANDSLAG_ROLE": "job", "HANDSLAG_TEST_DATABASE_URL": url, "PYTHONPATH": f"{ROOT}/src:{ROOT}", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def work_everything():
    """A worker of its own does all there is to do, schedules too, and ends."""
    worker = start_worker()
    _, said = worker.communicate(timeout=240)
    assert worker.returncode == 0, said


def silence_of_a_minute():
    """Time passes: the killed worker has sent no heartbeat, and the schedule looks for broken-off jobs."""
    from handslag.foundation.jobs import take_up_broken_off

    with connections["owner"].cursor() as owner:
        owner.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")
        owner.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
        owner.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = 'take_up_broken_off'")
        is_waiting = bool(owner.fetchone()[0])  # the killed worker's own schedule may have asked for it
    if not is_waiting:
        with as_system():
            take_up_broken_off.defer(timestamp=0)


def jobs_become(status):
    with as_system(), connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status", [status])


def unfinished_jobs():
    with connections["owner"].cursor() as owner:
        owner.execute(
            "SELECT task_name, status FROM procrastinate_jobs WHERE status <> 'succeeded' "
            "AND NOT (status = 'todo' AND queueing_lock IS NOT NULL)"  # what the schedule asks for the next minute
        )
        return owner.fetchall()
