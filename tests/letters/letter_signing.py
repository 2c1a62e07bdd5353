"""Signs letters electronically, well and badly, by two authorities that are made here; all people are fictional.

It brings pyHanko, so that only the fixture imports it.
"""

import asyncio
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfWriter

from tests.letters.signed_letters import NAME, NIP, SERIAL, Authority, SignedLetters, builder, scan, typed


@dataclass(frozen=True)
class Certificate:
    """What a certificate says, and who issued it."""

    authority: Authority
    name: str = NAME
    nip: str | None = NIP
    serial: int = SERIAL
    days: tuple[int, int] = (-30, 365)
    signs: bool = True
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.EMAIL_PROTECTION
    self_signed: bool = False

    @cached_property
    def signer(self) -> signers.SimpleSigner:
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = self._subject if self.self_signed else self.authority.root.subject
        made = builder(self._subject, issuer, key.public_key(), self.serial, self.days)
        made = made.add_extension(_usage(signs=self.signs), critical=True)
        made = made.add_extension(x509.ExtendedKeyUsage([self.purpose]), critical=False)
        found = made.sign(key if self.self_signed else self.authority.key, hashes.SHA256())
        private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return signers.SimpleSigner(
            signing_cert=_loaded(found),
            signing_key=load_private_key_from_pemder_data(private, None),
            cert_registry=SimpleCertificateStore(),
        )

    @property
    def _subject(self) -> x509.Name:
        said = [x509.NameAttribute(NameOID.COMMON_NAME, self.name)]
        said += [x509.NameAttribute(NameOID.SERIAL_NUMBER, self.nip)] if self.nip else []
        return x509.Name(said)


def _loaded(certificate: x509.Certificate) -> Any:
    return next(iter(load_certs_from_pemder_data(certificate.public_bytes(Encoding.DER))))


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs, content_commitment=signs, key_encipherment=not signs, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def printed() -> bytes:
    """The same page by a program that does."""
    made, writer = io.BytesIO(), PdfWriter()
    writer.append(io.BytesIO(scan()))
    writer.write(made)
    return made.getvalue()


def signed(pdf: bytes, certificate: Certificate, field: str = "Tte", digest: str = "sha256") -> bytes:
    """``pdf`` signed as PAdES wants it, in a revision of its own."""
    about = signers.PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, md_algorithm=digest)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    return bytes(signers.PdfSigner(about, certificate.signer).sign_pdf(writer).getvalue())


def updated(pdf: bytes, edit: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """``pdf`` with what ``edit`` changes appended to it."""
    result = io.BytesIO(pdf)
    writer = IncrementalPdfFileWriter(result)
    edit(writer)
    writer.write_in_place()
    return result.getvalue()


def with_proofs(pdf: bytes, authority: Authority) -> bytes:
    """``pdf`` with the certificates that a later check needs, as PAdES-LT appends them: that changes nothing signed."""
    result = io.BytesIO(pdf)
    DocumentSecurityStore.add_dss(result, sig_contents=None, certs=[_loaded(authority.root)])
    return result.getvalue()


def changed_byte(pdf: bytes) -> bytes:
    at = pdf.index(b"/MediaBox") + len(b"/MediaBox [ 0 0 ")
    return pdf[:at] + (b"9" if pdf[at : at + 1] != b"9" else b"8") + pdf[at + 1 :]


def other_page(writer: IncrementalPdfFileWriter) -> None:
    """The page is empty: what was signed is hidden."""
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
    writer.update_container(page)


def laid_over(writer: IncrementalPdfFileWriter) -> None:
    """A shadow attack: a stamp with other words covers what was signed."""
    page = writer.root["/Pages"]["/Kids"][0]
    looks = generic.StreamObject({pdf_name("/Subtype"): pdf_name("/Form")}, stream_data=b"1 g 0 0 99 99 re f")
    stamp = generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/Annot"),
        pdf_name("/Subtype"): pdf_name("/Stamp"),
        pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 99, 99))),
        pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): writer.add_object(looks)}),
    })  # fmt: skip
    page["/Annots"] = generic.ArrayObject([*page.get("/Annots", ()), writer.add_object(stamp)])
    writer.update_container(page)


