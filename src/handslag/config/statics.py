"""The files that pages link to, collected and compressed once for each content."""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

MANIFEST = "staticfiles.json"


def collect() -> bool:
    """Collect and compress the static files, unless the same ones lie there already; gives whether it was done."""
    root = Path(settings.STATIC_ROOT)
    made_from, kept = _digest(), root.with_name(f"{root.name}.made-from")
    if (root / MANIFEST).exists() and kept.exists() and kept.read_text() == made_from:
        return False
    kept.unlink(missing_ok=True)  # broken off, it is begun anew
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    kept.write_text(made_from)
    return True


def _digest() -> str:
    """Of every file by its name and content, and of what compresses them."""
    digest = sha256(f"{settings.STORAGES['staticfiles']['BACKEND']} {version('whitenoise')} {version('django')}".encode())
    for finder in get_finders():
        for name, storage in finder.list(None):
            with storage.open(name) as file:
                digest.update(f"{name} {sha256(file.read()).hexdigest()}\n".encode())
    return digest.hexdigest()
