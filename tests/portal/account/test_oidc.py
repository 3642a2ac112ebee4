"""Log-in against a real OpenID Connect provider on a socket: staff by groups, residents by number, and every lie refused."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db.models import Q
from django.test import Client

from handslag.demo.who import RESIDENTS, identity_number
from handslag.foundation import public as foundation
from handslag.foundation.public import Account, Event, RoleGrant
from handslag.people import public as people
from handslag.portal.account.claims import read_staff
from tests.cast import Cast
from tests.portal.account.provider import Provider, an_hour_ago, leave, log_in, path_of, serve

pytestmark = [
    pytest.mark.django_db(databases=["default"]),
    pytest.mark.filterwarnings("ignore"),
]
WORKER, MANAGER, CHILDREN = (
    "handslag-forsorjningsstod-handlaggare", "handslag-forsorjningsstod-chef", "handslag-barn-och-familj-handlaggare",
)


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with serve() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The same real provider as directory of the staff and as e-ID broker, under two client names."""
    for kind in ("staff", "resident"):
        monkeypatch.setattr(settings.HERE, f"{kind}_oidc", running.address)
        monkeypatch.setattr(settings.HERE, f"{kind}_oidc_client", f"handslag-{kind}")
        monkeypatch.setattr(settings.HERE, f"{kind}_oidc_secret", "a secret of the tests")
    yield running
    running.lie = running.key = None


def number_of(who: str) -> str:
    return identity_number(RESIDENTS[who].born, RESIDENTS[who].sex)


def held(account: Account) -> set[tuple[str, str]]:
    day = foundation.today()
    with foundation.acting(foundation.system("test")):
        rows = RoleGrant.objects.filter(account=account, valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))
        return {(row.role, row.unit.name) for row in rows.select_related("unit")}


def the_account(**fields: Any) -> Account:
    with foundation.acting(foundation.system("test")):
        return Account.objects.get(**fields)


def accounts() -> int:
    with foundation.acting(foundation.system("test")):
        return Account.objects.count()


def test_both_ways_in_are_on_the_log_in_page(client: Client, cast: Cast, provider: Provider) -> None:
    page = client.get("/konto/logga-in/?next=/konto/").text
    assert "/konto/logga-in/invanare/?next=/konto/" in page
    assert "/konto/logga-in/personal/?next=/konto/" in page


def test_without_a_provider_there_is_no_such_way(client: Client, cast: Cast) -> None:
    for kind in ("personal", "invanare", "annan"):
        assert client.get(f"/konto/logga-in/{kind}/").status_code == 404
        assert client.get(f"/konto/logga-in/{kind}/svar/?code=x&state=y").status_code == 404


def test_we_ask_with_state_nonce_and_challenge(client: Client, cast: Cast, provider: Provider) -> None:
    asked = parse_qs(urlsplit(leave(client, "personal")).query)
    assert asked["client_id"] == ["handslag-staff"]
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) >= 24
    assert asked["redirect_uri"] == ["http://testserver/konto/logga-in/personal/svar/"]


def test_groups_give_roles_in_units(client: Client, cast: Cast, provider: Provider) -> None:
    provider.add("s-1", name="Stina Storm", email="stina@example.org", groups=[WORKER, "handslag-regelansvarig", "annat"])
    answer = log_in(client, provider, "personal", "s-1")
    assert answer.headers["Location"] == "/konto/"
    assert "Stina Storm" in client.get("/konto/").text
    account = the_account(name="Stina Storm")
    assert held(account) == {("case_worker", "Försörjningsstöd"), ("rules_officer", "Försörjningsstöd")}
    assert account.person_id is None
    assert not account.has_usable_password()


def test_roles_that_vanish_from_the_claims_end(client: Client, cast: Cast, provider: Provider) -> None:
    provider.add("s-2", name="Nils Norr", groups=[WORKER, MANAGER])
    log_in(client, provider, "personal", "s-2")
    provider.add("s-2", name="Nils Norr", groups=[CHILDREN])
    with foundation.clock_at(foundation.now()):
        log_in(Client(), provider, "personal", "s-2")
    account = the_account(name="Nils Norr")
    assert held(account) == {("case_worker", "Barn och familj")}
    with foundation.acting(cast.system):
        assert Event.objects.filter(kind="account.role_ended").count() == 2
        assert Event.objects.filter(kind="account.role_given").count() == 3
    # Given again the same day, they hold again.
    provider.add("s-2", name="Nils Norr", groups=[WORKER])
    log_in(Client(), provider, "personal", "s-2")
    assert held(account) == {("case_worker", "Försörjningsstöd")}


