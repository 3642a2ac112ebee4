"""Opening and closing the screens of the wall."""

from datetime import datetime
from uuid import UUID

from handslag.foundation import public as foundation
from handslag.foundation.public import Actor, Role
from handslag.portal.wall.events import ScreenClosed, ScreenOpened
from handslag.portal.wall.models import Screen

OPENERS = (Role.ADMINISTRATOR.value, Role.MANAGER.value)


@foundation.operation
def open_screen(*, name: str, by: Actor, at: datetime) -> Screen:
    """Let the device at hand show the wall on its own. Administrators and managers only; raises `Refused` and `BadInput`."""
    foundation.require_role(by, *OPENERS)
    if by.account_id is None:
        raise foundation.Refused("Your role does not allow this.", do="Ask your manager.")
    if not name.strip():
        raise foundation.BadInput("Say where the screen stands.", where="name")
    screen = Screen.objects.create(name=name.strip()[:80], opened_by_id=by.account_id, opened_at=at)
    foundation.record(ScreenOpened(screen_id=screen.id), by=by, at=at)
    return screen


@foundation.operation
def close_screen(*, screen_id: UUID, by: Actor, at: datetime) -> None:
    """Let a screen go dark: it is asked for a log-in within a second. Raises `NotFound` for one that is closed."""
    foundation.require_role(by, *OPENERS)
    if not Screen.objects.filter(id=screen_id, closed_at=None).update(closed_at=at):
        raise foundation.NotFound("There is no such open screen.")
    foundation.record(ScreenClosed(screen_id=screen_id), by=by, at=at)
