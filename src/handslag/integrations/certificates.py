"""Certificates for simulators: an authority, a server and a client, made when they start.

Real services are reached with certificates from the municipality's own files; nothing here is used for them.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from handslag.integrations.tls import TlsFiles

VALID_DAYS = 30


@dataclass(frozen=True, slots=True)
class SimulatorCertificates:
    server: TlsFiles
    client: TlsFiles


def make_certificates(folder: Path) -> SimulatorCertificates:
    """An authority, a server certificate for this machine and a client's in `folder`.

    Those that are there are kept while they hold for another day, so that clients outlive a restarted simulator.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = _kept(folder)
    if kept is not None:
        return kept
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority_name = _name("Handslag simulator authority")
    authority = (
        _builder(authority_name, authority_name, authority_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    authority_file = folder / "authority.pem"
    authority_file.write_bytes(authority.public_bytes(serialization.Encoding.PEM))

    def issue(role: str, usage: x509.ObjectIdentifier) -> TlsFiles:
        key = ec.generate_private_key(ec.SECP256R1())
        names = x509.SubjectAlternativeName(
            [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        )
        certificate = (
            _builder(_name(f"Handslag simulator {role}"), authority_name, key.public_key())
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
            .add_extension(names, critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
            )
            .sign(authority_key, hashes.SHA256())
        )
        certificate_file, key_file = folder / f"{role}.pem", folder / f"{role}.key"
        certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        key_file.touch(mode=0o600)
        key_file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return TlsFiles(certificate_file, key_file, authority_file)

    return SimulatorCertificates(
        issue("server", ExtendedKeyUsageOID.SERVER_AUTH), issue("client", ExtendedKeyUsageOID.CLIENT_AUTH)
    )


def _kept(folder: Path) -> SimulatorCertificates | None:
    authority = folder / "authority.pem"
    server, client = (
        TlsFiles(folder / f"{role}.pem", folder / f"{role}.key", authority) for role in ("server", "client")
    )
    if not all(
        file.exists() for files in (server, client) for file in (files.certificate, files.key, authority)
    ):
        return None
    try:
        ends = x509.load_pem_x509_certificate(authority.read_bytes()).not_valid_after_utc
    except ValueError:
        return None
    return SimulatorCertificates(server, client) if ends > datetime.now(UTC) + timedelta(days=1) else None


def _builder(
    subject: x509.Name, issuer: x509.Name, public_key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=VALID_DAYS))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
