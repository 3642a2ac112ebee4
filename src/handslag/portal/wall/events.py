"""What happens to the wall's screens."""

from dataclasses import dataclass
from uuid import UUID

from handslag.foundation import public as foundation


@foundation.event("wall.screen_opened")
@dataclass(frozen=True)
class ScreenOpened:
    """A device shows the wall from now on without anybody logged in."""

    screen_id: UUID


@foundation.event("wall.screen_closed")
@dataclass(frozen=True)
class ScreenClosed:
    """The device shows nothing any longer."""

    screen_id: UUID
