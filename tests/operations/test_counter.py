"""The counter: a dialogue that loses nothing, files once, and leaves nothing readable on the disk."""

import os
import pty
import re
import select
import signal
import sys
import time
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from processor.cases import case_file, office_keys
from processor.cases.case_file import CaseFile
from processor.cases.case_parts import Urgency
from processor.cases.dossier import open_dossier
from processor.cases.register import Register
from processor.foundation.errors import PayungError
from processor.operations import counter, referrals
from processor.operations.counter_drafts import FOLDER, Drafts
from processor.operations.office import Office, open_office
from tests.commands import payung
from tests.effort import LONG, STRIDE
from tests.office import FORM, ROOT, agency, sources

NOW = datetime(2026, 7, 2, 2, 15, 7, 123456, tzinfo=UTC)  # 09.15 WIB
NUMBER = "BH-2026-0001"
NAME, NIP, EMAIL, PHONE = "Wulan Andaiannya, S.H.", "19910402 201503 2 911", "wulan@example.org", "0812 0000 0099"
FACTS = ["Penyedia terlambat 12 hari.", "", "Ia meminta denda dihapus."]
ANSWERS = [
    *[NAME, NIP, "Pejabat Pembuat Komitmen", "Dinas Contoh Tujuh", "Jalan Tanjung Andaian Nomor 17", EMAIL, PHONE],
    *["1", "2", "9 Juli 2026", *FACTS, ".", "Apakah denda wajib dikenakan?", ".", "ya", "Saya ambil di loket"],
]
"""What an officer types: fourteen questions, two of them long."""
SECRETS = ("Andaiannya", "2015032911", "201503 2 911", "wulan@", "0000 0099", "Tanjung Andaian")


class Left(Exception):
    """The power was cut."""


WAYS_OUT = (EOFError, KeyboardInterrupt, Left)


class Clerk:
    """An officer with prepared replies: ``ask`` and ``say`` of the dialogue. With no reply left they walk away."""

    def __init__(self, *replies: str, watch: Path | None = None, leave: type[BaseException] = EOFError) -> None:
        self.replies, self.watch, self.leave = list(replies), watch, leave
        self.heard: list[str] = []

    def ask(self, prompt: str) -> str:
        self.heard.append(prompt)
        if self.watch:
            assert readable_secrets(self.watch) == []
        if not self.replies:
            raise self.leave
        return self.replies.pop(0)

    def say(self, text: str) -> None:
        self.heard.append(text)

    @property
    def text(self) -> str:
        return "\n".join(self.heard)


