"""A certificate authority to throw away, and what it signs for servers of this machine.

Made with `cryptography`, which is here for Scrapy: a machine without the ``openssl`` program runs these tests, too.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

HERE = [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")]
LIFE = timedelta(days=1)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


@dataclass
class Authority:
    """Whom one may trust, or not."""

    name: str = "bijia test authority"
    _key: EllipticCurvePrivateKey = field(
        init=False, default_factory=lambda: generate_private_key(SECP256R1())
    )

    def write(self, path: Path) -> Path:
        """Its own certificate, for those who trust it."""
        itself = self._certificate(self.name, self._key, x509.BasicConstraints(ca=True, path_length=0))
        path.write_text(_pem(itself), "ascii")
        return path

    def issue(self, certificate: Path, key: Path) -> None:
        """Write a certificate for servers of this machine, and its key."""
        own = generate_private_key(SECP256R1())
        signed = self._certificate(
            "bijia test server", own, x509.BasicConstraints(ca=False, path_length=None)
        )
        certificate.write_text(_pem(signed), "ascii")
        plain = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        key.write_text(plain.decode(), "ascii")

    def _certificate(
        self, subject: str, key: EllipticCurvePrivateKey, constraints: x509.BasicConstraints
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(subject))
            .issuer_name(_name(self.name))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - LIFE)
            .not_valid_after(now + LIFE)
            .add_extension(constraints, critical=True)
        )
        if not constraints.ca:
            builder = builder.add_extension(x509.SubjectAlternativeName(HERE), critical=False)
        return builder.sign(self._key, hashes.SHA256())
