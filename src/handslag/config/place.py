"""Where this installation stands: folders, addresses, secrets. Read from the environment once."""

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit, urlunsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[3]


class Place(BaseSettings):
    """Settings of one installation; each is `HANDSLAG_<NAME>` in the environment."""

    model_config = SettingsConfigDict(env_prefix="HANDSLAG_", extra="ignore")

    var: Path = Field(ROOT / "var", description="where data, files and secrets lie")
    mode: Literal["demo", "production", "test"] = Field(
        "production", description="demo shows the standing cast at log-in"
    )
    role: Literal["app", "job"] = Field("app", description="the database role of this process")
    owner_url: str = Field(
        "", validation_alias="DATABASE_URL", description="a real server; empty means the embedded one"
    )
    database_url: str = Field(
        "", description="the role's own address; given to child processes so that they never see the owner's"
    )
    test_database_url: str = Field("", description="an owner's address of a server for the tests")
    secret: str = Field("", description="the installation's secret; made and kept under var when empty")
    host: str = "127.0.0.1"
    port: int = 8000
    allowed_hosts: str = "localhost,127.0.0.1,[::1]"
    municipality: str = "Ekeby"
    municipality_code: str = ""
    phone: str = Field(
        "08-465 004 10", description="the social services by day; the default is a number kept for fiction"
    )
    on_call_phone: str = Field(
        "08-465 004 12", description="the social services on call, evenings and weekends"
    )
    postal_address: str = Field(
        "Box 99, 999 01 Ekeby",
        description="where a letter to the social services is sent, its lines parted by commas; the default is invented",
    )
    pool: int = Field(16, description="connections that a process keeps at most")
    secure: bool = Field(False, description="served over https: cookies are then marked secure")
    proxies: str = Field("", description="addresses of own proxies whose X-Forwarded-For is believed, with commas")
    delegation_persons: int = Field(
        2, ge=1, le=2, description="how many persons a decision on delegation takes: one enters it, another confirms it"
    )
    staff_oidc: str = Field(
        "", description="address of the staff identity provider (its .well-known is read)"
    )
    staff_oidc_client: str = ""
    staff_oidc_secret: str = ""
    resident_oidc: str = Field("", description="address of the e-ID broker")
    resident_oidc_client: str = ""
    resident_oidc_secret: str = ""
    claims: str = Field(
        "", description="a file that says what the providers' claims give here; empty means the one shipped"
    )
    registers_url: str = Field("", description="SSBTEK; the demo fills in its simulator")
    organisation_number: str = Field(
        "162120009999", pattern=r"^16\d{10}$", description="the municipality's, as registers and bank know it: 16 and ten digits"
    )
    lefi_actor: str = Field("ekeby", description="the name that SSBTEK knows the municipality's caller by")
    navet_order: str = Field(
        "00000000-0000-0000-0000-000000009999", description="the number of the order with the population register"
    )
    navet_url: str = Field("", description="Navet; the demo fills in its simulator")
    payer_iban: str = Field(
        "", description="the account that economic aid is paid from; empty: no payment file can be made"
    )
    payer_bic: str = ""
    payment_format: Literal["09", "03"] = Field(
        "09", description="the version of pain.001.001 that the bank wants its payment files in"
    )
    attest_limit_kr: int = Field(
        30_000, description="a decision above this sum needs a second person's attest"
    )
    smallest_group: int = Field(5, ge=2, description="statistics of fewer than this many are not told")
    keeps_for_research: Literal["by_code", "sample", "all"] = Field(
        "by_code", description="what SoL 16:4 keeps: all, persons born on set days, or as the code says"
    )
    erasure_approver: Literal["manager", "administrator"] = "manager"
    bookkeeping_years: int = Field(
        7, ge=1, le=50, description="calendar years that payments are kept as accounting after the year of payment"
    )
    debt_counselling_years: int = Field(
        5, ge=5, le=50, description="years after the last note that a file of debt counselling is kept"
    )
    debt_counselling_decides: bool = Field(
        False, description="an application for budget and debt counselling ends in a decision under SoL 11:1"
    )
    letter_translation: bool = Field(
        True, description="an English translation follows a letter to whoever reads another language"
    )
    stats_secret: str = Field(
        "", description="the key of the statistics' pseudonyms; made and kept under var when empty"
    )
    transcription_url: str = Field(
        "", description="the municipality's own transcription server; empty: no dictation"
    )
    transcription_model: str = Field(
        "whisper-1", description="the model that the transcription server is asked for"
    )
    offline_hours: int = Field(
        36, description="how long a note written without coverage is kept in the browser"
    )
    certificates: str = Field("", description="folder with client.pem and ca.pem for the registers")

    @property
    def secret_key(self) -> str:
        """The installation's secret, made on first use and kept readable by its owner alone."""
        return self.secret or _kept_secret(self.var / "secret")

    @property
    def stats_key(self) -> str:
        """The key of the statistics' pseudonyms: another than the installation's secret, so that either can be changed."""
        return self.stats_secret or _kept_secret(self.var / "stats-secret")

    def password_of(self, role: str) -> str:
        """The password of a database role, derived so that nothing more need be kept."""
        return hmac.new(self.secret_key.encode(), f"database {role}".encode(), hashlib.sha256).hexdigest()

    def url_of(self, role: str, owner_url: str) -> str:
        """The address of a role on the server that the owner's address names."""
        parts = urlsplit(owner_url)
        where = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{quote(role)}:{self.password_of(role)}@{where}"))


OWNERS_ADDRESSES = {"DATABASE_URL", "HANDSLAG_DATABASE_URL"}


def environment_of_child() -> dict[str, str]:
    """What a child process may know of this one's environment: everything but the addresses of the database's owner."""
    return {key: value for key, value in os.environ.items() if key not in OWNERS_ADDRESSES}


@lru_cache(maxsize=1)
def place() -> Place:
    return Place()  # type: ignore[call-arg]


@lru_cache(maxsize=4)
def _kept_secret(path: Path) -> str:
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = secrets.token_hex(32)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(made)
        except FileExistsError:
            return path.read_text().strip()
        return made
