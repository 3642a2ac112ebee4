"""Starting and stopping the product: the database first, then web and workers, each watched and started again."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from handslag.config import memory
from handslag.config.embedded import EmbeddedServer, ServerFault
from handslag.config.place import Place, environment_of_child, place

# The example account of the IBAN registry for Sweden; no money moves in the demo.
DEMO_PAYER = {"HANDSLAG_PAYER_IBAN": "SE4550000000058398257466", "HANDSLAG_PAYER_BIC": "ESSESESS"}
RESTART_PAUSE_SECONDS = 1.0
LOOKS_EVERY_SECONDS = 0.3
STOPS_WITHIN_SECONDS = 20


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


@dataclass
class Child:
    """A process of the product and how to start it again."""

    name: str
    arguments: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0

    def start(self, log: Path) -> None:
        """Start it, or start it again. What a killed one left behind of its own children is ended first."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                self.arguments,
                env=self.environment,
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.started = time.monotonic()


@dataclass
class Product:
    """The database server and the processes over it."""

    here: Place
    mode: str
    port: int
    server: EmbeddedServer | None = None
    owner_url: str = ""
    children: list[Child] = field(default_factory=list)
    is_ending: bool = False  # a plain mark: a signal that came while an event's lock was held would wait for itself for ever

    def start_database(self) -> str:
        """Start or find the server; gives the owner's address."""
        if self.here.owner_url:
            self.owner_url = self.here.owner_url
        else:
            self.server = EmbeddedServer(self.here.var / "postgres")
            self.owner_url = self.server.start()
        return self.owner_url

    def environment(self, role: str) -> dict[str, str]:
        """What a child process may know: its own role's address, never the owner's."""
        return environment_of_child() | {
            "HANDSLAG_DATABASE_URL": self.here.url_of(f"handslag_{role}", self.owner_url),
            "HANDSLAG_ROLE": role,
            "HANDSLAG_MODE": self.mode,
            "HANDSLAG_VAR": str(self.here.var),
            "HANDSLAG_PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "handslag.config.settings",
        }

    def add_web_and_workers(self) -> None:
        cores = max(1, os.cpu_count() or 1)
        web = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            self.here.host,
            "--port",
            str(self.port),
            "--workers",
            str(min(cores, 4)),
            "--blocking-threads",
            "8",
            "--backlog",
            "1024",
            "--no-ws",
            "--log-level",
            "warning",
            "--log-config",
            str(Path(__file__).with_name("web_logging.json")),
            "--respawn-failed-workers",
            "handslag.config.wsgi:application",
        ]
        self.children.append(Child("web", web, self.environment("app")))
        for nth in range(min(cores, 4)):
            self.children.append(
                Child(
                    f"worker-{nth + 1}",
                    [sys.executable, "-m", "handslag.config.cli", "worker"],
                    self.environment("job"),
                )
            )

    def run(self) -> int:
        """Start the children and watch them until told to stop."""
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, lambda *_: setattr(self, "is_ending", True))
        logs = self.here.var / "log"
        logs.mkdir(parents=True, exist_ok=True)
        for child in self.children:
            child.start(logs / f"{child.name}.log")
        (self.here.var / "pids.json").write_text(
            json.dumps({c.name: c.process.pid for c in self.children if c.process})
        )
        while not self._is_told_to_end():
            if self.server is not None and not self.server.alive:
                self._start_server_again(self.server)
            for child in self.children:
                if (
                    child.process is not None
                    and child.process.poll() is not None
                    and time.monotonic() - child.started > RESTART_PAUSE_SECONDS
                ):
                    child.start(logs / f"{child.name}.log")
                    (self.here.var / "pids.json").write_text(
                        json.dumps({c.name: c.process.pid for c in self.children if c.process})
                    )
        self.stop()
        return 0

    def _is_told_to_end(self) -> bool:
        time.sleep(LOOKS_EVERY_SECONDS)
        return self.is_ending

    def _start_server_again(self, server: EmbeddedServer) -> None:
        """A killed server's last sessions may still hold its memory: one that does not start is tried at the next look."""
        try:
            server.start()
        except ServerFault as fault:
            _say(f"Handslag: {fault}")

    def stop(self) -> None:
        """Stop the children by their own numbers, then the database."""
        for child in self.children:
            if child.process is not None and child.process.poll() is None:
                child.process.terminate()
        until = time.monotonic() + STOPS_WITHIN_SECONDS
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait()
        if self.server is not None:
            self.server.stop()
        (self.here.var / "pids.json").unlink(missing_ok=True)