def readable_secrets(folder: Path) -> list[str]:
    """Where an identity can be read under ``folder``, also inside letters."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as letter:
                    content += b"".join(letter.read(name) for name in letter.namelist())
            found += [f"{path}: {secret}" for secret in SECRETS if secret.encode() in content]
    return found


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A prepared office on a computer without LibreOffice."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return prepared(tmp_path)


def prepared(folder: Path, root: Path = ROOT) -> Office:
    folder.mkdir(exist_ok=True)
    found = agency(folder, root)
    office_keys.create_key_files(found.office_key, found.recipients)
    Register(found.register, office_keys.load(found.office_key, found.recipients), found.taksonomi).prepare()
    return open_office(found, lambda: NOW)


def take(office: Office, *replies: str, paper: date | None = None) -> tuple[str, Clerk]:
    """A whole dialogue; the number, and the clerk who has heard everything."""
    clerk = Clerk(*replies)
    number = counter.receive(office, "pengelola", clerk.ask, clerk.say, paper)
    assert clerk.replies == []
    return number, clerk


def walk_away(office: Office, *replies: str, leave: type[BaseException] = EOFError) -> Clerk:
    """A dialogue that ends after ``replies``."""
    clerk = Clerk(*replies, watch=office.register.folder.parent, leave=leave)
    with pytest.raises(leave):
        counter.receive(office, "pengelola", clerk.ask, clerk.say)
    return clerk


def case(office: Office, number: str = NUMBER) -> CaseFile:
    found = office.register.read(number)
    assert found.problems == ()
    assert found.case is not None
    return found.case


def said(answers: Sequence[str], at: int, *instead: str) -> list[str]:
    """``answers`` with others in the place of one."""
    before, after = answers[:at], answers[at:][1:]
    return [*before, *instead, *after]


def events(office: Office, number: str = NUMBER) -> list[tuple[str, str]]:
    return [(event.kind, event.actor) for event in office.register.read(number).events]


def drafts(office: Office) -> list[Path]:
    return list((office.register.folder / FOLDER).iterdir())


def test_a_walk_in_request_is_filed_like_any_other_and_has_its_receipt(office: Office) -> None:
    number, clerk = take(office, *ANSWERS, "")
    filed = case(office)
    assert (number, filed.sumber, filed.bentuk, filed.balasan.cara) == (NUMBER, "loket", "pendapat_hukum", "loket")
    assert (filed.uraian, filed.temuan) == ("\n".join(FACTS), ())
    assert filed.persetujuan.sidik == FORM.ketentuan.digest
    assert filed.diajukan == filed.diterima == NOW.replace(microsecond=0)
    applicant = open_dossier(office.register, number).applicant
    assert (applicant.nama, applicant.nip, applicant.email, applicant.telepon) == (NAME, NIP, EMAIL, PHONE)
    receipt = office.register.path(number) / "keluar" / "tanda-terima.docx"
    assert receipt.is_file()
    assert clerk.heard[-2:] == [
        f"\n{NUMBER} didaftarkan.",
        f"Tanda terima: {receipt}\nCetak dan serahkan kepada pemohon.",
    ]
    assert events(office) == [("didaftar", "payung"), ("diterima_petugas", "pengelola"), ("surat", "payung")]
    assert drafts(office) == []


def test_the_questions_are_those_of_the_paper_form_with_the_terms(office: Office) -> None:
    _, clerk = take(office, *ANSWERS, "")
    for words in ("Kode lacak", "Kunci balasan", "Dokumen pendukung", "dengan kode saya"):
        assert words not in clerk.text
    for term in FORM.ketentuan.butir:
        assert term in clerk.text
    assert "   3 = Rujukan mekanisme penyelesaian" in clerk.text
    assert "14. Cara menerima jawaban (opsional)\n   1 = Dikirim ke email saya" in clerk.text


def test_a_finding_is_said_at_once_and_may_be_mended(office: Office) -> None:
    _, clerk = take(office, *said(ANSWERS, 1, "1991040220150329", NIP), "")
    assert "   ! 16 digit, seharusnya 18." in clerk.text
    assert case(office).temuan == ()


def test_a_nip_of_17_digits_is_kept_for_the_verifier_on_the_officers_word(office: Office) -> None:
    _, clerk = take(office, *said(ANSWERS, 1, "19910402201503291", ""), "")
    (finding,) = case(office).temuan
    assert finding == "NIP: 17 digit, seharusnya 18. Cocokkan dengan data kepegawaian; jangan ditebak."
    assert clerk.text.count("17 digit, seharusnya 18") == 2, "at once, and in the summary"
    assert open_dossier(office.register, NUMBER).applicant.nip == "19910402201503291"


@pytest.mark.parametrize(
    ("replies", "finding"),
    [(["tidak", ""], "Jawaban bukan persetujuan yang dikenal."), (["", ""], "Belum diisi.")],
)
def test_without_the_terms_a_request_is_filed_with_its_finding(
    office: Office, replies: list[str], finding: str
) -> None:
    take(office, *said(ANSWERS, -2, *replies), "")
    assert case(office).temuan == (f"Persetujuan syarat dan ketentuan: {finding} Minta persetujuan sebelum diproses.",)
    assert case(office).persetujuan.versi == ""


@pytest.mark.parametrize(("typed", "chosen"), [("2", "penjelasan_peraturan"), ("PENDAPAT hukum", "pendapat_hukum")])
def test_an_option_is_chosen_by_number_or_by_word(office: Office, typed: str, chosen: str) -> None:
    take(office, *said(ANSWERS, 7, typed), "")
    assert case(office).bentuk == chosen


def test_a_near_date_is_read_as_it_is_said(office: Office) -> None:
    take(office, *ANSWERS, "")
    assert case(office).mendesak == Urgency(perihal="sidang", tanggal=date(2026, 7, 9))


@pytest.mark.parametrize(("count", "typed"), [(3, "2"), (3, "u1"), (3, "Unit 1"), (30, "U1"), (30, "unit 1")])
def test_a_unit_is_chosen_from_a_short_list_or_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, typed: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    prepared(tmp_path)
    found = agency(tmp_path, unit=[{"kode": f"U{n}", "nama": f"Unit {n}"} for n in range(count)])
    office = open_office(found, lambda: NOW)
    _, clerk = take(office, *ANSWERS[:4], typed, *ANSWERS[4:], "")
    assert open_dossier(office.register, NUMBER).applicant.unit == "U1"
    assert ("   2 = Unit 1" in clerk.text) == (count == 3)
    assert "U1" not in office.register.read(NUMBER).document.text


def test_what_is_optional_may_stay_empty(office: Office) -> None:
    take(office, *said(ANSWERS, -1, ""), "")
    assert (case(office).temuan, case(office).balasan.cara, case(office).balasan.jalan) == ((), None, "loket")


def test_before_filing_any_answer_can_be_changed(office: Office) -> None:
    _, clerk = take(office, *ANSWERS, "99", "3", "Bendahara", "11", "Lain.", ".", "8", "", "y")
    applicant = open_dossier(office.register, NUMBER).applicant
    assert (applicant.jabatan, case(office).uraian, case(office).bentuk) == ("Bendahara", "Lain.", "pendapat_hukum")
    assert "Ketik Y bila benar, atau nomor 1 sampai 14." in clerk.text
    assert " 3. Jabatan: Bendahara" in clerk.text
    assert " 8. Bentuk layanan: Pendapat hukum" in clerk.text


def test_a_long_answer_is_shown_in_short_and_filed_whole(office: Office) -> None:
    long = "kata " * 4000 + "akhir"
    _, clerk = take(office, *ANSWERS[:10], long, ".", *ANSWERS[14:], "")
    assert case(office).uraian == long
    assert "… (20005 huruf)" in clerk.text
    assert max(map(len, clerk.heard)) < 2000


@pytest.mark.parametrize(
    ("after", "leave"),
    [(after, WAYS_OUT[(after + more) % 3]) for after in range(1, len(ANSWERS) + 1) for more in range(3 if LONG else 1)],
)
def test_whatever_ends_the_dialogue_after_any_answer_the_next_one_goes_on(
    office: Office, after: int, leave: type[BaseException]
) -> None:
    clerk = walk_away(office, *ANSWERS[:after], leave=leave)
    assert ("payung terima" in clerk.text) == (leave is not Left)
    assert office.register.numbers() == []
    number, clerk = take(office, "y", *ANSWERS[after:], "")
    assert "(pengelola, 2 Juli 2026 pukul 09.15 WIB, " in clerk.heard[0]
    assert case(office, number).uraian == "\n".join(FACTS)
    assert case(office, number).temuan == ()
    assert open_dossier(office.register, number).applicant.nama == NAME
    assert drafts(office) == []


def test_a_half_that_holds_no_words_is_asked_anew(office: Office) -> None:
    clerk = walk_away(office, *ANSWERS[:10], "", " ")
    assert "Sudah tertulis" not in walk_away(office, "y").text
    assert (
        "Sudah tertulis; teruskan di bawahnya:\nFakta."
        in walk_away(office, "y", "Fakta.").text + walk_away(office, "y").text
    )
    assert clerk.replies == []


def test_nobody_reads_whose_draft_it_is_before_going_on(office: Office) -> None:
    walk_away(office, *ANSWERS)
    clerk = walk_away(office)
    assert not [secret for secret in SECRETS if secret in clerk.text]


def test_a_draft_can_wait_while_another_is_served_and_can_be_thrown_away(office: Office) -> None:
    walk_away(office, *ANSWERS[:11])
    take(office, "t", *said(ANSWERS, 0, "Orang Lain"), "")
    assert open_dossier(office.register, NUMBER).applicant.nama == "Orang Lain"
    walk_away(office, "apa?", "hapus")
    assert drafts(office) == []


def test_a_draft_that_lies_at_another_counter_is_not_offered(office: Office) -> None:
    walk_away(office, *ANSWERS[:3])
    settings = office.settings
    other = Drafts(office.register.folder / FOLDER, office_keys.load(settings.office_key, settings.recipients))
    (key,) = other.left()
    with other.held(key) as ours:
        assert ours
        _, clerk = take(office, *ANSWERS, "")
    assert "Lanjutkan" not in clerk.text
    assert other.left() == [key]


def test_a_damaged_draft_stops_nobody(office: Office) -> None:
    walk_away(office, *ANSWERS[:3])
    (path,) = (office.register.folder / FOLDER).glob("*.age")
    path.write_bytes(b"rusak")
    _, clerk = take(office, *ANSWERS, "")
    assert f"Isian {path} tidak terbuka." in clerk.heard[0]
    assert path.read_bytes() == b"rusak"


def dies_at_flush(office: Office, count: int, *replies: str) -> bool:
    """Whether a process that goes on with the draft died at its flush number ``count``."""
    child = os.fork()
    if child == 0:
        flush, left = os.fsync, iter(range(count - 1))

        def fsync(fd: Any) -> None:
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            flush(fd)

        os.fsync = fsync
        with suppress(BaseException):
            counter.receive(office, "pengelola", Clerk(*replies).ask, lambda _: None)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def begun(office: Office) -> list[Path]:
    """The drafts that wait; a lock that a killed process left holds nobody up."""
    return [path for path in drafts(office) if path.suffix == ".age"]


def test_killed_at_any_flush_a_request_is_filed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    count = 1
    while True:
        office = prepared(tmp_path / f"{count}")
        walk_away(office, *ANSWERS)
        died = dies_at_flush(office, count, "y", "y")
        if died and begun(office):  # else the number was told already, and the draft put away
            clerk = Clerk("y", "y")
            counter.receive(office, "pengelola", clerk.ask, clerk.say)
        assert office.register.numbers() == [NUMBER]
        assert [kind for kind, _ in events(office)] == ["didaftar", "diterima_petugas", "surat"]
        assert (case(office).temuan, begun(office)) == ((), [])
        assert readable_secrets(tmp_path) == []
        if not died:
            break
        count += STRIDE
    assert count > 12


def test_the_number_is_told_again_when_filing_was_the_last_thing_that_happened(office: Office) -> None:
    walk_away(office, *ANSWERS)
    clerk = Clerk("y", "y")

    def cut(text: str) -> None:
        clerk.say(text)
        if "didaftarkan" in text:
            raise Left

    with pytest.raises(Left):
        counter.receive(office, "pengelola", clerk.ask, cut)
    later = replace(office, clock=lambda: NOW + timedelta(days=1))
    number, clerk = take(later, "y")
    assert (number, office.register.numbers()) == (NUMBER, [NUMBER])
    assert clerk.heard[1] == f"\n{NUMBER} sudah terdaftar."
    assert [kind for kind, _ in events(office)].count("diterima_petugas") == 1


def test_a_request_that_may_be_there_already_is_told_to_the_officer(office: Office) -> None:
    take(office, *ANSWERS, "")
    number, clerk = take(office, *ANSWERS, "")
    assert number == "BH-2026-0002"
    assert case_file.duplicate_finding(NUMBER) in clerk.heard
    assert case(office, number).temuan == (case_file.duplicate_finding(NUMBER),)


def test_paper_counts_from_the_morning_of_its_day(office: Office) -> None:
    take(office, *ANSWERS, "", paper=date(2026, 6, 30))
    filed = case(office)
    assert filed.diajukan is not None
    assert (filed.sumber, filed.diajukan.isoformat()) == ("kertas", "2026-06-30T08:00:00+07:00")
    assert filed.diterima == NOW.replace(microsecond=0)


def test_paper_of_today_is_not_received_before_it_is_typed(office: Office) -> None:
    early = replace(office, clock=lambda: NOW - timedelta(hours=2))
    take(early, *ANSWERS, "", paper=date(2026, 7, 2))
    assert case(office).diajukan == NOW.replace(microsecond=0) - timedelta(hours=2)


def test_a_paper_that_was_broken_off_keeps_its_day(office: Office) -> None:
    clerk = Clerk(*ANSWERS)
    with pytest.raises(EOFError):
        counter.receive(office, "pengelola", clerk.ask, clerk.say, date(2026, 6, 30))
    _, clerk = take(office, "y", "y")
    assert "(kertas 30 Juni 2026, pengelola, " in clerk.heard[0]
    assert case(office).sumber == "kertas"


def test_paper_from_tomorrow_is_refused_before_anything_is_asked(office: Office) -> None:
    clerk = Clerk()
    with pytest.raises(PayungError, match="3 Juli 2026 belum tiba"):
        counter.receive(office, "pengelola", clerk.ask, clerk.say, date(2026, 7, 3))
    assert clerk.heard == []


def test_hostile_words_are_words(office: Office, tmp_path: Path) -> None:
    name = "{{ 7 * 7 }} {% for %} <script>alert(1)</script> ../../x \x1b[2J\x00\u202e"
    facts = ["--- # uraian: {{ pemohon.nip }}", "\x1b]0;judul\x07 <b> &amp; 'a' | $(id)", "- kunci: nilai"]
    outside = set(tmp_path.iterdir())
    _, clerk = take(office, name, *ANSWERS[1:10], *facts, ".", *ANSWERS[14:], "")
    assert open_dossier(office.register, NUMBER).applicant.nama == name
    assert case(office).uraian.split("\n")[0] == facts[0]
    assert case(office).temuan == ()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", clerk.text)
    assert set(tmp_path.iterdir()) == outside | {tmp_path / "masuk"}, "where what was filed is kept, sealed"
    assert not [path for path in tmp_path.rglob("*") if re.search(r"script|7 \* 7|\x1b", path.name)]


def test_a_request_is_filed_even_when_its_receipt_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "sumber").mkdir()
    office = prepared(tmp_path, sources(tmp_path / "sumber"))
    (office.settings.opinions / "tanda-terima.docx").write_bytes(b"rusak")
    _, clerk = take(office, *ANSWERS, "")
    assert "payung periksa" in clerk.heard[-1]
    assert case(office).temuan == ()


@pytest.mark.slow
def test_the_receipt_is_a_pdf_where_libreoffice_can_make_it(tmp_path: Path, soffice: str) -> None:
    office = prepared(tmp_path)
    _, clerk = take(office, *ANSWERS, "")
    path = office.register.path(NUMBER) / "keluar" / "tanda-terima.pdf"
    assert path.read_bytes().startswith(b"%PDF-")
    assert clerk.heard[-1] == f"Tanda terima: {path}\nCetak dan serahkan kepada pemohon."


@pytest.mark.parametrize(("word", "key"), [("", "pengelola"), ("Analis Contoh", "analis"), ("KABAG", "kabag")])
def test_the_officer_is_the_only_one_of_the_intake_or_the_one_named(office: Office, word: str, key: str) -> None:
    assert counter.officer(office.settings, word) == key


def test_a_stranger_receives_nothing(office: Office) -> None:
    with pytest.raises(PayungError, match=r"--oleh.*\(.*pengelola.*\)"):
        counter.officer(office.settings, "Orang Lewat")


def test_with_two_at_the_intake_somebody_must_be_named(office: Office) -> None:
    two = {"satu": office.settings.petugas["pengelola"], "dua": office.settings.petugas["pengelola"]}
    with pytest.raises(PayungError, match="--oleh"):
        counter.officer(office.settings.model_copy(update={"petugas": two}), "")


def test_a_referral_is_recorded_where_the_officer_says_or_where_it_usually_goes(office: Office) -> None:
    for place, replies in (("Posbakum", []), ("", [""]), ("", ["LBH Contoh"])):
        clerk = Clerk(*replies)
        counter.refer(office, "pengelola", "litigasi", place, clerk.ask, clerk.say)
    found = [event.data["ke"] for event in referrals.read(office.register)[0]]
    assert found == ["Posbakum", referrals.PLACES["litigasi"], "LBH Contoh"]
    assert clerk.heard[-2:] == ["Dicatat tanpa identitas. Rujukan tahun 2026: 3", "  litigasi: 3"]
    assert office.register.numbers() == []


def test_a_referral_without_a_place_is_not_recorded(office: Office) -> None:
    clerk = Clerk("")
    with pytest.raises(PayungError, match="Belum ada yang dicatat"):
        counter.refer(office, "pengelola", "lainnya", "", clerk.ask, clerk.say)
    assert referrals.read(office.register) == ((), ())


class Terminal:
    """``payung`` in a real terminal; one that hangs is killed after four minutes."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.screen = ""
        self._until = time.monotonic() + 240
        self._process, self._end = pty.fork()
        if self._process == 0:
            os.chdir(folder)
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # what a shell starts in the background ignores it
            place = {"PYTHONPATH": str(ROOT), "PATH": str(folder), "TERM": "xterm", "LANG": "C.UTF-8"}
            os.execve(sys.executable, [sys.executable, "-m", "processor", *words], place)

    def sees(self, words: str) -> None:
        """Wait until the screen ends with ``words``."""
        while not self.screen.endswith(words):
            assert self._look(0.1), self.screen

    def types(self, text: str) -> None:
        """Type, or paste, as fast as the terminal takes it."""
        for start in range(0, len(text), 500):
            os.write(self._end, text[start : start + 500].encode())
            self._look(0)

    def interrupts(self) -> None:
        """Press Ctrl+C, and again where nothing follows: Python's ``input`` notices one that comes before it waits only
        with the next key."""
        before, there = self.screen, True
        while there and self.screen.replace("^C", "") == before:
            self.types("\x03")
            patience = time.monotonic() + 5
            while there and self.screen.replace("^C", "") == before and time.monotonic() < patience:
                there = self._look(0.1)

    def ends(self) -> int:
        """The exit code, once everything has been read."""
        while self._look(0.1):
            pass
        os.close(self._end)
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])

    def _look(self, wait: float) -> bool:
        """Read what has come within ``wait`` seconds; whether there can be more."""
        if select.select([self._end], [], [], wait)[0]:
            try:
                new = os.read(self._end, 65536).decode("utf-8", "replace")
            except OSError:  # how Linux says that nobody is left at the other end
                return False
            self.screen += re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]|\r", "", new)
        if time.monotonic() > self._until:
            os.kill(self._process, signal.SIGKILL)
        return True


