"""Asking the registers: figures with source and time, silence as missing, nonsense as missing, never as nothing."""


import pytest

from handslag.foundation import public as foundation
from handslag.income_support import ports
from handslag.income_support.errors import NoSuchApplication
from handslag.income_support.models import Application, RegisterAnswer, RegisterFigure
from handslag.income_support.operations import applications, registers
from handslag.income_support.ports import Agency, ProtectionMark
from handslag.income_support.queries.facts import facts_of
from handslag.people import public as people
from tests.income_support.applying import (
    ToldPopulation,
    ToldRegisters,
    apply,
    in_month,
    now,
    number_of,
    this_month,
    use,
)

pytestmark = pytest.mark.django_db(databases=["default"])


def as_system():
    return foundation.acting(foundation.system("test"))


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


@pytest.fixture(autouse=True)
def _ports_as_before():
    before = dict(ports._in_use)
    yield
    ports._in_use.clear()
    ports._in_use.update(before)


def facts(application):
    with as_system():
        return facts_of(Application.objects.get(id=application.id))


def missing(application):
    return [one.code for one in facts(application).missing]


def states(application):
    with as_system():
        rows = RegisterAnswer.objects.filter(application=application, superseded_at=None)
        return {row.agency: row.state for row in rows}


def test_figures_are_kept_with_source_and_time(cast):
    last = in_month(this_month().previous())
    told = use(ToldRegisters(payments=[("FK:BOB", "1300.50", last), ("SO:AKASSA", "4000", last)]))
    application = apply(cast.elin)
    assert registers.fetch_registers(application.id)
    number, period = told.asked[0]
    assert number == number_of(cast.elin)
    assert (period.first_day, period.last_day) == (this_month().plus(-2).first, this_month().previous().last)
    with as_system():
        figure = RegisterFigure.objects.get(code="FK:BOB")
        assert (figure.amount_kr, figure.of, figure.treatment) == (foundation.money("1300.50"), "a1", "count")
        assert figure.source == "test" and figure.fetched_at is not None
    made = facts(application)
    assert made.missing == ()
    assert made.case["incomes"] == [
        {"kind": "housing_allowance", "of": "a1", "amount": 1300.5},
        {"kind": "unemployment_benefit", "of": "a1", "amount": 4000},
    ]


def test_an_agency_that_is_silent_is_missing_and_not_nothing(cast):
    use(ToldRegisters(silent=("so",)))
    application = apply(cast.elin)
    registers.fetch_registers(application.id)
    assert states(application)["so"] == "missing"
    assert facts(application).case["registers"]["so"] == "missing"
    assert facts(application).case["registers"]["fk"] == "ok"


@pytest.mark.parametrize("told", [ToldRegisters(broken=True), ToldRegisters(nonsense="<html>502</html>"), ToldRegisters(nonsense=None)])
def test_a_dead_line_or_nonsense_makes_every_agency_missing(cast, told):
    if told.nonsense is None and not told.broken:
        ports._in_use.clear()  # nothing was wired at all
        ports.use(population=ToldPopulation())
    else:
        use(told)
    application = apply(cast.elin)
    assert registers.fetch_registers(application.id)
    kept = states(application)
    assert {kept[agency.value] for agency in Agency} == {"missing"}
    assert set(facts(application).case["registers"].values()) == {"missing"}


def test_an_answer_about_somebody_else_is_no_answer(cast):
    other = ToldRegisters().fetch(number_of(cast.greta), registers.asked_period(this_month()), "", "")
    use(ToldRegisters(nonsense=other))
    application = apply(cast.elin)
    registers.fetch_registers(application.id)
    assert states(application)["fk"] == "missing"


def test_before_anybody_was_asked_the_facts_say_so(cast):
    application = apply(cast.elin)
    assert "facts.registers_down" in missing(application)


def test_asked_once_unless_asked_again_and_the_old_answer_is_kept(cast):
    last = in_month(this_month().previous())
    told = use(ToldRegisters(payments=[("FK:BOB", "1000", last)]))
    application = apply(cast.elin)
    assert registers.fetch_registers(application.id)
    assert not registers.fetch_registers(application.id)
    assert len(told.asked) == 1
    use(ToldRegisters(payments=[("FK:BOB", "1200", last)]))
    assert registers.fetch_registers(application.id, again=True)
    with as_system():
        assert RegisterAnswer.objects.filter(application=application, agency="fk").count() == 2
    assert facts(application).case["incomes"] == [{"kind": "housing_allowance", "of": "a1", "amount": 1200}]