def test_old_roles_end_from_today(client: Client, cast: Cast, provider: Provider) -> None:
    provider.add("s-3", name="Olle Ost", groups=[WORKER])
    log_in(client, provider, "personal", "s-3")
    account = the_account(name="Olle Ost")
    with foundation.acting(cast.system):
        RoleGrant.objects.filter(account=account).update(valid_from=date(2024, 1, 1))
    provider.add("s-3", name="Olle Ost", groups=[])
    log_in(Client(), provider, "personal", "s-3")
    with foundation.acting(cast.system):
        row = RoleGrant.objects.get(account=account)
    assert (row.valid_from, row.valid_to) == (date(2024, 1, 1), foundation.today())


def test_the_subject_counts_and_never_the_name(client: Client, cast: Cast, provider: Provider) -> None:
    provider.add("s-4", name="Åsa Åberg", preferred_username="asa", email="asa@example.org", groups=[])
    log_in(client, provider, "personal", "s-4")
    assert "Du har ingen roll i dag" in client.get("/konto/").text
    with foundation.acting(cast.system):
        assert Account.objects.filter(name="Åsa Åberg").count() == 2


def test_a_known_resident_reaches_the_own_person(client: Client, cast: Cast, provider: Provider) -> None:
    provider.add("r-1", given_name="Elin", family_name="Ekdal", personal_identity_number=number_of("elin"))
    before = accounts()
    assert log_in(client, provider, "invanare", "r-1").headers["Location"] == "/konto/"
    assert accounts() == before
    assert "Du är inloggad som invånare" in client.get("/konto/").text
    assert client.session["actor"]["person"] == str(cast.elin.person_id)


def test_an_unknown_resident_is_registered_once(client: Client, cast: Cast, provider: Provider) -> None:
    born = date(1970, 5, 17)
    number = identity_number(born, "woman")
    provider.add("r-2", given_name="Nora", family_name="Ny", personal_identity_number=f"{number[2:8]}-{number[8:]}")
    log_in(client, provider, "invanare", "r-2")
    log_in(Client(), provider, "invanare", "r-2")
    with foundation.acting(cast.system):
        person = people.Person.objects.get(given_name="Nora")
        assert (person.family_name, person.born, person.sex) == ("Ny", born, "woman")
        assert Account.objects.filter(person_id=person.id).count() == 1
        assert not RoleGrant.objects.filter(account__person_id=person.id).exists()


def test_the_number_decides_and_not_what_a_form_or_a_name_says(client: Client, cast: Cast, provider: Provider) -> None:
    """Greta cannot become Elin: neither by Elin's name, nor by Elin's number in the address."""
    provider.add("r-3", given_name="Elin", family_name="Ekdal", personal_identity_number=number_of("greta"))
    back = provider.let_in(leave(client, "invanare"), "r-3") + f"&personal_identity_number={number_of('elin')}"
    client.get(path_of(back))
    assert client.session["actor"]["person"] == str(cast.greta.person_id)


@pytest.mark.parametrize("number", ["198001019999", "12", "", None, ["199103149808"]])
def test_a_number_that_is_none_lets_nobody_in(client: Client, cast: Cast, provider: Provider, number: Any) -> None:
    provider.add("r-4", given_name="Evelina", family_name="Ekblad", personal_identity_number=number)
    before = accounts()
    answer = log_in(client, provider, "invanare", "r-4")
    assert answer.status_code == 403
    assert client.get("/konto/").status_code == 302
    assert accounts() == before
    assert "Evelina" not in answer.text


@pytest.mark.parametrize("claims", [{"name": ""}, {}], ids=["empty", "missing"])
def test_a_missing_name_lets_nobody_in(client: Client, cast: Cast, provider: Provider, claims: dict[str, Any]) -> None:
    provider.add("s-5", groups=[WORKER], **claims)
    answer = log_in(client, provider, "personal", "s-5")
    assert answer.status_code == 403
    assert "talade inte om vem du är" in answer.text


def test_a_closed_account_stays_closed(client: Client, cast: Cast, provider: Provider) -> None:
    provider.add("s-6", name="Sven Slut", groups=[WORKER])
    log_in(client, provider, "personal", "s-6")
    with foundation.acting(cast.system):
        Account.objects.filter(name="Sven Slut").update(is_active=False)
    assert log_in(Client(), provider, "personal", "s-6").status_code == 403
    assert client.get("/konto/").status_code == 302


def test_a_residents_account_with_a_role_is_refused(client: Client, cast: Cast, provider: Provider) -> None:
    with foundation.acting(cast.system):
        RoleGrant.objects.create(account_id=cast.elin.account_id, unit_id=cast.support, role="manager", valid_from=date(2024, 1, 1))
    provider.add("r-5", given_name="Elin", family_name="Ekdal", personal_identity_number=number_of("elin"))
    assert log_in(client, provider, "invanare", "r-5").status_code == 403


