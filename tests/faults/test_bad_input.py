"""Bad input to the e-service and the desk: a clear message where it is wrong, what was typed stays, nothing is half done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connection, transaction
from django.test import Client

from handslag.casework import public as casework
from handslag.foundation import public as foundation
from handslag.income_support import public as income_support
from handslag.income_support.models import Application, DraftAttachment
from handslag.income_support.operations import assessments
from handslag.people import public as people
from handslag.people.public import Place
from tests.cast import Cast
from tests.income_support import applying, deciding
from tests.portal.citizen.test_applying import FORMS, send, version_of

pytestmark = pytest.mark.django_db(databases=["default"])
Log = Callable[..., Client]
PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture
def draft(cast: Cast) -> Any:
    """Elin's draft, every page answered."""
    return applying.answer(applying.begin(cast.elin), cast.elin)


def nothing_was_sent(cast: Cast) -> None:
    with foundation.acting(cast.system):
        assert not Application.objects.exists()
        assert not casework.Case.objects.exists()
        assert not foundation.Event.objects.filter(kind="income_support.application_submitted").exists()


def sent(client: Client, draft: Any, cast: Cast) -> Any:
    return client.post(f"/ansok/{draft.id}/summary/", {"truthful": "yes", "version": version_of(draft.id, cast.elin)})


def another_check_digit(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def test_a_wrong_check_digit(client_of: Log, cast: Cast, draft: Any) -> None:
    wrong = another_check_digit(applying.number_of(cast.farid))
    elin = client_of(cast.elin)
    answer = send(elin, draft.id, cast.elin, "household", living="partner", partner_identity_number=wrong)
    assert answer.status_code == 400
    assert f'value="{wrong}"' in answer.text and 'id="id_partner_identity_number_error"' in answer.text
    assert sent(elin, draft, cast).status_code == 400
    nothing_was_sent(cast)


def test_a_number_that_is_nobodys_ones_own_or_a_protected_persons(client_of: Log, cast: Cast, draft: Any) -> None:
    """A stranger's number is no way to learn whether somebody exists: nobody's and one's own are told alike."""
    elin = client_of(cast.elin)
    told = set()
    for number in ("198003042382", applying.number_of(cast.elin)):
        kept = send(elin, draft.id, cast.elin, "household", living="partner", partner_identity_number=number)
        assert kept.status_code in (302, 400)
        answer = sent(elin, draft, cast)
        assert answer.status_code in (400, 403, 404), answer.status_code
        told.add("Numret" in answer.text or "personnummer" in answer.text.lower())
        nothing_was_sent(cast)
    assert told == {True}
    send(elin, draft.id, cast.elin, "household", living="partner", partner_identity_number=applying.number_of(cast.hugo))
    answer = sent(elin, draft, cast)
    assert answer.status_code == 409 and "Hugo" not in answer.text and "skydd" not in answer.text.lower()
    nothing_was_sent(cast)


def test_somebody_elses_number_gives_nothing_of_them(client_of: Log, cast: Cast, draft: Any) -> None:
    """Greta's number as partner: Greta is asked to sign, Elin reads nothing of hers, and nothing runs until she has."""
    applying.use()
    elin = client_of(cast.elin)
    number = applying.number_of(cast.greta)
    assert send(elin, draft.id, cast.elin, "household", living="partner", partner_identity_number=number).status_code == 302
    answer = sent(elin, draft, cast)
    assert answer.status_code == 302
    page = elin.get(answer.headers["Location"]).text
    for hidden in ("Greta", "Gren", str(cast.greta.person_id)):
        assert hidden not in page
    (application,) = income_support.my_applications(cast.elin)
    assert application.state == "awaiting_co_applicant"
    with foundation.acting(cast.greta):
        declined = income_support.decline_as_co_applicant(application_id=application.id, by=cast.greta, at=foundation.now())
    assert declined.state == "with_worker"


@pytest.mark.parametrize(
    ("step", "field", "typed"),
    [
        ("housing", "rent_kr", "-5200"),
        ("housing", "rent_kr", "999999999"),
        ("costs", "costs-0-amount_kr", "-1"),
        ("incomes", "incomes-0-amount_kr", "1e12"),
        ("assets", "savings_kr", "NaN"),
    ],
)
def test_negative_and_absurd_amounts(client_of: Log, cast: Cast, draft: Any, step: str, field: str, typed: str) -> None:
    elin = client_of(cast.elin)
    answer = send(elin, draft.id, cast.elin, step, **{field: typed})
    assert answer.status_code == 400
    assert f'value="{typed}"' in answer.text and f'href="#id_{field}"' in answer.text
    assert sent(elin, draft, cast).status_code == 400
    nothing_was_sent(cast)


def test_a_birth_in_the_future(client_of: Log, cast: Cast, draft: Any) -> None:
    born = (foundation.today() + timedelta(days=40)).isoformat()
    elin = client_of(cast.elin)
    answer = send(elin, draft.id, cast.elin, "children", **{"children-0-born": born})
    assert answer.status_code == 400
    assert f'value="{born}"' in answer.text and 'href="#id_children-0-born"' in answer.text
    assert sent(elin, draft, cast).status_code == 400
    nothing_was_sent(cast)


def test_overlapping_households_are_refused_in_words_and_in_sql(cast: Cast) -> None:
    day = foundation.today().replace(day=1)
    first = people.set_household(
        members=[Place(cast.elin.person_id, "adult")], valid_from=day, by=cast.system, at=foundation.now()
    )
    with pytest.raises(people.HouseholdsOverlap) as fault:
        people.set_household(
            members=[Place(cast.farid.person_id, "adult"), Place(cast.elin.person_id, "adult")],
            valid_from=day + timedelta(days=40), by=cast.system, at=foundation.now(),
        )  # fmt: skip
    assert fault.value.what and fault.value.do
    assert people.household_of(cast.farid.person_id, day + timedelta(days=50), cast.system) is None
    with foundation.acting(cast.system), pytest.raises(Error, match="householdmember_one_home"), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO people_householdmember (id, household_id, person_id, role, share, valid_from) "
            "SELECT gen_random_uuid(), household_id, person_id, role, share, valid_from + 1 FROM people_householdmember "
            "WHERE household_id = %s",
            [first.id],
        )


