"""Checks electronic signatures in PDFs (PAdES) by pyHanko, an extra (``tte``) that is imported only when one is there.

Nothing is fetched: which certificates are trusted, and which were revoked, say files of the office.
"""

import importlib.util
import io
import logging
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from processor.foundation.errors import PayungError

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.status import PdfSignatureStatus

_NIP = re.compile(r"(?<!\d)\d{18}(?!\d)")
_NAMES = {NameOID.COMMON_NAME, NameOID.GIVEN_NAME, NameOID.SURNAME, NameOID.PSEUDONYM}  # whoever may write much there
_BETWEEN = re.compile(r"(?<=\d)[ .\-](?=\d)")
_OTHER_PURPOSES = {
    ExtendedKeyUsageOID.SERVER_AUTH,
    ExtendedKeyUsageOID.CODE_SIGNING,
    ExtendedKeyUsageOID.TIME_STAMPING,
    ExtendedKeyUsageOID.OCSP_SIGNING,
}


class BadSignature(PayungError):
    """A signature is not good; the message ends a sentence that begins with it."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Whose signature is good.

    Attributes:
        roots: Certificates that are trusted, DER.
        revoked: Lists of revoked certificates, DER.
        nip: The signer's, 18 digits.
        serials: Of the signer's certificates, as ``plain_serial`` gives them; none: a certificate must say the NIP.
    """

    roots: tuple[bytes, ...]
    revoked: tuple[bytes, ...]
    nip: str
    serials: frozenset[str]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, by which certificate (its serial number, hex; who issued it), and when by the signer's own clock."""

    signer: str
    serial: str
    issuer: str
    moment: datetime | None


def is_installed() -> bool:
    """Tell whether pyHanko is installed."""
    return importlib.util.find_spec("pyhanko") is not None


def plain_serial(written: str) -> str:
    """Give a serial number as it is compared: hex digits without colons, blanks, 0x and leading zeros."""
    return re.sub(r"[\s:.\-]", "", written.casefold()).removeprefix("0x").lstrip("0")


def certificates(content: bytes) -> list[bytes]:
    """Read a file of certificates, PEM or DER; give each as DER. Raises ValueError."""
    pem = b"-----BEGIN" in content
    found = x509.load_pem_x509_certificates(content) if pem else [x509.load_der_x509_certificate(content)]
    return [one.public_bytes(Encoding.DER) for one in found]


def revocations(content: bytes) -> bytes:
    """Read a list of revoked certificates, PEM or DER; give it as DER. Raises ValueError."""
    found = x509.load_pem_x509_crl(content) if b"-----BEGIN" in content else x509.load_der_x509_crl(content)
    return found.public_bytes(Encoding.DER)


def check(content: bytes, expected: Expected, now: datetime) -> Signature:
    """Check the signatures of a PDF: all good, the last by the one who is expected, and nothing added since.

    Args:
        content: The PDF.
        expected: Whose signature is good. Without roots only the PDF itself is checked, and nobody is trusted.
        now: When the certificates must be valid (aware).

    Returns:
        The last signature.

    Raises:
        BadSignature: With what is wrong.
    """
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # it logs names of people
    try:
        with ThreadPoolExecutor(1) as aside:  # pyHanko starts an event loop; whoever asks may have one already
            statuses = aside.submit(_statuses, content, expected, now).result()
    except Exception as error:  # whatever a forged file does to a parser, it is not good
        raise BadSignature("tidak terbaca: PDF itu atau tanda tangannya rusak") from error
    if not statuses:
        raise BadSignature("tidak ada lagi: yang ada hanya sisanya")
    for status in statuses:
        _check_whole(status)
    _check_nothing_added(statuses[-1], content)
    if expected.roots:
        for status in statuses:
            _check_trusted(status, expected, now)
        _check_signer(_certificate(statuses[-1]), expected)
    return _signature(statuses[-1])


def _statuses(content: bytes, expected: Expected, now: datetime) -> "list[PdfSignatureStatus]":
    """Let pyHanko look at every signature, oldest first."""
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415 -- an extra; see the module
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    roots = [one for root in expected.roots for one in load_certs_from_pemder_data(root)]
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
    return [
        validate_pdf_signature(
            one,
            ValidationContext(trust_roots=roots, moment=now, allow_fetching=False),
            key_usage_settings=usage,
        )
        for one in _reader(content).embedded_regular_signatures
    ]


def _reader(content: bytes) -> "PdfFileReader":
    """Read a PDF; one that is not to the letter, as many programs write, leniently.

    Two programs may see such a PDF differently, so that nothing at all may stand behind its signature.
    """
    from pyhanko.pdf_utils.misc import PdfStrictReadError  # noqa: PLC0415 -- an extra; see the module
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    try:
        reader = PdfFileReader(io.BytesIO(content))
    except PdfStrictReadError:
        return PdfFileReader(io.BytesIO(content), strict=False)
    hybrid = reader.xrefs.hybrid_xrefs_present  # as Word writes
    return PdfFileReader(io.BytesIO(content), strict=False) if hybrid else reader


