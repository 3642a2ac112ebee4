"""What the note's page tells its scripts: whose drafts they may keep, for how long, and whether there is a microphone."""

from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from handslag.casework import public as casework
from handslag.portal.shell.middleware import FEATURES

# The page of a draft alone may use the microphone, and only where a transcription server is set up.
WITH_MICROPHONE = FEATURES.replace("microphone=()", "microphone=(self)")


def whose(request: Any) -> str:
    """A mark of the account and its epoch: drafts under another mark are not opened."""
    claim = f"{request.actor.account_id} {request.user.session_epoch}"
    return salted_hmac("handslag.offline", claim).hexdigest()[:32]


def writing_context(request: Any) -> dict[str, Any]:
    """For the template of a draft."""
    return {
        "whose": whose(request),
        "offline_hours": settings.HERE.offline_hours,
        "may_dictate": casework.may_dictate(),
        "longest_speech": casework.LONGEST_SPEECH_SECONDS,
    }