LIES: dict[str, Any] = {
    "another audience": lambda c: c | {"aud": "somebody-else"},
    "a second audience without us as party": lambda c: c | {"aud": ["handslag-staff", "somebody-else"]},
    "another party": lambda c: c | {"azp": "somebody-else"},
    "another issuer": lambda c: c | {"iss": "https://example.org"},
    "another nonce": lambda c: c | {"nonce": "not the one we sent"},
    "no nonce": lambda c: {k: v for k, v in c.items() if k != "nonce"},
    "expired": lambda c: c | {"exp": an_hour_ago()},
    "no end": lambda c: {k: v for k, v in c.items() if k != "exp"},
    "from the future": lambda c: c | {"iat": int(time.time()) + 3600, "nbf": int(time.time()) + 3600},
    "another subject than userinfo": lambda c: c | {"sub": "s-1"},
}


@pytest.mark.parametrize("kind", ["personal", "invanare"])
@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_does_not_hold_lets_nobody_in(client: Client, cast: Cast, provider: Provider, lie: str, kind: str) -> None:
    provider.add("s-7", name="Lina Lögn", given_name="Lina", family_name="Lögn", groups=[WORKER], personal_identity_number=number_of("elin"))
    provider.lie = LIES[lie]
    before = accounts()
    answer = log_in(client, provider, kind, "s-7")
    assert answer.status_code == 403, lie
    assert "Ingen har loggats in" in answer.text
    assert client.get("/konto/").status_code == 302
    assert accounts() == before
    with foundation.acting(cast.system):
        assert Event.objects.filter(kind="account.log_in_failed").exists()
        assert not Event.objects.filter(kind="account.logged_in").exists()


def test_a_token_signed_by_somebody_else_lets_nobody_in(client: Client, cast: Cast, provider: Provider) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    provider.key = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    provider.lie = dict
    provider.add("s-8", name="Lina Lögn", groups=[WORKER])
    assert log_in(client, provider, "personal", "s-8").status_code == 403


def test_the_way_back_needs_the_state_of_this_browser(client: Client, cast: Cast, provider: Provider) -> None:
    provider.add("s-9", name="Stina Storm", groups=[WORKER])
    back = path_of(provider.let_in(leave(client, "personal"), "s-9"))
    assert Client().get(back).status_code == 403
    assert client.get(back.replace("state=", "state=x")).status_code == 403
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 403  # the state is used up


def test_a_code_of_one_provider_is_no_good_at_the_other(client: Client, cast: Cast, provider: Provider) -> None:
    provider.add("s-10", name="Stina Storm", groups=[WORKER], personal_identity_number=number_of("elin"))
    back = path_of(provider.let_in(leave(client, "personal"), "s-10"))
    assert client.get(back.replace("/personal/", "/invanare/")).status_code == 403


def test_whoever_stops_at_the_provider_is_told_so(client: Client, cast: Cast, provider: Provider) -> None:
    state = parse_qs(urlsplit(leave(client, "invanare")).query)["state"][0]
    answer = client.get(f"/konto/logga-in/invanare/svar/?error=access_denied&state={state}")
    assert answer.status_code == 403
    assert "Du avbröt inloggningen" in answer.text


def test_a_provider_that_is_down_is_told_and_nothing_breaks(client: Client, cast: Cast, provider: Provider, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.HERE, "staff_oidc", "http://127.0.0.1:9")
    answer = client.get("/konto/logga-in/personal/")
    assert answer.status_code == 403
    assert "Ingen har loggats in" in answer.text


def test_nothing_of_the_claims_is_kept_in_events_or_sessions(client: Client, cast: Cast, provider: Provider) -> None:
    provider.add("r-6", given_name="Elin", family_name="Ekdal", personal_identity_number=number_of("elin"))
    log_in(client, provider, "invanare", "r-6")
    with foundation.acting(cast.system):
        told = str(list(Event.objects.filter(kind__startswith="account.").values_list("data", flat=True)))
    assert number_of("elin") not in told + str(dict(client.session))
    assert "Ekdal" not in told + str(dict(client.session))


def test_the_mapping_is_data(tmp_path: Path) -> None:
    how = {"staff": {"name": ["displayName"], "email": [], "groups": ["memberOf"], "grants": [
        {"group": "CN=soc", "unit": "Vuxen", "role": "case_worker"}]}}
    read = read_staff({"sub": "1", "displayName": "A B", "memberOf": "CN=soc"}, how)
    assert {(grant.unit, grant.role) for grant in read.grants} == {("Vuxen", "case_worker")}


def test_a_session_ends_with_its_hours(client: Client, cast: Cast, provider: Provider, settings: Any) -> None:
    assert timedelta(seconds=settings.SESSION_COOKIE_AGE) <= timedelta(hours=8)