def test_the_command_takes_a_request_in_a_terminal_and_survives_ctrl_c(tmp_path: Path) -> None:
    office = prepared(tmp_path)
    terminal = Terminal(tmp_path, "terima", "--kertas", "2026-06-30")
    for answer in ANSWERS[:10]:
        terminal.sees("> ")
        terminal.types(f"{answer}\r")
    terminal.sees("| ")
    terminal.interrupts()
    assert terminal.ends() == 130
    assert "Belum didaftarkan" in terminal.screen
    assert "Traceback" not in terminal.screen
    assert readable_secrets(tmp_path) == []
    pasted = [letter * 6000 for letter in "abc"]
    terminal = Terminal(tmp_path, "terima")
    terminal.sees("10 dari 14 terjawab) [Y/t/hapus] ")
    terminal.types("\r")
    terminal.sees("| ")
    terminal.types("\x1b[200~" + "\r".join(pasted) + "\x1b[201~\r")
    for answer in ANSWERS[13:]:
        terminal.types(f"{answer}\r")
    terminal.sees("[Y, atau nomor yang diubah] ")
    terminal.types("\r")
    assert terminal.ends() == 0, terminal.screen
    assert f"{NUMBER} didaftarkan." in terminal.screen
    assert (case(office).uraian, case(office).sumber) == ("\n".join(pasted), "kertas")
    assert readable_secrets(tmp_path) == []


