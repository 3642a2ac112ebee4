"""The real product in a folder of its own: `handslag demo` as a process with database, web, workers and simulators."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
OPENS_WITHIN_SECONDS, STOPS_WITHIN_SECONDS = 900, 60


@dataclass(frozen=True)
class Running:
    """Where it answers, and the environment in which a process is the owner of its database."""

    address: str
    folder: Path
    environment: dict[str, str]

    def owner(self, module: str, *arguments: str) -> str:
        """Run a module beside the product, with the owner's address; gives what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env=self.environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return done.stdout


def environment_in(folder: Path) -> dict[str, str]:
    """What a process that keeps its data in the folder may know of this one's environment."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HANDSLAG_", "DATABASE_URL", "DJANGO_"))
    }
    return kept | {
        "HANDSLAG_VAR": str(folder / "var"),
        "DJANGO_SETTINGS_MODULE": "handslag.config.settings",
    }


@contextlib.contextmanager
def running(*, size: int, years: int = 1) -> Iterator[Running]:
    """Start a demo municipality of so many inhabitants; afterwards it is stopped and its data removed."""
    folder = Path(tempfile.mkdtemp(prefix="handslag-bench-"))
    folder.chmod(0o755)
    port = free_port()
    environment = environment_in(folder) | {"HANDSLAG_MODE": "demo"}
    command = [
        sys.executable,
        "-m",
        "handslag.config.cli",
        "demo",
        "--size",
        str(size),
        "--years",
        str(years),
        "--port",
        str(port),
    ]
    with (folder / "start.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=ROOT,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _await(address, process, folder)
        yield Running(address, folder, environment | _as_owner(folder / "var", environment))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=STOPS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def _as_owner(var: Path, environment: dict[str, str]) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "handslag.config.cli", "database", "address"],
        env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    known = {"DATABASE_URL": done.stdout.strip()}
    with contextlib.suppress(OSError, ValueError):
        ports = json.loads((var / "simulators" / "ports.json").read_text())
        known["HANDSLAG_REGISTERS_URL"] = f"https://127.0.0.1:{ports['ssbtek']}/"
        known["HANDSLAG_NAVET_URL"] = f"https://127.0.0.1:{ports['navet']}/"
        known["HANDSLAG_CERTIFICATES"] = str(var / "simulators")
    return known


def _await(address: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + OPENS_WITHIN_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{address}/halsa/", timeout=5, trust_env=False).status_code == 200:
                return
        time.sleep(0.2)
    raise RuntimeError(f"the product did not open:\n{(folder / 'start.log').read_text()[-3000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
