"""An electronic signature that is not good keeps its letter back; what went out says how it was signed."""

import html
import sys
from datetime import datetime
from pathlib import Path

import pytest

from processor.cli.case_output import case_data, case_text
from processor.desk import officer_pages
from processor.desk.visit import Visit
from processor.foundation import settings, yaml_editor
from processor.foundation.errors import BrokenFiles
from processor.operations import daily_pass, office_check, steps
from tests.commands import payung
from tests.letters.signed_letters import NAME, SERIAL, SignedLetters, scan
from tests.operations.test_letter_delivery import TODAY, answers, approve, letter, office, take
from tests.story import NUMBER, Story

TRUSTED = "  akar: [akar.pem]\n  pencabutan: [dicabut.pem]\n"


@pytest.fixture(scope="module")
def numbered_office(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """An office in which a numbered letter waits to be signed; copied, never changed."""
    with pytest.MonkeyPatch.context() as here:
        story = office(tmp_path_factory.mktemp("kantor"), here, "wajib")
        approve(story)
        take(story, steps.record_letter_number("180/1/Huk-2026", TODAY))
        daily_pass.run_pass(story.office)
    return story


@pytest.fixture
def story(numbered_office: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.setenv("PATH", "")
    return numbered_office.copied(tmp_path)


def trusting(story: Story, signed: SignedLetters, more: str = "", trusted: str = TRUSTED) -> Story:
    """The office once its settings name the certificates that it trusts."""
    path = story.settings.path
    path.with_name("akar.pem").write_bytes(signed.authority.pem)
    path.with_name("dicabut.pem").write_bytes(signed.authority.revokes(SERIAL + 9))
    text = path.read_text("utf-8").replace("surat:\n", "surat:\n  tanda_tangan: wajib\n")
    path.write_text(f"{text}\ntte:\n{trusted}{more}", "utf-8")
    story.reopens(settings.load(path))
    return story


def signs(story: Story, content: bytes) -> Path:
    path = letter(story).with_suffix(".pdf")
    path.write_bytes(content)
    return path


def shown(story: Story) -> str:
    """What the terminal and the desk show of the case."""
    zone = story.settings.layanan.zone
    return case_text(case_data(story.office, NUMBER), zone) + officer_pages.case_page(Visit(story.office, "/"), NUMBER)


def test_no_forgery_goes_out_by_command_or_by_a_pass(story: Story, signed_letters: SignedLetters) -> None:
    trusting(story, signed_letters)
    for content in signed_letters.forged.values():
        signs(story, content)
        with pytest.raises(
            BrokenFiles, match=r"Tanda tangan elektronik pada pendapat-hukum\.pdf .*menandatangani lagi"
        ):
            take(story, steps.deliver(TODAY))
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), {("penyampaian", "tanggal"): TODAY.isoformat()})
    report = daily_pass.run_pass(story.office)
    assert "Tanda tangan elektronik pada pendapat-hukum.pdf" in " ".join(one.message for one in report.problems)
    assert (answers(story), story.status()) == ([], "disetujui")


def test_a_good_signature_under_another_letter_keeps_this_one_back(story: Story, signed_letters: SignedLetters) -> None:
    trusting(story, signed_letters)
    signs(story, signed_letters.other_words)
    with pytest.raises(
        BrokenFiles, match=r"tidak memuat nomor 180/1/Huk-2026, jadi bukan PDF dari pendapat-hukum\.docx"
    ):
        take(story, steps.deliver(TODAY))
    assert answers(story) == []


def test_of_a_good_signature_journal_and_status_say_who_when_and_by_which_certificate(
    story: Story, signed_letters: SignedLetters
) -> None:
    trusting(story, signed_letters, '  wajib: ya\n  seri: ["5E:21:AC:00:17"]\n')
    signs(story, signed_letters.sound["with the proofs for keeping"])
    assert take(story, steps.deliver(TODAY)) == "disampaikan"
    [answer] = answers(story)
    told = {key: answer.data[key] for key in ("tanda_tangan", "penandatangan", "sertifikat", "penerbit")}
    assert list(told.values()) == ["elektronik", NAME, "5e21ac0017", "Induk Sertifikat Contoh"]
    assert datetime.fromisoformat(answer.data["waktu_tanda_tangan"]).tzinfo
    assert shown(story).count(f"ditandatangani elektronik oleh {NAME} pada ") == 2
    assert shown(story).count("sertifikat 5e21ac0017 dari Induk Sertifikat Contoh") == 2


