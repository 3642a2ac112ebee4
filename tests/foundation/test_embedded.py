"""The embedded server: made, killed, found again, stopped."""

import os
import signal
import time
from pathlib import Path

import psycopg
import pytest

from handslag.config.embedded import EmbeddedServer, ServerFault
from handslag.config.place import Place
from handslag.config.serve import Product


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the server's own user can enter, as root too."""
    import tempfile

    made = Path(tempfile.mkdtemp(prefix="handslag-embedded-"))
    made.chmod(0o755)
    return made


def test_data_survives_a_killed_server_and_a_killed_parent(folder: Path) -> None:
    server = EmbeddedServer(folder / "postgres")
    try:
        url = server.start()
        with psycopg.connect(url, autocommit=True) as there:
            there.execute("CREATE TABLE kept AS SELECT 'åäö' AS word")
        os.kill(server._child.pid, signal.SIGKILL)  # type: ignore[union-attr]
        for _ in range(100):
            if not server.alive:
                break
            time.sleep(0.05)
        assert not server.alive
        assert server.start() == url, "clients find back on the same address"
        # A parent that was killed leaves the server running; the next one takes it over.
        heir = EmbeddedServer(folder / "postgres")
        assert heir.start() == url
        assert heir._child is None
        with psycopg.connect(url) as there:
            assert there.execute("SELECT upper(word) FROM kept").fetchone() == ("ÅÄÖ",)
    finally:
        server.stop()
    assert not server.alive


def test_a_start_while_the_last_one_stops_waits_and_starts_anew(folder: Path) -> None:
    server = EmbeddedServer(folder / "postgres", quick=True)
    url = server.start()
    heir = EmbeddedServer(folder / "postgres", quick=True)
    try:
        os.kill(server._child.pid, signal.SIGINT)  # type: ignore[union-attr]
        assert heir.start() == url
        with psycopg.connect(url) as there:
            assert there.execute("SELECT 1").fetchone() == (1,)
    finally:
        server.stop()
        heir.stop()


def test_a_server_that_does_not_start_at_once_is_tried_again_and_ends_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    class Slow(EmbeddedServer):
        tries = 0

        def start(self) -> str:
            self.tries += 1
            if self.tries == 1:
                raise ServerFault("The embedded PostgreSQL ended at once.")
            return "postgresql://there"

    server = Slow(tmp_path)
    product = Product(here=Place.model_construct(var=tmp_path), mode="test", port=0, server=server)
    for _ in range(2):
        product._start_server_again(server)
    assert server.tries == 2 and "ended at once" in capsys.readouterr().out
