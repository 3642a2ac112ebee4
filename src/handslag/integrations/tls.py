"""Mutual TLS: what a client and a server need, from files."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """PEM files: our certificate with its key, and the authority that the other side must be signed by."""

    certificate: Path
    key: Path
    authority: Path


def client_context(files: TlsFiles) -> ssl.SSLContext:
    """Shows our certificate, trusts only `files.authority`. Raises OSError or ssl.SSLError for bad files."""
    context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=str(files.authority))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(str(files.certificate), str(files.key))
    return context


def server_context(files: TlsFiles) -> ssl.SSLContext:
    """Refuses a client without a certificate signed by `files.authority`."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(files.authority))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(str(files.certificate), str(files.key))
    return context
