"""A small server of `POST /v1/audio/transcriptions` for tests and trials: a real socket, faults on demand."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

MOST_BYTES = 25 * 1024 * 1024


class SpeechFault(StrEnum):
    """How the server can fail."""

    DOWN = "down"  # the connection is closed without an answer
    CUT = "cut"  # the connection is closed in the midst of the answer
    BUSY = "busy"  # status 503
    SLOW = "slow"  # answers after `slow_seconds`
    REFUSED = "refused"  # status 400
    TOO_LARGE = "too_large"  # status 413
    GARBAGE = "garbage"  # no JSON
    NO_TEXT = "no_text"  # JSON without a text
    REDIRECT = "redirect"  # sends the speech elsewhere


@dataclass(slots=True)
class SpeechServer:
    """Says `text` for any speech. `asked` keeps the fields of the questions and the length of the speech, not the speech."""

    text: str = "Det här har jag sagt."
    fault: SpeechFault | None = None
    slow_seconds: float = 5.0
    port: int = 0
    asked: list[dict[str, Any]] = field(default_factory=list)
    _server: ThreadingHTTPServer | None = field(default=None, repr=False)
    _thread: threading.Thread | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _handler_for(self))
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def close(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        if self._thread is not None:
            self._thread.join(timeout=5)
            self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def fields_of(content_type: str, body: bytes) -> dict[str, Any]:
    """The fields of a multipart form; of a file its name, type and length."""
    whole = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body, policy=HTTP)
    found: dict[str, Any] = {}
    for part in whole.iter_parts() if whole.is_multipart() else ():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            continue
        if part.get_filename() is None:
            found[name] = content.decode()
        else:
            found[name] = {
                "name": part.get_filename(),
                "type": part.get_content_type(),
                "bytes": len(content),
            }
    return found


def _handler_for(speech: SpeechServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            body = self.rfile.read(min(length, MOST_BYTES))
            speech.asked.append({"path": self.path, **fields_of(self.headers.get("Content-Type", ""), body)})
            fault = speech.fault
            if fault is SpeechFault.DOWN:
                self.close_connection = True
                return
            if fault is SpeechFault.SLOW:
                time.sleep(speech.slow_seconds)
            statuses = {
                SpeechFault.BUSY: 503, SpeechFault.REFUSED: 400, SpeechFault.TOO_LARGE: 413, SpeechFault.REDIRECT: 307,
            }  # fmt: skip
            answers = {SpeechFault.GARBAGE: b"<html>", SpeechFault.NO_TEXT: b"{}"}
            whole = json.dumps({"text": speech.text}).encode()
            status, content = 200, whole
            if fault is not None:
                status, content = statuses.get(fault, 200), answers.get(fault, whole)
            if self.path != "/v1/audio/transcriptions":
                status, content = 404, b"{}"
            self.send_response(status)
            if status == 307:
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if fault is SpeechFault.CUT:
                self.wfile.write(content[: len(content) // 2])
                self.close_connection = True
                return
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """No log: what is said is nobody else's."""

    return Handler
