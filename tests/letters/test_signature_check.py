"""An electronic signature is good when all is signed, nothing was added, and the signer is the one in the settings."""

import asyncio
import dataclasses
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from processor.letters import signature_check, signature_traces
from processor.letters.signature_check import BadSignature, Expected
from tests.letters.signed_letters import NAME, NIP, NOW, SERIAL, Authority, SignedLetters, scan

REFUSED = {
    "a changed byte": "rusak: isi PDF berubah",
    "another page appended": "ada yang ditambahkan ke PDF sesudah ditandatangani",
    "words laid over the page": "ada yang ditambahkan ke PDF sesudah ditandatangani",
    "a text behind the end": "ada yang ditambahkan ke PDF sesudah ditandatangani",
    "a signature of another behind it": "bukan oleh penandatangan",
    "a signature of a part": "hanya sebagian isi PDF yang ditandatangani",
    "the signature taken out": "tidak ada lagi",
    "the form taken out": "tidak ada lagi",
    "a place left empty": "tidak ada lagi",
    "a root of the same name": "tidak dapat dirunut ke penerbit",
    "a certificate that issued itself": "tidak dapat dirunut ke penerbit",
    "a certificate past its time": "sudah kedaluwarsa",
    "a certificate before its time": "belum berlaku",
    "a certificate that does not sign": "tidak dikeluarkan untuk menandatangani",
    "a certificate of a server": "tidak dikeluarkan untuk menandatangani",
    "a revoked certificate": "sudah dicabut",
    "another NIP": "NIP dalam sertifikat 5e21ac0017 lain",
    "another certificate under the same name": "sertifikat 5e21ac0018 tidak memuat NIP",
    "a name that ends in the NIP's digits": "sertifikat 5e21ac0018 tidak memuat NIP",
    "a weak digest": "cara yang sudah lemah",
    "a cut file": "tidak terbaca",
}
LEFT_OVER = {"the signature taken out", "the form taken out", "a place left empty", "a cut file"}


def expected(authority: Authority, *serials: str) -> Expected:
    (root,) = signature_check.certificates(authority.pem)
    revoked = signature_check.revocations(authority.revokes(SERIAL + 9))
    return Expected((root,), (revoked,), NIP, frozenset(map(signature_check.plain_serial, serials)))


@pytest.mark.parametrize("forgery", REFUSED)
def test_a_forgery_is_refused_with_its_reason(signed_letters: SignedLetters, forgery: str) -> None:
    content = signed_letters.forged[forgery]
    with pytest.raises(BadSignature, match=REFUSED[forgery]):
        signature_check.check(content, expected(signed_letters.authority), NOW)
    assert signature_traces.traces(content) == ("sisa" if forgery in LEFT_OVER else "bertanda")


def test_every_forgery_has_its_reason(signed_letters: SignedLetters) -> None:
    assert set(signed_letters.forged) == set(REFUSED)


@pytest.mark.parametrize("forgery", ["another certificate under the same name", "a name that ends in the NIP's digits"])
def test_a_listed_serial_number_lets_no_other_certificate_sign(signed_letters: SignedLetters, forgery: str) -> None:
    with pytest.raises(BadSignature, match="sertifikat 5e21ac0018 tidak ada pada tte: seri"):
        signature_check.check(signed_letters.forged[forgery], expected(signed_letters.authority, f"{SERIAL:X}"), NOW)


def test_a_sound_signature_says_who_signed_by_which_certificate(signed_letters: SignedLetters) -> None:
    for content in signed_letters.sound.values():
        found = signature_check.check(content, expected(signed_letters.authority), NOW)
        assert (found.signer, found.serial, found.issuer) == (NAME, "5e21ac0017", "Induk Sertifikat Contoh")
        assert found.moment is not None
        assert signature_traces.traces(content) == "bertanda"


def test_a_signature_is_checked_also_where_an_event_loop_runs(signed_letters: SignedLetters) -> None:
    async def asked() -> str:
        return signature_check.check(
            signed_letters.without_nip, expected(signed_letters.authority, "5e21ac0017"), NOW
        ).signer

    with ThreadPoolExecutor(1) as aside:  # a browser of this worker may have its loop here
        assert aside.submit(lambda: asyncio.run(asked())).result() == NAME


def test_a_certificate_without_a_nip_is_known_by_its_serial_number(signed_letters: SignedLetters) -> None:
    found = signature_check.check(
        signed_letters.without_nip, expected(signed_letters.authority, "00:5E:21:AC:00:17"), NOW
    )
    assert found.serial == "5e21ac0017"


def test_without_roots_the_pdf_itself_is_checked_and_nobody_is_trusted(signed_letters: SignedLetters) -> None:
    nobody = dataclasses.replace(expected(signed_letters.authority), roots=())
    assert signature_check.check(signed_letters.forged["a root of the same name"], nobody, NOW).signer == NAME
    with pytest.raises(BadSignature, match="rusak: isi PDF berubah"):
        signature_check.check(signed_letters.forged["a changed byte"], nobody, NOW)


def test_a_signature_is_good_only_while_its_certificate_is(signed_letters: SignedLetters) -> None:
    later = NOW + timedelta(days=366)
    with pytest.raises(BadSignature, match="sudah kedaluwarsa"):
        signature_check.check(signed_letters.sound["as it was signed"], expected(signed_letters.authority), later)


def test_a_refusal_names_nobody_and_no_library_prints(
    signed_letters: SignedLetters, capfd: pytest.CaptureFixture[str]
) -> None:
    for content in signed_letters.forged.values():
        signature_traces.traces(content)
        with pytest.raises(BadSignature) as refused:
            signature_check.check(content, expected(signed_letters.authority), NOW)
        assert not {word for word in ("Rekaan", "Pejabat", NIP) if word in str(refused.value)}
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("content", [scan(), b"%PDF-1.7\n%%EOF\n", b"", b"%PDF-1.7\n/Root 1 0 R xref %%EOF"])
def test_a_scan_and_a_pdf_that_cannot_be_read_bear_no_signature(content: bytes) -> None:
    assert signature_traces.traces(content) == "tanpa"


def test_fields_that_are_tied_in_a_ring_are_looked_at_once() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(scan()))
    ring, field = DictionaryObject(), DictionaryObject({NameObject("/FT"): NameObject("/Sig")})
    tied = writer._add_object(ring)
    ring[NameObject("/Kids")] = ArrayObject([*[tied] * 9, writer._add_object(field)])
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): ArrayObject([tied])})
    made = io.BytesIO()
    writer.write(made)
    assert signature_traces.traces(made.getvalue()) == "sisa"
