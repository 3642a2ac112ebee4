"""The server of the test suite, where no other is named: started once, stopped with the test run."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from handslag.config.embedded import EmbeddedServer


def address() -> str:
    """Start a server for this test run; worker processes inherit its address through the environment."""
    folder = Path(tempfile.mkdtemp(prefix="handslag-test-"))
    folder.chmod(0o755)
    server = EmbeddedServer(folder / "postgres", quick=True)
    mine = os.getpid()

    def end() -> None:
        if os.getpid() == mine:
            server.stop()
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(end)
    return server.start()
