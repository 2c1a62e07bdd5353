"""Letters signed electronically, well and badly, as ``letter_signing`` makes them; who issues certificates."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from PIL import Image
from pypdf import PdfWriter

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
NIP = "197001011998031003"
NAME = "Contoh Pejabat, S.H., M.H."
SERIAL = 0x5E21AC0017
"""The signer's certificate."""


@dataclass(frozen=True)
class Authority:
    """Who issues certificates: a key and a root of its own."""

    name: str = "Induk Sertifikat Contoh"

    @cached_property
    def key(self) -> ec.EllipticCurvePrivateKey:
        return ec.generate_private_key(ec.SECP256R1())

    @cached_property
    def root(self) -> x509.Certificate:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)])
        made = builder(name, name, self.key.public_key(), 1, (-3650, 3650))
        return made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(
            self.key, hashes.SHA256()
        )

    @property
    def pem(self) -> bytes:
        return self.root.public_bytes(Encoding.PEM)

    def revokes(self, *serials: int) -> bytes:
        """The authority's list of revoked certificates, long out of date."""
        made = x509.CertificateRevocationListBuilder().issuer_name(self.root.subject)
        made = made.last_update(NOW - timedelta(days=90)).next_update(NOW - timedelta(days=60))
        for serial in serials:
            one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(NOW - timedelta(days=91))
            made = made.add_revoked_certificate(one.build())
        return made.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM)


def builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, serial: int, days: tuple[int, int]
) -> x509.CertificateBuilder:
    begins, ends = (NOW + timedelta(days=one) for one in days)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    return made.serial_number(serial).not_valid_before(begins).not_valid_after(ends)


@dataclass(frozen=True)
class SignedLetters:
    """Letters by what was done with them."""

    authority: Authority
    sound: Mapping[str, bytes]
    without_nip: bytes
    other_words: bytes
    """Well signed, but another letter."""
    forged: Mapping[str, bytes]


def typed(*lines: str) -> bytes:
    """A page with these words, as programs write them that know no more of PDF than they must."""
    shown = "\n".join(f"({line}) Tj T*" for line in lines).encode()
    stream = b"<</Length %d>>stream\nBT /F 10 Tf 14 TL 50 800 Td\n%b\nET\nendstream" % (len(shown) + 40, shown)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    parts = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream, font)
    objects = b"".join(b"%d 0 obj\n%b\nendobj\n" % (at, one) for at, one in enumerate(parts, 1))
    made = io.BytesIO()
    writer = PdfWriter()
    writer.append(io.BytesIO(b"%PDF-1.7\n" + objects + b"trailer\n<</Root 1 0 R/Size 6>>\nstartxref\n0\n%%EOF\n"))
    writer.write(made)
    return made.getvalue()


def scan() -> bytes:
    """A page with a picture, by a program that does not keep to the letter of PDF."""
    made = io.BytesIO()
    Image.effect_noise((40, 40), 100).save(made, "PDF")
    return made.getvalue()