def test_a_scan_goes_out_as_before_and_is_called_so(story: Story, signed_letters: SignedLetters) -> None:
    trusting(story, signed_letters)
    signs(story, scan())
    said = payung("sampaikan", NUMBER, folder=story.settings.path.parent)
    assert said.endswith(f"  {NUMBER}: jawaban dipindai: PDF-nya tanpa tanda tangan elektronik\n")
    [answer] = answers(story)
    assert (answer.data["tanda_tangan"], "penandatangan" in answer.data) == ("dipindai", False)
    assert shown(story).count("dipindai: PDF-nya tanpa tanda tangan elektronik") == 2
    assert "ditandatangani elektronik" not in shown(story)


def test_where_only_electronic_signatures_count_no_scan_goes_out(story: Story, signed_letters: SignedLetters) -> None:
    trusting(story, signed_letters, "  wajib: ya\n")
    signs(story, scan())
    with pytest.raises(BrokenFiles, match="tidak ada, padahal tte: wajib"):
        take(story, steps.deliver(TODAY))


@pytest.mark.parametrize(("trusted", "mend"), [("  akar: []\n", "tulis berkas sertifikat"), (TRUSTED, "pasang")])
def test_where_only_electronic_signatures_count_none_goes_out_that_nobody_can_check(
    trusted: str, mend: str, story: Story, signed_letters: SignedLetters, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusting(story, signed_letters, "  wajib: ya\n", trusted)
    if mend == "pasang":
        monkeypatch.setitem(sys.modules, "pyhanko", None)
    signs(story, signed_letters.sound["as it was signed"])
    with pytest.raises(BrokenFiles, match=f"wajib, tetapi belum dapat diperiksa. Agar diperiksa, {mend}"):
        take(story, steps.deliver(TODAY))


def test_what_nobody_can_check_goes_out_and_is_told_with_what_to_do(
    story: Story, signed_letters: SignedLetters, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusting(story, signed_letters, trusted="  akar: []\n")
    signs(story, signed_letters.sound["as it was signed"])
    assert take(story, steps.deliver(TODAY)) == "disampaikan"
    assert [one.data["tanda_tangan"] for one in answers(story)] == ["belum_diperiksa"]
    unchecked = "belum diperiksa: PDF-nya memuat tanda tangan elektronik. Agar diperiksa,"
    assert shown(story).count(f"{unchecked} tulis berkas sertifikat penerbitnya pada tte: akar") == 2
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    assert html.unescape(shown(story)).count(f'{unchecked} pasang "payung[tte]"') == 2
    assert "ditandatangani elektronik" not in shown(story)


def test_without_the_extra_nothing_is_refused_and_no_more_is_claimed(
    story: Story, signed_letters: SignedLetters, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusting(story, signed_letters)
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    assert any("belum dapat diperiksa" in one.message for one in office_check.check(story.office))
    signs(story, signed_letters.sound["as it was signed"])
    assert take(story, steps.deliver(TODAY)) == "disampaikan"
    assert [one.data["tanda_tangan"] for one in answers(story)] == ["belum_diperiksa"]


def test_certificates_that_cannot_be_read_are_told_and_keep_signed_letters_back(
    story: Story, signed_letters: SignedLetters
) -> None:
    trusting(story, signed_letters, trusted="  akar: [hilang.pem]\n")
    signs(story, signed_letters.sound["as it was signed"])
    with pytest.raises(BrokenFiles, match=r"Berkas hilang\.pem untuk tte: akar tidak terbaca"):
        take(story, steps.deliver(TODAY))
    assert any("Berkas hilang.pem untuk tte: akar" in one.message for one in office_check.check(story.office))
    story.settings.path.with_name("hilang.pem").write_bytes(b"bukan sertifikat")
    with pytest.raises(BrokenFiles, match=r"hilang\.pem untuk tte: akar bukan yang diharapkan\. Unduh lagi"):
        take(story, steps.deliver(TODAY))
