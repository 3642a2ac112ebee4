"""What simulators stand on: a small HTTPS server on a real socket, a client certificate demanded, faults on demand."""

from __future__ import annotations

import ssl
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from handslag.integrations.certificates import make_certificates
from handslag.integrations.tls import TlsFiles, server_context


class ServiceFault(StrEnum):
    """How the service as a whole can fail."""

    DOWN = "down"  # the connection is closed without an answer
    BUSY = "busy"  # status 503
    SLOW = "slow"  # answers after `slow_seconds`
    GARBAGE = "garbage"  # bytes that are no XML
    CUT_OFF = "cut_off"  # half of the answer
    ENTITIES = "entities"  # an answer that tries to expand entities
    HUGE = "huge"  # an answer without end


@dataclass(slots=True)
class SimulatorServer:
    """Serves `answer` (request body in, status and body out) on a loopback port until closed."""

    answer: Callable[[bytes], tuple[int, bytes]]
    tls: TlsFiles
    port: int = 0
    fault: ServiceFault | None = None
    slow_seconds: float = 5.0
    questions: int = 0
    _server: ThreadingHTTPServer | None = field(default=None, repr=False)
    _thread: threading.Thread | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}/"

    def start(self) -> Self:
        self._server = _TlsServer(("127.0.0.1", self.port), _handler_for(self), server_context(self.tls))
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="simulator", daemon=True
        )
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


class SimulatedService(ABC):
    """One service as a simulator: `with` it, it answers at `url`; the client shows `certificates.client`, made in `folder`."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.certificates = make_certificates(folder)
        self.server = SimulatorServer(self.answer, self.certificates.server, port)

    @abstractmethod
    def answer(self, content: bytes) -> tuple[int, bytes]:
        """Status and body for one question."""

    @property
    def url(self) -> str:
        return self.server.url

    def fail(self, fault: ServiceFault | None, *, slow_seconds: float = 5.0) -> None:
        """The whole service fails, or with None works again."""
        self.server.fault = fault
        self.server.slow_seconds = slow_seconds

    def start(self) -> Self:
        self.server.start()
        return self

    def close(self) -> None:
        self.server.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _TlsServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler], context: ssl.SSLContext
    ) -> None:
        self._context = context
        super().__init__(address, handler)

    def finish_request(self, request: Any, client_address: Any) -> None:
        """The handshake runs in the connection's own thread, so that one bad client blocks nobody."""
        request.settimeout(30)
        try:
            secured = self._context.wrap_socket(request, server_side=True)
        except (ssl.SSLError, OSError):
            return
        try:
            super().finish_request(secured, client_address)
        finally:
            secured.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves in the middle is no error of a simulator."""


def _handler_for(simulator: SimulatorServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Header and body leave in one piece: apart, each answer would wait 40 ms for a delayed acknowledgement.
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            simulator.questions += 1
            fault = simulator.fault
            if fault is ServiceFault.DOWN:
                self.close_connection = True
                return
            if fault is ServiceFault.BUSY:
                self._send(503, b"busy")
            elif fault is ServiceFault.GARBAGE:
                self._send(200, b"\x00\xff<not xml")
            elif fault is ServiceFault.ENTITIES:
                self._send(200, b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>')
            elif fault is ServiceFault.HUGE:
                self._send(200, b"<a>" + b" " * 20_000_000 + b"</a>")
            else:
                if fault is ServiceFault.SLOW:
                    time.sleep(simulator.slow_seconds)
                status, content = simulator.answer(body)
                self._send(status, content[: len(content) // 2] if fault is ServiceFault.CUT_OFF else content)

        def _send(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/xml; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """No log: questions hold identity numbers."""

    return Handler
