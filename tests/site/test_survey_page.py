"""The survey's own page and the ballot on the tracking page, in a real browser under the strictest headers."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from processor.foundation import blind_signatures
from processor.foundation.blind_signatures import SigningKey
from processor.operations import sealed_answers
from processor.operations.sealed_answers import OpenedByCode
from processor.site import applicant_code, package_content, sealed_files, sealed_replies, sealed_statuses
from processor.site.applicant_code import Keys
from processor.site.sealed_statuses import StatusDivision
from processor.site.survey_packages import SentBallotRequest, SentVote
from tests import applicant_site, voter
from tests.applicant_site import NOTHING, Served, faults, traces
from tests.office import ROOT
from tests.site.test_lacak import ANSWERED, HOST, SHOWN
from tests.voter import Voter

NUMBER: Final = ANSWERED["nomor"]


@dataclass(frozen=True)
class Answered:
    """Somebody who was answered, and the office's ``key`` that signs their ballot."""

    keys: Keys
    key: SigningKey

    @property
    def voter(self) -> Voter:
        return Voter(self.keys.identity, NUMBER, self.key.modulus)

    @property
    def signed(self) -> bytes:
        return blind_signatures.sign(self.key, self.voter.blinded)


@pytest.fixture(scope="module")
def one() -> Answered:
    return Answered(applicant_code.derive_keys(SHOWN, HOST), blind_signatures.new_key(2048))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    settings = applicant_site.published(tmp_path_factory.mktemp("situs"), tmp_path_factory)
    with applicant_site.serving(settings) as served:
        yield served


def publish(site: Served, one: Answered, signature: str) -> None:
    """The status of an answered request with its ballot, and the key."""
    status = {**ANSWERED, "berkas": "", "survei": {"tanda": signature}}
    opened = [OpenedByCode(one.keys.locator, one.keys.recipient, status, "5" * 32)]
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    files = {
        **sealed_statuses.seal_all(sealed_answers.statuses(opened), StatusDivision(1, 50)),
        **sealed_replies.seal_all(sealed_answers.replies(opened), site.keys.recipients, (1, 0, 0, 0)),
        sealed_files.PUBLICATION: sealed_files.publication(moment, 1),
        sealed_files.SURVEY_KEY: f"{one.key.modulus:x}\n".encode(),
    }
    sealed_files.write(site.settings.site, files, moment)


def sight(one: Answered) -> str:
    """The fingerprint of the key."""
    return hashlib.sha256(f"{one.key.modulus:x}".encode()).hexdigest()[:16]


def tracked(context: BrowserContext, site: Served) -> Page:
    tab = context.new_page()
    tab.goto(f"{site.address}lacak/#{SHOWN.shown}")
    expect(tab.locator("#status h2 >> nth=0")).to_be_focused()
    return tab


def received(site: Served) -> Any:
    [path] = site.sent
    return package_content.parsed(applicant_code.unpad(site.keys.open(path.read_bytes())))


def answer(tab: Page) -> None:
    for number in range(1, 10):
        tab.check(f"[name=U{number}][value='{1 + number % 4}']")


@pytest.mark.slow
def test_the_tracking_page_asks_for_a_ballot_that_tells_nothing(
    context: BrowserContext, site: Served, one: Answered
) -> None:
    publish(site, one, "")
    tab = tracked(context, site)
    assert faults(tab) == []
    tab.click("text=Minta kartu survei")
    expect(tab.locator(".survei-kasus [role=status]")).to_contain_text("Terkirim")
    sent = received(site)
    assert isinstance(sent, SentBallotRequest)
    assert (sent.untuk, sent.nomor, bytes.fromhex(sent.buta)) == (one.keys.proof, NUMBER, one.voter.blinded)
    assert sent.sidik == sight(one)
    assert traces(tab) == NOTHING


@pytest.mark.slow
def test_a_signed_ballot_is_unblinded_and_votes(context: BrowserContext, site: Served, one: Answered) -> None:
    publish(site, one, one.signed.hex())
    ballot = f"{one.voter.token.hex()}.{one.voter.unblinded(one.signed).hex()}"
    tab = tracked(context, site)
    tab.click("text=Buka kartu survei")
    expect(tab.locator("text=Salin kartu survei")).to_be_focused()
    assert faults(tab) == []
    with tab.expect_download() as download:
        tab.click("text=Simpan sebagai berkas")
    assert download.value.path().read_text("utf-8") == ballot
    tab.click("text=Isi survei sekarang")
    expect(tab.locator("#surat")).to_have_value(ballot)
    assert "#" not in tab.url
    expect(tab.locator("#sidik-kunci")).to_have_text(sight(one))
    answer(tab)
    tab.fill("#saran", "Lebih cepat.")
    tab.click("#kirim:enabled")
    expect(tab.locator("#selesai h2")).to_be_focused()
    sent = received(site)
    assert isinstance(sent, SentVote)
    assert blind_signatures.is_signed(one.key.modulus, bytes.fromhex(sent.token), bytes.fromhex(sent.tanda))
    assert (sent.token, sent.marks, sent.saran) == (one.voter.token.hex(), (2, 3, 4, 1, 2, 3, 4, 1, 2), "Lebih cepat.")
    assert traces(tab) == NOTHING


@pytest.mark.slow
def test_a_wrong_signature_gives_no_ballot_and_says_so(context: BrowserContext, site: Served, one: Answered) -> None:
    publish(site, one, one.signed[::-1].hex())
    tab = tracked(context, site)
    tab.click("text=Buka kartu survei")
    expect(tab.locator(".survei-kasus [role=status]")).to_contain_text("bukan untuk kode Anda")
    assert tab.locator("text=Isi survei sekarang").count() == 0


@pytest.mark.slow
def test_the_form_says_what_is_missing_works_by_keyboard_and_fits_a_phone(
    context: BrowserContext, site: Served
) -> None:
    tab = context.new_page()
    tab.goto(f"{site.address}survei/")
    tab.click("#kirim:enabled")
    expect(tab.locator("#galat-ringkas")).to_be_focused()
    assert tab.locator("#galat-ringkas li").count() == 10
    assert faults(tab) == []
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.locator("#surat")).to_be_focused()
    tab.keyboard.insert_text("bukan kartu survei")
    for number in range(1, 10):
        tab.locator(f"[name=U{number}]").first.focus()
        tab.keyboard.press("Space")
    tab.click("#kirim")
    assert tab.locator("#galat-ringkas li").all_inner_texts() == [
        "Kartu survei: tempelkan utuh, seperti disalin dari halaman Lacak."
    ]
    assert site.sent == []


@pytest.mark.slow
def test_the_browser_encodes_as_the_rfc_says(context: BrowserContext, site: Served) -> None:
    vector = json.loads((ROOT / "tests" / "data" / "rfc9474.json").read_text("utf-8"))
    tab = context.new_page()
    tab.goto(f"{site.address}survei/")
    said = tab.evaluate(
        "async ([n, pesan]) => {"
        " const { sandi } = await import('../assets/suara.js');"
        " const bita = Uint8Array.from(pesan.match(/../g), (dua) => parseInt(dua, 16));"
        " return (await sandi(BigInt('0x' + n), bita)).toString(16); }",
        [vector["n"], vector["msg"]],
    )
    assert int(said, 16) == voter.encoded(int(vector["n"], 16), bytes.fromhex(vector["msg"]))
    assert int(said, 16) == pow(int(vector["sig"], 16), 65537, int(vector["n"], 16))
