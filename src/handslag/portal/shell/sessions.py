"""From a browser's session to an actor. The session is a signed cookie; it names an account and nothing more of a person."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from handslag.foundation import public as foundation

KEY = "actor"


def listen() -> None:
    """Whichever way somebody logs in, the session then says who it is."""
    user_logged_in.connect(_remember, dispatch_uid="handslag.portal.shell.sessions")


def actor_of(account: foundation.Account) -> foundation.Actor:
    """A resident where the account belongs to a person, else staff."""
    kind: Any = "resident" if account.person_id else "staff"
    return foundation.Actor(kind=kind, account_id=account.id, person_id=account.person_id, name=account.name)


def claimed_actor(session: SessionBase) -> foundation.Actor:
    """Who the session says it is, before the account has been looked at; a visitor where it says nothing."""
    claim = session.get(KEY)
    if not isinstance(claim, dict):
        return foundation.VISITOR
    person = claim.get("person")
    return foundation.Actor(
        kind="resident" if person else "staff",
        account_id=UUID(claim["account"]),
        person_id=UUID(person) if person else None,
    )


def account_behind(session: SessionBase, actor: foundation.Actor) -> foundation.Account | None:
    """The active account of the claim, read as that actor; None when it is closed or was logged out everywhere."""
    account = foundation.find_row(foundation.Account, actor.account_id)
    if account is None or not account.is_active or account.person_id != actor.person_id:
        return None
    return account if session[KEY].get("epoch") == account.session_epoch else None


def nobody() -> Any:
    """The user of a request without an account."""
    return AnonymousUser()


def _remember(sender: Any, request: HttpRequest, user: foundation.Account, **_: Any) -> None:
    request.session[KEY] = {
        "account": str(user.id),
        "person": str(user.person_id) if user.person_id else "",
        "epoch": user.session_epoch,
    }