def _check_whole(status: "PdfSignatureStatus") -> None:
    """Raise BadSignature where what was signed is not what stands there, or only a part of it."""
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415 -- an extra; see the module

    if not (status.intact and status.valid):
        raise BadSignature("rusak: isi PDF berubah sesudah ditandatangani")
    if status.coverage is None or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        raise BadSignature("tidak lengkap: hanya sebagian isi PDF yang ditandatangani")


def _check_nothing_added(status: "PdfSignatureStatus", content: bytes) -> None:
    """Raise BadSignature where more than proofs for keeping (PAdES-LTA) stand behind the last signature."""
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415 -- an extra; see the module
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    proofs = status.modification_level == ModificationLevel.LTA_UPDATES and status.docmdp_ok
    to_the_letter = content.rstrip().endswith(b"%%EOF") and _reader(content).strict
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE and not (proofs and to_the_letter):
        raise BadSignature("tidak lagi mencakup semuanya: ada yang ditambahkan ke PDF sesudah ditandatangani")


def _check_trusted(status: "PdfSignatureStatus", expected: Expected, now: datetime) -> None:
    """Raise BadSignature where the certificate is none by which this could be signed now."""
    certificate = _certificate(status)
    said = f"memakai sertifikat {_serial(certificate)}, yang"
    if now < certificate.not_valid_before_utc:
        raise BadSignature(f"{said} belum berlaku")
    if now > certificate.not_valid_after_utc:
        raise BadSignature(f"{said} sudah kedaluwarsa")
    path = [*status.validation_path] if status.validation_path else []
    if any(_is_revoked(one, expected.revoked) for one in (certificate, *(_read(each) for each in path))):
        raise BadSignature(f"{said} sudah dicabut")
    if not _is_for_signing(certificate):
        raise BadSignature(f"{said} tidak dikeluarkan untuk menandatangani")
    if "CRYPTO_CONSTRAINTS" in str(status.trust_problem_indic):
        raise BadSignature("dibuat dengan cara yang sudah lemah, misalnya SHA-1, sehingga dapat dipalsukan")
    if not status.trusted:
        raise BadSignature(f"{said} tidak dapat dirunut ke penerbit pada tte: akar di payung.yaml")


def _read(certificate: Any) -> x509.Certificate:
    return x509.load_der_x509_certificate(certificate.dump())


def _certificate(status: "PdfSignatureStatus") -> x509.Certificate:
    return _read(status.signing_cert)


def _serial(certificate: x509.Certificate) -> str:
    return f"{certificate.serial_number:x}"


def _is_revoked(certificate: x509.Certificate, lists: Iterable[bytes]) -> bool:
    """Tell whether a list of its issuer names a certificate; an old list is believed as well."""
    found = (x509.load_der_x509_crl(one) for one in lists)
    return any(
        one.issuer == certificate.issuer
        and one.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None
        for one in found
    )


def _is_for_signing(certificate: x509.Certificate) -> bool:
    """Tell whether what a certificate says of its purposes lets it sign documents; one that says nothing may."""
    extensions = certificate.extensions
    for one in extensions:
        if isinstance(one.value, x509.KeyUsage) and not (one.value.digital_signature or one.value.content_commitment):
            return False
        if isinstance(one.value, x509.ExtendedKeyUsage) and set(one.value) <= _OTHER_PURPOSES:
            return False
    return True


def _check_signer(certificate: x509.Certificate, expected: Expected) -> None:
    """Raise BadSignature where a certificate is not the signer's: by serial number or NIP, never by a name."""
    serial = _serial(certificate)
    numbers = (_BETWEEN.sub("", str(one.value)) for one in certificate.subject if one.oid not in _NAMES)
    said = {nip for one in numbers for nip in _NIP.findall(one)}
    if said and expected.nip not in said:
        raise BadSignature(f"bukan oleh penandatangan di payung.yaml: NIP dalam sertifikat {serial} lain")
    if expected.serials and serial not in expected.serials:
        raise BadSignature(f"bukan oleh penandatangan di payung.yaml: sertifikat {serial} tidak ada pada tte: seri")
    if not expected.serials and not said:
        raise BadSignature(
            f"belum dapat dikenali: sertifikat {serial} tidak memuat NIP. Bila memang milik penandatangan, tulis nomor "
            "itu pada tte: seri di payung.yaml"
        )


def _signature(status: "PdfSignatureStatus") -> Signature:
    certificate = _certificate(status)
    return Signature(
        _named(certificate.subject), _serial(certificate), _named(certificate.issuer), status.signer_reported_dt
    )


def _named(name: x509.Name) -> str:
    """Give what a certificate calls somebody, in one line without control characters."""
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME) or [*name]
    return " ".join("".join(c if c.isprintable() else " " for c in str(found[0].value)).split())[:100] if found else "-"