def test_two_applications_of_one_household_go_to_a_person(cast: Cast) -> None:
    """Elin and Farid live together and each applies alone: one household, one assessment, so a person calls."""
    people.set_household(
        members=[Place(cast.elin.person_id, "adult"), Place(cast.farid.person_id, "adult")],
        valid_from=foundation.today().replace(day=1), by=cast.system, at=foundation.now(),
    )  # fmt: skip
    applying.use()
    applying.apply(cast.elin)
    with pytest.raises(income_support.PersonCalls):
        applying.begin(cast.farid)
    with foundation.acting(cast.system):
        assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"), [("lön.pdf", b"MZ\x90\x00\x03\x00\x00\x00"), ("kvitto.jpg", PDF), ("avi.pdf", b"<script>alert(1)</script>")]
)
def test_a_file_that_lies_about_its_type(client_of: Log, cast: Cast, draft: Any, name: str, content: bytes) -> None:
    elin = client_of(cast.elin)
    answer = send(elin, draft.id, cast.elin, "housing", rent_kr="5 432", stay="1", papers=SimpleUploadedFile(name, content))
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text and 'value="5 432"' in answer.text
    with foundation.acting(cast.elin):
        assert not DraftAttachment.objects.exists()


def test_fifty_megabytes(client_of: Log, cast: Cast, draft: Any) -> None:
    """The page says the limit before anything is read into memory; the draft is as it was, and a smaller file is taken."""
    elin = client_of(cast.elin)
    before = version_of(draft.id, cast.elin)
    huge = SimpleUploadedFile("film.pdf", PDF + b"0" * 50 * 1024 * 1024)
    answer = send(elin, draft.id, cast.elin, "housing", stay="1", papers=huge)
    assert answer.status_code == 413
    assert "20 MB" in answer.text
    assert version_of(draft.id, cast.elin) == before
    just_too_large = SimpleUploadedFile("film.pdf", PDF + b"0" * 20 * 1024 * 1024)
    answer = send(elin, draft.id, cast.elin, "housing", stay="1", papers=just_too_large)
    assert answer.status_code == 400 and "20 MB" in answer.text
    with foundation.acting(cast.elin):
        assert not DraftAttachment.objects.exists()
    taken = send(elin, draft.id, cast.elin, "housing", stay="1", papers=SimpleUploadedFile("avi.pdf", PDF))
    assert taken.status_code == 302
    with foundation.acting(cast.elin):
        assert DraftAttachment.objects.get().name == "avi.pdf"


