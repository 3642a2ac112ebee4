"""An adult's application is decided with what follows of it: words, clock, delegation, letter, message, and who may see it."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pypdf
import pytest
from django.db import connection
from django.db.utils import DatabaseError

from handslag.adult_support import public as adults
from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.people import public as people
from handslag.portal.lead.delegation_order import BY_CODE
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default"])
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
Receive = Callable[..., UUID]
PART: dict[str, Any] = {
    "outcome": "partly_granted", "legal_ground": "SoL 11:1", "applied_for": "Sex månader på behandlingshem",
    "gets": "Öppenvård två dagar i veckan", "reason": "Behovet kan mötas med öppenvård, som prövas först.",
}  # fmt: skip
REFUSED = PART | {"outcome": "refused", "gets": ""}


@pytest.fixture
def receive(cast: Cast) -> Receive:
    def one(kind: str = adults.ADDICTION, **told: Any) -> UUID:
        facts: dict[str, Any] = {
            "kind": kind, "person_id": cast.greta.person_id, "unit_id": cast.adults, "came_as": "own",
            "told": "Vill ha hjälp att sluta dricka", "sent_key": uuid4(), "by": cast.vera, "at": AT,
        }  # fmt: skip
        return adults.receive_matter(**facts | told).case_id

    return one


@pytest.fixture
def case_id(cast: Cast, receive: Receive) -> UUID:
    """An application that has been talked of, assessed, and told before the decision."""
    made = receive()
    prepared(made, cast)
    return made


def prepared(case_id: UUID, cast: Cast) -> None:
    for kind in ("meeting", "note"):
        casework.write_note(case_id=case_id, body="Samtal och bedömning.", kind=kind, by=cast.vera, at=AT)
    casework.waive_communication(case_id=case_id, because="Hon har sagt allt vid mötet.", by=cast.vera, at=AT)


def decide(case_id: UUID, by: foundation.Actor, **changed: Any) -> casework.Decision:
    made: casework.Decision = adults.decide_application(case_id=case_id, **PART | changed, by=by, at=AT)
    return made


def tell(decision: casework.Decision, by: foundation.Actor, way: str = "my_page") -> casework.DecisionNotice:
    told = casework.tell_decision(
        decision_id=decision.id, tellings=[casework.Telling(decision.person_id, way)], by=by, at=AT
    )
    notice: casework.DecisionNotice = told[0]
    return notice


def text_of(notice: casework.DecisionNotice, actor: foundation.Actor) -> str:
    assert notice.letter_id is not None
    _paper, content = casework.read_document(notice.letter_id, actor)
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("outcome", sorted(adults.DECISION_TYPES))
@pytest.mark.parametrize("kind", [adults.ADDICTION, adults.VIOLENCE])
def test_an_application_is_decided_under_the_law_by_whom_the_board_has_let(
    cast: Cast, receive: Receive, kind: str, outcome: str
) -> None:
    case_id = receive(kind)
    prepared(case_id, cast)
    made = decide(case_id, cast.vera, outcome=outcome)
    assert (made.type, made.outcome, made.appeal) == (adults.DECISION_TYPES[outcome], outcome, "needs")
    assert made.decided_by_id == cast.vera.account_id and made.amount_kr is None
    with foundation.acting(cast.vera):
        assert casework.LegalClock.objects.get(case_id=case_id, rule="FL12").state == "met"
        kinds = list(foundation.Event.objects.filter(case_id=case_id).values_list("kind", flat=True))
    assert kinds.count("adult_support.application_decided") == kinds.count("casework.decision_made") == 1
    assert decide(case_id, cast.vera, outcome=outcome).id == made.id, "pressed twice is once"


def test_what_is_missing_is_named_and_nothing_is_written(cast: Cast, receive: Receive, case_id: UUID) -> None:
    for changed, where in (
        ({"applied_for": " "}, "applied_for"), ({"gets": ""}, "gets"), ({"reason": "\n"}, "reason"),
        ({"legal_ground": "SoL 12:1"}, "legal_ground"), ({"outcome": "dismissed"}, "outcome"),
        ({"period_from": date(2026, 12, 1)}, "period_to"),
    ):  # fmt: skip
        with pytest.raises(foundation.BadInput) as fault:
            decide(case_id, cast.vera, **changed)
        assert fault.value.where == where
    untold = receive(adults.VIOLENCE)
    for outcome in ("partly_granted", "refused"):
        with pytest.raises(casework.NotCommunicated):
            decide(untold, cast.vera, outcome=outcome)
    assert decide(untold, cast.vera, outcome="granted", reason="").outcome == "granted", (
        "in full needs no hearing"
    )
    assert casework.find_decisions(case_id, cast.vera) == []


def test_a_report_and_debt_counselling_are_not_decided_unless_the_municipality_sets_so(
    cast: Cast, receive: Receive, settings: Any
) -> None:
    with pytest.raises(adults.NotAnApplication):
        decide(receive(came_as="report"), cast.vera)
    debt = receive(adults.DEBT, person_id=cast.elin.person_id)
    with pytest.raises(adults.NotDecidedHere):
        decide(debt, cast.vera)
    settings.HANDSLAG_DEBT_COUNSELLING_DECIDES = True
    ground = adults.grounds_of(adults.DEBT, date(2026, 11, 2))[0]
    assert not ground.is_confirmed(date(2026, 11, 2)), "nobody has read it in the act"
    assert all(
        one.is_confirmed(date(2026, 11, 2)) for one in adults.grounds_of(adults.ADDICTION, date(2026, 11, 2))
    )
    prepared(debt, cast)
    assert decide(debt, cast.vera).type == "adult_support.partly_grant"


def test_without_delegation_nobody_decides(cast: Cast, case_id: UUID) -> None:
    with foundation.acting(cast.system):
        foundation.DelegationRule.objects.filter(decision_type="adult_support.refuse").update(
            valid_to=date(2026, 1, 2)
        )
    with pytest.raises(foundation.Refused):
        decide(case_id, cast.vera, **REFUSED)
    assert decide(case_id, cast.vera).outcome == "partly_granted", "the other types are still delegated"


def test_other_units_strangers_and_the_person_decide_nothing(cast: Cast, case_id: UUID) -> None:
    for actor in (cast.asa, cast.david, cast.elin, cast.ada, cast.hugo):
        with pytest.raises(casework.CaseNotFound):
            decide(case_id, actor)
        with pytest.raises(casework.CaseNotFound):
            adults.handling_of(case_id, actor)
    with pytest.raises(foundation.HandslagError):
        decide(case_id, cast.greta)
    with pytest.raises(foundation.HandslagError):
        decide(case_id, cast.system)
    assert casework.find_decisions(case_id, cast.vera) == []


def test_the_person_reads_the_decision_when_told_with_letter_message_and_last_day(
    cast: Cast, case_id: UUID
) -> None:
    made = decide(case_id, cast.vera, period_from=date(2026, 11, 9), period_to=date(2027, 2, 26))
    assert casework.find_decisions(case_id, cast.greta) == [] and casework.find_notices_to(cast.greta) == []
    tell(made, cast.vera)
    notice = casework.find_notices_to(cast.greta)[0]
    assert notice.appeal_last_day == date(2026, 11, 23), "three weeks from the day she got it"
    letter = text_of(notice, cast.greta)
    for words in (
        "Du får en del av det stöd som du har ansökt om", "Sex månader på behandlingshem", "Öppenvård två dagar i veckan",
        "Behovet kan mötas med öppenvård", "9 november 2026", "26 februari 2027", "SoL 11:1", "Vera Vik", "förvaltningsrätten",
        "23 november 2026", "Greta Gren",
    ):  # fmt: skip
        assert words in letter, words
    assert letter.count("Du får en del av det stöd som du har ansökt om") == 1, "said once"
    message = casework.find_messages(case_id, cast.greta).rows[0]
    assert message.document_id == notice.letter_id and "23 november 2026" in message.body.replace("\xa0", " ")
    with foundation.acting(cast.vera):
        assert casework.LegalClock.objects.get(case_id=case_id, rule="OVERK").last_day == date(2026, 11, 23)
    assert casework.find_print_queue(cast.vera) == []


def test_further_support_is_told_with_the_review_of_legality_and_no_last_day(
    cast: Cast, case_id: UUID
) -> None:
    made = decide(case_id, cast.vera, **REFUSED | {"legal_ground": "SoL 11:4"})
    notice = tell(made, cast.vera)
    assert notice.appeal_last_day is None
    letter = text_of(notice, cast.greta)
    assert "Du får inte det stöd som du har ansökt om" in letter and "laglighetsprövning" in letter


def test_who_has_no_account_gets_the_letter_from_the_print_queue(cast: Cast, receive: Receive) -> None:
    somebody = people.register_person(
        given_name="Nils", family_name="Nyman", born=date(1980, 4, 2), sex="man", identity_number=None, protection="none",
        by=cast.system, at=AT,
    )  # fmt: skip
    case_id = receive(person_id=somebody.id)
    prepared(case_id, cast)
    notice = tell(decide(case_id, cast.vera, **REFUSED), cast.vera, way="post")
    queued = casework.find_print_queue(cast.vera)
    assert [one.document_id for one in queued] == [notice.letter_id]


def test_a_reader_of_english_gets_the_translation_after_the_decision(cast: Cast, case_id: UUID) -> None:
    with foundation.acting(cast.system):
        people.Person.objects.filter(id=cast.greta.person_id).update(language="en")
    letter = text_of(tell(decide(case_id, cast.vera), cast.vera), cast.greta)
    assert letter.index("Du får en del av det stöd") < letter.index(
        "You get a part of the support that you applied for"
    )
    assert "The last day to appeal is 23 November 2026." in letter
    assert casework.find_messages(case_id, cast.greta).rows[0].subject == "There is a decision in your case"


def test_a_report_is_assessed_once_with_a_reason_and_never_changed(cast: Cast, receive: Receive) -> None:
    case_id = receive(came_as="report", told_by="En granne")
    for asked, error in (
        ({"outcome": "offered", "reason": " "}, adults.WordsMissing), ({"outcome": "x", "reason": "y"}, adults.NoSuchOutcome),
    ):  # fmt: skip
        with pytest.raises(error):
            adults.assess_report(case_id=case_id, **asked, by=cast.vera, at=AT)
    for actor in (cast.asa, cast.david, cast.elin, cast.ada):
        with pytest.raises(casework.CaseNotFound):
            adults.assess_report(case_id=case_id, outcome="offered", reason="x", by=actor, at=AT)
    with pytest.raises(foundation.HandslagError):
        adults.assess_report(case_id=case_id, outcome="offered", reason="x", by=cast.greta, at=AT)
    made = adults.assess_report(
        case_id=case_id, outcome="offered", reason="Hon vill ha stöd.", by=cast.vera, at=AT
    )
    again = adults.assess_report(case_id=case_id, outcome="offered", reason="Annat", by=cast.vera, at=AT)
    assert again.id == made.id and again.reason == "Hon vill ha stöd."
    with pytest.raises(adults.AlreadyAssessed):
        adults.assess_report(case_id=case_id, outcome="nothing", reason="x", by=cast.vera, at=AT)
    with pytest.raises(adults.NotAReport):
        adults.assess_report(
            case_id=receive(adults.VIOLENCE), outcome="offered", reason="x", by=cast.vera, at=AT
        )
    with foundation.acting(cast.vera):
        assert (
            foundation.Event.objects.filter(case_id=case_id, kind="adult_support.report_assessed").count()
            == 1
        )


def closing(case_id: UUID, because: str, by: foundation.Actor, why: str = "") -> casework.Case:
    closed: casework.Case = adults.close_matter(
        case_id=case_id, because=because, without_because=why, by=by, at=AT + timedelta(hours=1)
    )
    return closed


def test_a_case_does_not_close_while_a_step_of_its_process_is_missing(cast: Cast, receive: Receive) -> None:
    """Neither by its own operation nor by that of casework, and whoever asks learns which steps."""
    case_id = receive()
    assert adults.missing_steps(case_id) == ["spoken", "written", "decided"]
    with pytest.raises(casework.CaseMayNotClose) as fault:
        closing(case_id, "treatment_completed", cast.vera, "Han är nöjd")
    assert [one["code"].rpartition(".")[2] for one in fault.value.hindrances] == [
        "spoken",
        "written",
        "decided",
    ]
    assert "Ansökan är inte beslutad." in str(fault.value)
    with pytest.raises(casework.CaseMayNotClose):
        casework.close_case(case_id=case_id, because="died", by=cast.vera, at=AT)
    prepared(case_id, cast)
    tell(decide(case_id, cast.vera, outcome="granted"), cast.vera)
    assert adults.missing_steps(case_id) == []
    assert closing(case_id, "treatment_completed", cast.vera).state == "closed"


def test_a_decision_that_nobody_was_told_of_holds_the_case_open(cast: Cast, case_id: UUID) -> None:
    decide(case_id, cast.vera)
    with pytest.raises(casework.CaseMayNotClose):
        closing(case_id, "treatment_completed", cast.vera)


def test_a_report_closes_when_it_is_assessed(cast: Cast, receive: Receive) -> None:
    case_id = receive(came_as="court")
    assert adults.missing_steps(case_id) == ["assessed"]
    with pytest.raises(casework.CaseMayNotClose):
        closing(case_id, "no_contact", cast.vera, "Hon svarade inte")
    adults.assess_report(case_id=case_id, outcome="nothing", reason="Inget behov.", by=cast.vera, at=AT)
    assert closing(case_id, "no_more_need", cast.vera).state == "closed"


def test_an_application_that_is_taken_back_closes_with_why(cast: Cast, receive: Receive) -> None:
    case_id = receive()
    with pytest.raises(adults.WordsMissing):
        closing(case_id, "declined", cast.vera)
    closing(case_id, "declined", cast.vera, "Hon tog tillbaka ansökan i brev.")
    left = adults.handling_of(case_id, cast.vera).closed_without
    assert [(one.steps, one.why) for one in left] == [
        (["spoken", "written", "decided"], "Hon tog tillbaka ansökan i brev.")
    ]
    with foundation.acting(cast.vera):
        assert casework.LegalClock.objects.get(case_id=case_id, rule="FL12").state == "lapsed"
        told = foundation.Event.objects.get(case_id=case_id, kind="adult_support.matter_closed")
    assert told.data["without"] == "spoken,written,decided"
    casework.reopen_case(case_id=case_id, because="Hon ångrar sig", by=cast.vera, at=AT + timedelta(hours=2))
    with pytest.raises(adults.WordsMissing):
        closing(case_id, "declined", cast.vera)


@pytest.mark.parametrize("because", ["no_contact", "moved", "referred"])
def test_an_application_is_owed_its_decision_whatever_became_of_the_person(
    cast: Cast, receive: Receive, because: str
) -> None:
    case_id = receive()
    with pytest.raises(casework.CaseMayNotClose):
        closing(case_id, because, cast.vera, "Svarar inte")
    casework.waive_communication(case_id=case_id, because="Nås inte", by=cast.vera, at=AT)
    tell(decide(case_id, cast.vera, **REFUSED), cast.vera)
    assert closing(case_id, because, cast.vera, "Svarar inte i telefon eller på brev").state == "closed"


def test_straight_in_SQL_nothing_is_given_and_nothing_is_changed(
    cast: Cast, receive: Receive, intruder: psycopg.Connection
) -> None:
    case_id = receive(came_as="report")
    adults.assess_report(case_id=case_id, outcome="nothing", reason="Inget behov.", by=cast.vera, at=AT)
    other = receive()
    closing(other, "declined", cast.vera, "Tog tillbaka den.")
    tables = ("adult_support_reportassessment", "adult_support_closedwithout")
    for actor in (cast.asa, cast.greta, cast.elin, cast.david):
        with foundation.acting(actor), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone()[0] == 0
    for table in tables:
        assert intruder.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    for change in (
        "UPDATE adult_support_reportassessment SET outcome = 'offered'",
        "DELETE FROM adult_support_closedwithout",
        "UPDATE casework_decision SET outcome = 'granted'",
    ):
        if change.startswith("UPDATE casework"):
            prepared(third := receive(adults.VIOLENCE), cast)
            decide(third, cast.vera, **REFUSED)
        with pytest.raises(DatabaseError), foundation.acting(cast.vera), connection.cursor() as cursor:
            cursor.execute(change)
    insert = (
        "INSERT INTO adult_support_reportassessment (id, case_id, outcome, reason, assessed_at, assessed_by_id) "
        "VALUES (gen_random_uuid(), %s, 'nothing', 'x', now(), %s)"
    )
    forged = receive(adults.VIOLENCE, came_as="report")
    hands = ((cast.asa, cast.asa.account_id), (cast.vera, cast.ivar.account_id), (cast.greta, cast.greta.account_id))
    for actor, hand in (*hands, (cast.vera, None)):
        with pytest.raises(DatabaseError), foundation.acting(actor), connection.cursor() as cursor:
            cursor.execute(insert, [forged, hand])


def test_every_type_of_decision_can_be_found_in_the_order_of_delegation() -> None:
    assert set(adults.DECISION_TYPES.values()) <= set(BY_CODE)
