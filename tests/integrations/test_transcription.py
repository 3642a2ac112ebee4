"""The transcription client against a real server on a socket: what it asks, and every way that it can go wrong."""

import time

import pytest

from handslag.casework.ports import NotTranscribed
from handslag.integrations.transcription.client import TranscriptionServer
from handslag.integrations.transcription.simulator import SpeechFault, SpeechServer

WEBM = b"\x1a\x45\xdf\xa3" + b"\x00" * 4000


def test_the_question_and_the_answer() -> None:
    with SpeechServer(text=" Åsa såg barnet. ") as speech:
        for url in (speech.url, f"{speech.url}/", f"{speech.url}/v1/audio/transcriptions"):
            client = TranscriptionServer(url, "kb-whisper-large")
            assert client.transcribe(WEBM, "audio/webm", language="sv") == "Åsa såg barnet."
            client.close()
    assert (
        speech.asked
        == [
            {
                "path": "/v1/audio/transcriptions",
                "model": "kb-whisper-large",
                "language": "sv",
                "response_format": "json",
                "file": {"name": "speech.webm", "type": "audio/webm", "bytes": len(WEBM)},
            }
        ]
        * 3
    )


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (SpeechFault.DOWN, "down"), (SpeechFault.BUSY, "down"), (SpeechFault.REFUSED, "refused"),
        (SpeechFault.TOO_LARGE, "too_large"), (SpeechFault.GARBAGE, "unreadable"), (SpeechFault.NO_TEXT, "unreadable"),
        (SpeechFault.REDIRECT, "refused"),
    ],
)  # fmt: skip
def test_each_fault_has_its_code(fault: SpeechFault, code: str) -> None:
    with SpeechServer(fault=fault) as speech, pytest.raises(NotTranscribed) as told:
        TranscriptionServer(speech.url, "m").transcribe(WEBM, "audio/webm", language="sv")
    assert told.value.code == code


def test_a_slow_server_and_one_that_is_not_there() -> None:
    with SpeechServer(fault=SpeechFault.SLOW, slow_seconds=3) as speech:
        began = time.monotonic()
        with pytest.raises(NotTranscribed) as told:
            TranscriptionServer(speech.url, "m", timeout_seconds=0.3).transcribe(
                WEBM, "audio/webm", language="sv"
            )
        assert told.value.code == "slow" and time.monotonic() - began < 2.5
        gone = speech.url
    with pytest.raises(NotTranscribed) as told:
        TranscriptionServer(gone, "m", timeout_seconds=2).transcribe(WEBM, "audio/webm", language="sv")
    assert told.value.code == "down"
