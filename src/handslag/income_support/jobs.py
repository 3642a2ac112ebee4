"""The chain of one application: registers, assessment, letter, payment. Each job may be killed and run again.

A job carries the id of its application and nothing else. It asks what is already done before it does anything, so a
replay finds the work done and goes on. One job takes an application all the way, from the registers to the letter; it is
there until the last step is done. A decision by a person has a job of its own, made in its transaction.
"""

from __future__ import annotations

from uuid import UUID

import structlog
from procrastinate import RetryStrategy

from handslag.foundation import public as foundation
from handslag.foundation.jobs import app

AUTOMATION = foundation.system("automation")
log = structlog.get_logger("handslag.chain")


@app.task(
    queue="default",
    name="income_support.fetch_registers",
    retry=RetryStrategy(max_attempts=5, exponential_wait=3),
)
def fetch_registers(application_id: str) -> None:
    """Ask the registers and go on to the assessment. A silent register is an answer, so this seldom fails."""
    from handslag.income_support.operations import registers

    registers.fetch_registers(UUID(application_id))
    assess(application_id=application_id)


@app.task(
    queue="default",
    name="income_support.assess",
    retry=RetryStrategy(max_attempts=3, exponential_wait=3),
)
def assess(application_id: str) -> None:
    """Work it out and decide if the rules of automation allow; anything else goes to a case worker.

    What was decided is carried out at once. A letter or payment that fails gets a job of its own, with its own tries.
    """
    from handslag.income_support.operations import chain

    decision_id = chain.assess_and_try_to_decide(UUID(application_id))
    if decision_id is None:
        return
    try:
        carry_out_decision(decision_id=str(decision_id))
    except Exception as fault:
        log.error("carry_out.fault", decision_id=str(decision_id), fault=type(fault).__name__)
        with foundation.acting(AUTOMATION):
            carry_out_decision.defer(decision_id=str(decision_id))


@app.periodic(cron="*/5 * * * *")
@app.task(queue="default", name="income_support.pick_up_stuck", queueing_lock="pick_up_stuck")
def pick_up_stuck(timestamp: int) -> int:
    """Take up applications whose chain was broken off, by a killed worker or a lost job; gives how many."""
    from handslag.income_support.operations import chain

    return chain.pick_up_stuck(at=foundation.now())


@app.periodic(cron="17 3 * * *")
@app.task(queue="default", name="income_support.forget_old_drafts", queueing_lock="forget_old_drafts")
def forget_old_drafts(timestamp: int) -> int:
    """Remove drafts that are past their last day."""
    from handslag.income_support.operations import drafts

    return drafts.forget_old_drafts(by=foundation.system("retention"), at=foundation.now())


@app.periodic(cron="40 5 * * *")
@app.task(queue="default", name="income_support.tell_of_waiting_rules", queueing_lock="tell_of_waiting_rules")
def tell_of_waiting_rules(timestamp: int) -> int:
    """Each morning: tell whoever may confirm local rules, and has not been told, of those that wait; gives how many notices."""
    from handslag.income_support.operations import local_rules

    return local_rules.tell_of_waiting_rules(at=foundation.now())


@app.periodic(cron="25 4 2 * *")
@app.task(queue="default", name="income_support.remove_kept_payments", queueing_lock="remove_kept_payments")
def remove_kept_payments(timestamp: int) -> int:
    """On the second of each month: remove payments whose time as accounting has passed; gives how many rows."""
    from handslag.income_support.operations import bookkeeping

    return bookkeeping.remove_kept_payments(by=foundation.system("retention"), at=foundation.now())


@app.task(
    queue="default",
    name="income_support.carry_out_decision",
    retry=RetryStrategy(max_attempts=10, exponential_wait=3),
)
def carry_out_decision(decision_id: str) -> None:
    """Order what the decision gives, then make and deliver its letter; each finds what an earlier run has done."""
    from handslag.income_support.operations import letters, payments

    payments.order_decision(decision_id=UUID(decision_id), by=AUTOMATION, at=foundation.now())
    letters.make_letter(decision_id=UUID(decision_id), by=AUTOMATION, at=foundation.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queue="default", name="income_support.pick_up_decided", queueing_lock="pick_up_decided")
def pick_up_decided(timestamp: int) -> int:
    """Take up decisions that nobody has been told of, after a killed worker or a lost job; gives how many."""
    from handslag.income_support.operations import letters

    return letters.pick_up_undelivered(at=foundation.now())