def test_the_command_takes_what_a_pipe_gives_even_bytes_that_are_no_text(tmp_path: Path) -> None:
    office = prepared(tmp_path)
    typed = "\n".join(("X", *ANSWERS[1:], "")).encode().replace(b"X", b"Wulan \xff Andaiannya", 1)
    said = payung("terima", "--oleh", "analis", folder=tmp_path, code=130, typed=typed)
    assert "tersimpan tersegel" in said
    payung("terima", folder=tmp_path, typed=b"y\ny\n")
    assert open_dossier(office.register, NUMBER).applicant.nama == "Wulan \ufffd Andaiannya"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--kertas", "2999-01-01"], 1, "belum tiba"),
        (["--kertas", "kemarin"], 2, "bukan tanggal"),
        (["--oleh", "siapa"], 1, "--oleh"),
        (["--rujuk", "tidak_lengkap"], 2, "tidak dikenal"),
        (["--rujuk", "litigasi", "--ke", "Advokat, 0812 0000 0099"], 1, "Belum ada yang dicatat"),
        (["--rujuk", "litigasi", "--ke", "Posbakum"], 0, "litigasi: 1"),
        (["--rujuk", "litigasi"], 130, "surat kepada kepala kantor kami"),
    ],
)
def test_the_command_says_what_it_did_or_what_to_do(tmp_path: Path, words: list[str], code: int, said: str) -> None:
    office = prepared(tmp_path)
    assert said in payung("terima", *words, folder=tmp_path, code=code)
    assert len(referrals.read(office.register)[0]) == (code == 0)


def test_the_command_notes_by_which_channel_a_request_came(tmp_path: Path) -> None:
    office = prepared(tmp_path)
    payung(
        "terima",
        "--oleh",
        "pengelola",
        "--kanal",
        "telepon",
        folder=tmp_path,
        typed="\n".join((*ANSWERS, "", "")).encode(),
    )
    assert (case(office).sumber, case(office).kanal) == ("loket", "telepon")
    told = [(event.kind, event.data.get("bagian")) for event in office.register.read(NUMBER).events]
    assert ("disunting", ["kanal"]) in told