def _end_orphans(here: Place) -> None:
    """End web and workers that outlived a killed Handslag, so that a new start does not meet them."""
    try:
        pids = json.loads((here.var / "pids.json").read_text())
    except (OSError, ValueError):
        return
    for pid in pids.values():
        with contextlib.suppress(ProcessLookupError, PermissionError, FileNotFoundError):
            if b"handslag" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.killpg(pid, signal.SIGTERM)
    (here.var / "pids.json").unlink(missing_ok=True)


def _become_owner(owner_url: str, here: Place) -> None:
    """Let this process see the owner's address; it prepares the database and fills the demo, and serves nothing."""
    os.environ["DATABASE_URL"] = owner_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handslag.config.settings")
    os.environ["HANDSLAG_VAR"] = str(here.var)
    place.cache_clear()
    import django

    django.setup()


def _prepare() -> None:
    from handslag.config import database, statics

    database.prepare()
    statics.collect()


@contextlib.contextmanager
def with_database(*, keep_owner: bool = False) -> Iterator[str]:
    """Run something of one's own against the database, starting the embedded server if it does not run."""
    product = Product(here=place(), mode=place().mode, port=place().port)
    started = product.here.owner_url == "" and not EmbeddedServer(product.here.var / "postgres").alive
    owner_url = product.start_database()
    try:
        _become_owner(owner_url, product.here)
        yield owner_url
    finally:
        from django.db import connections

        connections.close_all()
        if started and product.server is not None:
            product.server.stop()


def demo(*, size: int, years: int, seed: int, port: int | None, fresh: bool) -> int:
    """Start the demo municipality: make it on the first start, keep it on the next."""
    here = place()
    product = Product(here=here, mode="demo", port=port or here.port)
    _end_orphans(here)
    if fresh:
        EmbeddedServer(here.var / "postgres").stop()
        shutil.rmtree(here.var / "postgres", ignore_errors=True)
    for name, value in DEMO_PAYER.items():
        os.environ.setdefault(name, value)
    began = time.monotonic()
    _say("Handslag: starting the database …")
    _become_owner(product.start_database(), here)
    try:
        _say("Handslag: preparing tables and pages …")
        _prepare()
        from handslag.config import simulators
        from handslag.demo import public as municipality

        municipality.fill_once(
            size=size, years=years, seed=seed, say=_say, truth_file=here.var / "demo-truth.json"
        )
        product.children += simulators.children(product, Child, size=size, seed=seed)
        product.add_web_and_workers()
        who = municipality.who_to_be()
    except BaseException:
        product.stop()
        raise
    threading.Thread(target=_announce, args=(product, who, began), daemon=True).start()
    return product.run()


def _announce(product: Product, who: list[tuple[str, str]], began: float) -> None:
    import httpx

    address = f"http://{product.here.host}:{product.port}"
    for _ in range(600):
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{address}/halsa/", timeout=2, trust_env=False).status_code == 200:
                break
        time.sleep(0.1)
    _say(
        f"\nHandslag is open after {time.monotonic() - began:.0f} s:  {address}\nLog in at {address}/konto/logga-in/ as\n"
    )
    for name, what in who:
        _say(f"  {name:<24} {what}")
    _say("\nEverybody here is invented. Stop with Ctrl-C; the data stays in var/.")


def serve(*, port: int | None) -> int:
    """Start the product for real use: no demo people, no demo log-in."""
    here = place()
    product = Product(here=here, mode="production", port=port or here.port)
    _end_orphans(here)
    _become_owner(product.start_database(), here)
    _prepare()
    product.add_web_and_workers()
    _say(f"Handslag: http://{here.host}:{product.port}")
    return product.run()


def worker() -> int:
    """One worker: takes jobs and, among the workers, runs the schedule. SIGTERM lets the running job end."""
    import django

    os.environ.setdefault("RAYON_NUM_THREADS", "1")  # one worker for each core: a letter needs no threads of its own
    django.setup()
    from procrastinate.contrib.django import app as jobs

    memory.settle()
    connector = jobs.connector.get_worker_connector()
    with jobs.replace_connector(connector) as working:
        working.run_worker(
            concurrency=1,
            listen_notify=True,
            fetch_job_polling_interval=1.0,
            install_signal_handlers=True,
            delete_jobs="never",
        )
    return 0


def database(what: str) -> int:
    """`prepare` brings the database to the present shape; `address` prints the owner's address."""
    with with_database() as owner_url:
        if what == "prepare":
            _prepare()
        else:
            _say(owner_url)
    return 0