def test_nothing_is_kept_when_keeping_fails(cast, monkeypatch):
    use()
    application = apply(cast.elin)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(registers, "raise_warnings", fail)
    with pytest.raises(RuntimeError):
        registers.fetch_registers(application.id)
    with as_system():
        assert not RegisterAnswer.objects.exists()
        assert Application.objects.get(id=application.id).registers_at is None


def test_a_finished_application_is_not_asked_about(cast):
    told = use()
    application = apply(cast.elin)
    applications.withdraw_application(application_id=application.id, by=cast.elin, at=now())
    assert not registers.fetch_registers(application.id) and told.asked == []
    with pytest.raises(NoSuchApplication):
        registers.fetch_registers(foundation.new_id())


def test_both_partners_are_asked(cast):
    told = use(ToldRegisters(silent=()))
    household = {"living": "partner", "partner_identity_number": number_of(cast.farid)}
    application = apply(cast.elin, household=household)
    applications.sign_as_co_applicant(application_id=application.id, by=cast.farid, at=now())
    registers.fetch_registers(application.id)
    assert {number for number, _ in told.asked} == {number_of(cast.elin), number_of(cast.farid)}
    made = facts(application)
    assert [adult["id"] for adult in made.case["household"]["adults"]] == ["a1", "a2"]
    assert made.case["household"]["cohabiting"] is True


def test_a_mark_that_the_register_knows_is_set_and_the_case_closed_around_it(cast):
    use(population=ToldPopulation(ProtectionMark.SECRECY_MARK))
    application = apply(cast.elin)
    registers.fetch_registers(application.id)
    with as_system() as reader:
        assert people.get_person(cast.elin.person_id, reader).protection == "secrecy_mark"
        assert Application.objects.select_related("case").get(id=application.id).case.restricted
    assert "facts.protected" in missing(application)
    with foundation.acting(cast.asa):  # named is the manager of the unit, as nobody had the case
        assert not Application.objects.filter(id=application.id).exists()


def test_a_mark_names_who_is_told_of_the_case_and_nobody_beside_them(cast):
    """The case was closed around Björn before the register told: no manager is named by the way."""
    from handslag.casework import public as casework

    application = apply(cast.elin)
    casework.restrict_case(
        case_id=application.case_id, account_ids=[cast.bjorn.account_id], because="Hot", by=cast.carina, at=now()
    )
    with as_system():
        case = casework.Case.objects.get(id=application.case_id)
        told = casework.those_to_tell(case)
    assert cast.asa.account_id not in told
    use(population=ToldPopulation(ProtectionMark.SECRECY_MARK))
    registers.fetch_registers(application.id)
    with as_system():
        [marked] = foundation.Event.objects.filter(kind="people.person_protected", person_id=cast.elin.person_id)
    assert sorted(marked.data["named_account_ids"]) == sorted(map(str, told))
    for other in (cast.asa, cast.david, cast.rune):
        with foundation.acting(other):
            assert not Application.objects.filter(id=application.id).exists()
            assert not people.Person.objects.filter(id=cast.elin.person_id).exists()


@pytest.mark.parametrize("broken", [ToldPopulation(broken=True), ToldPopulation(ProtectionMark.UNKNOWN)])
def test_a_population_register_that_does_not_tell_is_never_not_protected(cast, broken):
    use(population=broken)
    application = apply(cast.elin)
    registers.fetch_registers(application.id)
    assert "facts.protected" in missing(application)
    with as_system() as reader:
        assert people.get_person(cast.elin.person_id, reader).protection == "none"


def test_six_months_with_aid_start_the_job_stimulus(cast):
    from handslag.casework import public as casework
    from handslag.income_support.queries.history import aid_history

    application = apply(cast.elin)
    month = this_month()
    for back in range(6, 0, -1):
        each = month.plus(-back)
        casework.decide(
            case_id=application.case_id, type="income_support.grant", outcome="granted", legal_ground="SoL 12:1",
            reason="test", amount=1000, period_from=each.first, period_to=each.last,
            automated=True, by=foundation.system("automation"), at=now(),
        )  # fmt: skip
    with as_system():
        history = aid_history(application, month)
        assert history.months_with_aid_in_a_row == 6
        assert history.job_stimulus_since == str(month)
        assert aid_history(application, month.plus(1)).months_with_aid_in_a_row == 0