def stripped(writer: IncrementalPdfFileWriter) -> None:
    """The signature is taken out of its place."""
    field = writer.root["/AcroForm"]["/Fields"][0]
    del field["/V"]
    writer.update_container(field)


def without_form(writer: IncrementalPdfFileWriter) -> None:
    """No reader shows that there ever was a signature."""
    del writer.root["/AcroForm"]
    writer.update_root()


def covering_a_part(pdf: bytes, certificate: Certificate) -> bytes:
    """A signature, good in itself, that leaves out the end of the file: its pages can be others."""
    whole = signed(pdf, certificate)
    (ranges,) = re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", whole)
    begin, first, second, length = map(int, ranges)
    shorter = str(length - 40).encode().ljust(len(ranges[3]))
    whole = whole.replace(b" %s]" % ranges[3], b" %s]" % shorter, 1)
    digest = sha256(whole[begin:first] + whole[second : second + length - 40]).digest()
    made = asyncio.run(certificate.signer.async_sign(digest, "sha256", use_pades=True))
    cms = bytes(made.dump()).hex().encode()
    return whole[: first + 1] + cms.ljust(second - first - 2, b"0") + whole[second - 1 :]


def with_empty_place(pdf: bytes) -> bytes:
    """A place for a signature that nobody gave yet."""
    return updated(pdf, lambda writer: append_signature_field(writer, SigFieldSpec("Tte")))


def make() -> SignedLetters:
    """Every letter, good and forged."""
    ours, others, pdf = Authority(), Authority(), printed()
    signer = Certificate(ours)
    good = signed(pdf, signer)

    def by(**said: Any) -> bytes:
        return signed(pdf, Certificate(**{"authority": ours, "serial": SERIAL + 1, **said}))

    stranger = Certificate(ours, "Budi Rekaan", "198502022010011004", SERIAL + 2)
    forged = {
        "a changed byte": changed_byte(good),
        "another page appended": updated(good, other_page),
        "words laid over the page": updated(good, laid_over),
        "a text behind the end": good + b"\nditambahkan\n",
        "a signature of another behind it": signed(good, stranger, "Lain"),
        "a signature of a part": covering_a_part(pdf, signer),
        "the signature taken out": updated(good, stripped),
        "the form taken out": updated(good, without_form),
        "a place left empty": with_empty_place(pdf),
        "a root of the same name": signed(pdf, Certificate(others)),
        "a certificate that issued itself": by(self_signed=True, serial=SERIAL),
        "a certificate past its time": by(days=(-400, -1)),
        "a certificate before its time": by(days=(1, 400)),
        "a certificate that does not sign": by(signs=False),
        "a certificate of a server": by(purpose=ExtendedKeyUsageOID.SERVER_AUTH),
        "a revoked certificate": by(serial=SERIAL + 9),
        "another NIP": by(nip="197001011998031004", serial=SERIAL),
        "another certificate under the same name": by(nip=None),
        "a name that ends in the NIP's digits": by(nip=None, name=f"{NAME} 1{NIP}"),
        "a weak digest": signed(pdf, signer, digest="sha1"),
        "a cut file": good[:-300] + b"\n%%EOF\n",
    }
    sound = {
        "as it was signed": good,
        "with the proofs for keeping": with_proofs(good, ours),
        "after another's signature": signed(signed(pdf, stranger, "Paraf"), signer),
        "of a PDF that is not to the letter": signed(scan(), signer),
    }
    other = typed(
        *["Nomor: 180/99/Huk-2026", "Dengan ini kami undang Saudara untuk rapat yang diadakan di Padang."] * 8
    )
    return SignedLetters(ours, sound, by(nip=None, serial=SERIAL), signed(other, signer), forged)
