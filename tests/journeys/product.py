"""The real product in a folder of its own: `handslag demo` as a process, its database, workers, simulators and logs."""

import contextlib
import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg

from handslag.config.place import Place

ROOT = Path(__file__).resolve().parents[2]
INHABITANTS, YEARS = 2000, 1
OPENS_WITHIN_SECONDS = 300
STOPS_WITHIN_SECONDS = 60
LINES_OF_A_LOG = 25
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


def until(told: Callable[[], Any], *, within: float = 60, what: str = "") -> Any:
    """The first answer that is not empty; asked again and again, for a loaded machine is slow and not wrong."""
    last = time.monotonic() + within
    while True:
        answer = told()
        if answer:
            return answer
        if time.monotonic() > last:
            raise AssertionError(f"Not within {within:.0f} s: {what or told}")
        time.sleep(0.1)


@dataclass
class RunningProduct:
    """One municipality for all journeys. As root, its folder lies where the database's own user can enter."""

    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="handslag-journeys-")))
    port: int = 0
    inhabitants: int = INHABITANTS
    process: subprocess.Popen[bytes] | None = None
    _owner: str = ""

    def __post_init__(self) -> None:
        self.folder.chmod(0o755)
        self.port = _free_port()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def var(self) -> Path:
        return self.folder / "var"

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("HANDSLAG_", "DATABASE_URL", "DJANGO_"))
        }
        return kept | {"HANDSLAG_VAR": str(self.var), "PYTHONPATH": str(ROOT / "src")}

    def start(self) -> None:
        """Start, and wait until a page answers."""
        with (self.folder / "start.log").open("ab") as out:
            self.process = subprocess.Popen(
                [
                    sys.executable, "-m", "handslag.config.cli", "demo",
                    "--size", str(self.inhabitants), "--years", str(YEARS), "--port", str(self.port),
                ],
                env=self.environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True, cwd=ROOT,
                preexec_fn=_end_with_the_tests,  # noqa: PLW1509 - one call of the system, nothing is allocated
            )  # fmt: skip
        until(self._opened, within=OPENS_WITHIN_SECONDS, what="the product opens")

    def stop(self) -> int:
        """Ask it to stop, as Ctrl-C would; gives its exit status."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=STOPS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            return self.process.wait()
        finally:
            self.process = None

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one command of `handslag` beside the running product."""
        return subprocess.run(
            [sys.executable, "-m", "handslag.config.cli", *arguments],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    def pids(self) -> dict[str, int]:
        """The processes by name, as the product itself keeps them."""
        with contextlib.suppress(OSError, ValueError):
            return dict(json.loads((self.var / "pids.json").read_text()))
        return {}

    def answers(self) -> bool:
        """Whether a page comes back."""
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.address}/halsa/", timeout=5, trust_env=False).status_code == 200
        return False

    def as_owner(self) -> psycopg.Connection[Any]:
        """The database past every rule: only to see when something was recorded and to learn ids."""
        if not self._owner:
            told = self.command("database", "address")
            assert told.returncode == 0, told.stderr
            self._owner = told.stdout.strip().splitlines()[-1]
        return psycopg.connect(self._owner, autocommit=True)

    def as_app_role(self) -> psycopg.Connection[Any]:
        """The intruder: the web's own role and password, no actor."""
        with self.as_owner():
            here = Place.model_construct(var=self.var, secret="")
        return psycopg.connect(here.url_of("handslag_app", self._owner), autocommit=True)

    def logs(self) -> str:
        """The last lines of every log; they hold ids and no names."""
        files = [self.folder / "start.log", *sorted((self.var / "log").glob("*.log")), self.var / "postgres/postgres.log"]
        told = []
        for file in files:
            with contextlib.suppress(OSError):
                lines = file.read_text(errors="replace").splitlines()[-LINES_OF_A_LOG:]
                told.append("\n".join([f"--- {file.name}", *lines]))
        return "\n".join(told)

    def _opened(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"The product ended while it started:\n{self.logs()}"
        return self.answers()


def _end_with_the_tests() -> None:
    """A product whose tests were killed is told to stop by the system (Linux)."""
    with contextlib.suppress(AttributeError):
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