def test_an_expired_session_gives_the_whole_form_back_and_it_can_be_sent(client_of: Log, cast: Cast, draft: Any) -> None:
    """What was typed comes back in a form that goes to the same address; logged in again, it is kept."""
    version = version_of(draft.id, cast.elin)
    where = f"/ansok/{draft.id}/housing/"
    typed = {**FORMS["housing"], "rent_kr": "5 678", "version": version}
    stranger = Client(headers={"origin": "http://testserver"})
    page = stranger.post(where, typed)
    assert page.status_code == 403
    for name, value in typed.items():
        assert f'name="{name}" value="{value}"' in page.text, name
    assert version_of(draft.id, cast.elin) == version
    foreign = Client(headers={"origin": "https://ond.example"}).post(where, typed)
    assert foreign.status_code == 403 and "5 678" not in foreign.text
    assert client_of(cast.elin).post(where, typed).status_code == 302
    kept = income_support.get_draft(draft.id, cast.elin)
    assert kept is not None and kept.answers["housing"]["rent_kr"] == "5678.00"


def test_a_double_press_in_the_browser_is_one_application(client_of: Log, cast: Cast, draft: Any) -> None:
    elin, version = client_of(cast.elin), version_of(draft.id, cast.elin)
    applying.use()
    form = {"truthful": "yes", "version": version}
    first, second = (elin.post(f"/ansok/{draft.id}/summary/", form) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert len(income_support.my_applications(cast.elin)) == 1
    with foundation.acting(cast.system):
        assert foundation.Event.objects.filter(kind="income_support.application_submitted").count() == 1


def test_two_case_workers_with_the_same_page_lose_nothing(client_of: Log, cast: Cast) -> None:
    """Björn saves over a page that Åsa has saved meanwhile: he sees hers, his own stands in the form, and saves again."""
    deciding.rules(cast)
    made = deciding.with_worker(cast.elin, cast.asa)
    page = f"/handlaggare/arende/{made.application.case_id}/berakning/{made.application.id}/rad/"
    typed = {"line": "cost.rent", "version": str(made.row.version)}
    assert client_of(cast.asa).post(page, {**typed, "amount": "5000", "why": "Nytt kontrakt"}).status_code == 302
    stale = client_of(cast.bjorn).post(page, {**typed, "amount": "4900", "why": "Enligt avin"})
    assert stale.status_code == 409
    assert "Enligt avin" in stale.text and 'value="4900"' in stale.text
    assert "5\u00a0000" in stale.text and "Nytt kontrakt" in stale.text
    with foundation.acting(cast.asa):
        row = assessments.open_assessment(made.application.id)
        assert row is not None
        (held,) = row.changes.filter(withdrawn_at=None)
        assert (held.worker_kr, held.why) == (5000, "Nytt kontrakt")
        version = row.version
    again = client_of(cast.bjorn).post(page, {**typed, "version": str(version), "amount": "4900", "why": "Enligt avin"})
    assert again.status_code == 302
    with foundation.acting(cast.asa):
        assert row.changes.count() == 2, "the earlier value is kept, taken back"
