"""Sealing what somebody writes with a key that only their own session holds (AES-256-GCM)."""

import hashlib
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES, NONCE_BYTES = 32, 12


@dataclass(frozen=True, slots=True)
class Seal:
    """The key of one draft; the draft's id follows from it, so that a row alone leads to no key."""

    key: bytes

    @classmethod
    def new(cls) -> "Seal":
        """A key that nobody has had before."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def read(cls, text: object) -> "Seal | None":
        """The key as the session holds it; None for anything else."""
        try:
            key = urlsafe_b64decode(text) if isinstance(text, str) else b""
        except ValueError:
            return None
        return cls(key) if len(key) == KEY_BYTES else None

    def __str__(self) -> str:
        return urlsafe_b64encode(self.key).decode()

    @property
    def id(self) -> UUID:
        """The row that this key opens."""
        return UUID(bytes=hashlib.sha256(b"concern draft" + self.key).digest()[:16])

    @property
    def mark(self) -> str:
        """What a page carries to say which draft it belongs to; it opens nothing and leads to no row."""
        return hashlib.sha256(b"concern page" + self.key).hexdigest()[:16]

    def close(self, content: bytes) -> bytes:
        """The content, sealed."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self.key).encrypt(nonce, content, self.id.bytes)

    def open(self, sealed: bytes) -> bytes | None:
        """The content again; None when the row was sealed with another key or was changed."""
        try:
            return AESGCM(self.key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], self.id.bytes)
        except (InvalidTag, ValueError):
            return None
