"""The second factor of staff who log in with a password: codes from an app (RFC 6238), and saved codes for a lost phone.

The keys are django-allauth's, kept encrypted. A code counts once in the whole installation, not once per process.
"""

import base64
import hashlib
import hmac
from datetime import datetime
from functools import lru_cache
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from cryptography.fernet import Fernet
from django.conf import settings

from handslag.foundation import public as foundation
from handslag.foundation.public import Account, Actor
from handslag.portal.account.events import SecondFactorSet


class Adapter(DefaultMFAAdapter):
    """Keeps the keys encrypted with the installation's secret, and names the issuer after the municipality."""

    def get_totp_issuer(self) -> str:
        return f"Handslag {settings.HERE.municipality}"

    def encrypt(self, text: str) -> str:
        return _lock(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _lock(settings.SECRET_KEY).decrypt(encrypted_text.encode()).decode()


def has_second_factor(account: Account) -> bool:
    """Whether codes are asked of the account."""
    return Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists()


def new_secret() -> str:
    """A fresh key for an app, base32."""
    return generate_totp_secret()


def drawn_for_app(account: Account, secret: str) -> str:
    """The key as a square that an app photographs: the address of an image within the page."""
    adapter = Adapter()
    svg = adapter.build_totp_svg(adapter.build_totp_url(account, secret))
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


@foundation.operation
def set_second_factor(*, account: Account, secret: str, code: str, by: Actor, at: datetime) -> list[str]:
    """Join an app to an account when a code from it is right; gives the codes to save for a lost phone.

    Raises `BadInput` when the code is wrong, `Conflict` when the account has an app already.
    """
    if has_second_factor(account):
        raise foundation.Conflict("The account has an app already.", do="Log in with a code from it.")
    used = _counter_of(secret, code)
    if used is None:
        raise foundation.BadInput(
            "The code does not fit.", where="code", do="Wait for the next code in the app and write that one."
        )
    joined = TOTP.activate(account, secret).instance
    joined.data["last_counter"] = used
    joined.save(update_fields=["data"])
    codes = RecoveryCodes.activate(account).generate_codes()
    foundation.record(SecondFactorSet(who=account.id), by=by, at=at)
    return codes


@foundation.operation
def use_code(*, account: Account, code: str, by: Actor, at: datetime) -> bool:
    """Whether a code opens the account. A right code is used up, whichever process asked first."""
    cleaned = "".join(code.split()).replace("-", "")
    held = {a.type: a for a in Authenticator.objects.select_for_update().filter(user_id=account.pk)}
    app = held.get(Authenticator.Type.TOTP)
    if app is not None:
        counter = _counter_of(decrypt(app.data["secret"]), cleaned)
        if counter is not None and counter > int(app.data.get("last_counter", 0)):
            app.data["last_counter"] = counter
            app.last_used_at = at
            app.save(update_fields=["data", "last_used_at"])
            return True
    saved = held.get(Authenticator.Type.RECOVERY_CODES)
    if saved is not None and len(cleaned) > 6 and RecoveryCodes(saved).validate_code(cleaned):
        Authenticator.objects.filter(pk=saved.pk).update(last_used_at=at)
        return True
    return False


def codes_left(account_id: Any) -> int:
    """How many saved codes are still good."""
    saved = Authenticator.objects.filter(user_id=account_id, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(RecoveryCodes(saved).get_unused_codes()) if saved else 0


def _counter_of(secret: str, code: str) -> int | None:
    typed = "".join(code.split())
    for counter in yield_hotp_counters_from_time():
        if hmac.compare_digest(typed.encode(), format_hotp_value(hotp_value(secret, counter)).encode()):
            return counter
    return None


@lru_cache(maxsize=4)
def _lock(secret: str) -> Fernet:
    return Fernet(
        base64.urlsafe_b64encode(hashlib.sha256(b"handslag second factor" + secret.encode()).digest())
    )
