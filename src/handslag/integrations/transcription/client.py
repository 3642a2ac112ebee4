"""The client of `POST /v1/audio/transcriptions`."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from handslag.casework.ports import NotTranscribed

MOST_ANSWER_BYTES = 1024 * 1024
_ENDINGS = {
    "audio/webm": "webm",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/mpeg": "mp3",
}


@dataclass(slots=True)
class TranscriptionServer:
    """Sends speech to one address and gives the text. One object serves a whole process and all its threads."""

    url: str
    model: str
    timeout_seconds: float = 120.0
    _client: httpx.Client | None = field(default=None, repr=False)

    def transcribe(self, speech: bytes, media_type: str, *, language: str) -> str:
        """The text of the speech. Raises NotTranscribed with a code: down, slow, refused, too_large, unreadable."""
        ends = time.monotonic() + self.timeout_seconds
        files = {"file": (f"speech.{_ENDINGS.get(media_type, 'bin')}", speech, media_type)}
        data = {"model": self.model, "language": language, "response_format": "json"}
        try:
            with self._open().stream("POST", self._address(), files=files, data=data) as response:
                if response.status_code == 413:
                    raise NotTranscribed("too_large")
                if response.status_code >= 500:
                    raise NotTranscribed("down")
                if response.status_code != 200:
                    raise NotTranscribed("refused")
                body = bytearray()
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > MOST_ANSWER_BYTES:
                        raise NotTranscribed("unreadable")
                    if time.monotonic() > ends:
                        raise NotTranscribed("slow")
        except httpx.TimeoutException as error:
            raise NotTranscribed("slow") from error
        except (httpx.HTTPError, OSError) as error:
            raise NotTranscribed("down") from error
        return _text(bytes(body))

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def _address(self) -> str:
        path = urlsplit(self.url).path.rstrip("/")
        ending = "/v1/audio/transcriptions"
        return self.url if path.endswith(ending) else self.url.rstrip("/") + ending

    def _open(self) -> httpx.Client:
        if self._client is None:
            self._client = httpx.Client(timeout=self.timeout_seconds, trust_env=False, follow_redirects=False)
        return self._client


def _text(body: bytes) -> str:
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise NotTranscribed("unreadable") from error
    text = answer.get("text") if isinstance(answer, dict) else None
    if not isinstance(text, str):
        raise NotTranscribed("unreadable")
    return text.replace("\x00", "").strip()
