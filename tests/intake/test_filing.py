"""What a plan becomes in the register: every stored value where readers of it look, and nothing of it in the clear."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml

from processor.cases import evidence
from processor.cases.applicant_messages import MessageKind
from processor.cases.case_file import duplicate_finding
from processor.cases.case_parts import Urgency
from processor.cases.dossier import open_dossier, serialise
from processor.cases.records import IDENTITY, Applicant, Attachment, Event, Response, ShownTerms
from processor.cases.register import Register
from processor.foundation.errors import Problem
from processor.intake import filing
from tests.office import FORM, START, edited, file, register, response

NUMBER = "BH-2026-0001"
WITA = timezone(timedelta(hours=8))
LATER = START + timedelta(minutes=9)


@pytest.fixture
def made(tmp_path: Path) -> Register:
    return register(tmp_path)


def written(made: Register, name: str = "permohonan.yaml") -> dict[str, Any]:
    data: dict[str, Any] = yaml.load((made.path(NUMBER) / name).read_text("utf-8"), Loader=yaml.BaseLoader)
    return data


def test_the_head_of_a_case_file_tells_where_and_when_it_came(made: Register) -> None:
    one = response(1, source="google", key="abc", dokumen="https://example.org/a\n \nhttps://example.org/b")
    file(
        made,
        replace(one, created=START - timedelta(hours=2), attachments=(Attachment("a", b"1"), Attachment("b", b"2"))),
    )
    head = written(made)
    assert {key: head[key] for key in ("nomor_registrasi", "diajukan", "diterima", "sumber")} == {
        "nomor_registrasi": NUMBER,
        "diajukan": "2026-03-01T23:00:07Z",
        "diterima": "2026-03-02T01:00:07Z",
        "sumber": "google",
    }
    assert {key: head[key] for key in ("bentuk", "uraian", "pertanyaan", "dokumen", "lampiran")} == {
        "bentuk": "pendapat_hukum",
        "uraian": "Sebuah persoalan.",
        "pertanyaan": "Apa hukumnya?",
        "dokumen": ["https://example.org/a", "https://example.org/b"],
        "lampiran": ["lampiran/1.age", "lampiran/2.age"],
    }
    assert head["persetujuan"] == {
        "versi": FORM.ketentuan.versi,
        "sidik": FORM.ketentuan.digest,
        "waktu": "2026-03-02T01:00:07Z",
    }


def test_a_case_is_received_on_a_whole_second_of_the_offices_clock(made: Register) -> None:
    now = START.replace(microsecond=123456).astimezone(WITA)
    (outcome,) = file(register(made.folder.parent / "lain"), response(1))
    filing.file([outcome], FORM, made, now)
    head = written(made)
    assert (head["diajukan"], head["diterima"]) == ("2026-03-02T09:00:07+08:00", "2026-03-02T09:00:07+08:00")


@pytest.mark.parametrize("moment", [None, datetime.max.replace(tzinfo=UTC)])
def test_a_response_without_a_time_that_a_calendar_holds_is_filed_without_one(
    made: Register, moment: datetime | None
) -> None:
    (outcome,) = file(register(made.folder.parent / "lain"), replace(response(1), submitted=moment))
    filing.file([outcome], FORM, made, START.astimezone(WITA))
    case = made.read(NUMBER).case
    assert case is not None
    assert (case.diajukan, case.persetujuan.waktu, case.persetujuan.versi) == (None, None, FORM.ketentuan.versi)


def test_a_response_that_answers_nothing_is_filed_with_nothing(made: Register) -> None:
    (outcome,) = file(made, replace(response(1), answers={}))
    filed = made.read(NUMBER)
    assert (outcome.kind, filed.problems) == ("baru", ())
    case = filed.case
    assert case is not None
    assert (case.bentuk, case.bentuk_lain, case.uraian, case.pertanyaan, case.dokumen) == (None, "", "", "", ())
    assert (case.balasan.cara, case.balasan.kode_lacak, case.balasan.kunci_balasan) == (None, "", "")
    assert open_dossier(made, NUMBER).applicant == Applicant()


def test_without_a_question_of_consent_no_terms_are_noted(made: Register) -> None:
    (outcome,) = file(register(made.folder.parent / "lain"), response(1))
    asked = tuple(question for question in FORM.pertanyaan if question.jenis != "persetujuan")
    filing.file([outcome], FORM.model_copy(update={"pertanyaan": asked}), made, START)
    assert written(made)["persetujuan"] == {"versi": "", "waktu": ""}


def test_the_sealed_file_holds_a_response_exactly_as_it_came(made: Register) -> None:
    one = response(1, source="google", key="abc", uraian="Tab\tdan\r\nbaris")
    attachment = Attachment("Surat.pdf", b"isi")
    one = replace(one, created=LATER, others={"Hobi": "Catur\t"}, attachments=(attachment,))
    file(made, one)
    dossier = open_dossier(made, NUMBER)
    assert dossier.versions == (
        {
            "sumber": "google",
            "kunci": "abc",
            "dibuat": "2026-03-02T01:09:07+00:00",
            "waktu": "2026-03-02T01:00:07+00:00",
            "jawaban": one.answers,
            "lain": {"Hobi": "Catur\t"},
            "lampiran": ["Surat.pdf"],
        },
    )
    assert asdict(dossier.applicant) == {key: one.answers[key] for key in IDENTITY} | {"unit": ""}


def test_a_time_that_a_source_does_not_say_stays_empty(made: Register) -> None:
    file(made, replace(response(1, source="situs", key="a"), submitted=None))
    (version,) = open_dossier(made, NUMBER).versions
    assert (version["dibuat"], version["waktu"]) == ("", "")


def test_half_a_letter_that_no_file_can_hold_is_made_visible_everywhere(made: Register) -> None:
    half, shown = "a\ud83d", "a\ufffd\ufffd\ufffd"
    one = response(1, nama=half, uraian=half)
    file(made, replace(one, others={half: half}, attachments=(Attachment(half, b""),)))
    dossier = open_dossier(made, NUMBER)
    (version,) = dossier.versions
    assert (dossier.applicant.nama, version["jawaban"]["uraian"]) == (shown, shown)
    assert (version["lain"], version["lampiran"], written(made)["uraian"]) == ({shown: shown}, [shown], "a\ufffd")


def test_the_first_event_tells_the_source_and_what_can_be_compared(made: Register) -> None:
    (outcome,) = file(made, response(1, source="google", key="abc"))
    (event,) = made.read(NUMBER).events
    assert (event.kind, event.time, event.actor) == ("didaftar", START, "payung")
    filled = {"bentuk", "uraian", "pertanyaan", "persetujuan.versi", "persetujuan.sidik", "persetujuan.waktu"}
    told = {"sumber": "google", **outcome.recognition.data(), "isi": event.data["isi"]}
    assert event.data == {**told, "bukti": {}, "surel": event.data["surel"]}
    assert event.data["kunci"] == ["google:abc"]
    assert event.data["isi"].keys() == filled


def test_possible_duplicates_point_at_each_other_in_the_order_of_their_numbers(made: Register) -> None:
    file(made, *(response(1, minute=minute, source="google", key=str(minute)) for minute in range(12)))
    others = [f"BH-2026-{n:04d}" for n in range(2, 13)]
    filed = made.read(NUMBER)
    assert filed.case is not None
    assert filed.events[0].data["kembaran"] == others
    findings = tuple(finding for finding in filed.case.temuan if "Mungkin sama" in finding)
    assert findings == tuple(map(duplicate_finding, others))
    assert made.read("BH-2026-0012").events[0].data["kembaran"] == [NUMBER, *others[:-1]]


def test_what_another_source_saw_too_is_only_noted(made: Register) -> None:
    one = response(1)
    file(made, one)
    before = (made.path(NUMBER) / "permohonan.yaml").read_bytes()
    (outcome,) = file(made, replace(one, source="google", key="abc", created=one.submitted))
    *_, event = made.read(NUMBER).events
    assert (event.kind, event.time, event.actor) == ("dikenali", START, "payung")
    assert event.data == {"sumber": "google", **outcome.recognition.data()}
    assert {path.name for path in made.path(NUMBER).iterdir()} == {"permohonan.yaml", "pemohon.age", "riwayat.jsonl"}
    assert (made.path(NUMBER) / "permohonan.yaml").read_bytes() == before


def test_an_edit_is_an_event_that_names_its_file(made: Register) -> None:
    one = replace(response(1, source="google", key="a"), attachments=(Attachment("lama.pdf", b"lama"),))
    file(made, one)
    edit = edited(one, minute=9, uraian="Lebih\tjelas.", telepon="0899 1111 2222", nip="123")
    (outcome,) = file(made, replace(edit, attachments=(Attachment("baru.pdf", b"baru"),)))
    *_, event = made.read(NUMBER).events
    assert (event.kind, event.time, event.actor) == ("diubah", START, "payung")
    assert event.data == {
        "sumber": "google",
        **outcome.recognition.data(),
        "kolom": ["nip", "telepon", "uraian"],
        "berkas": "perubahan-1.yaml",
        "bukti": event.data["bukti"],
    }
    assert set(event.data["bukti"]) == {"perubahan-1.yaml", "lampiran/2.age"}
    beside = written(made, "perubahan-1.yaml")
    (finding,) = beside.pop("temuan")
    assert beside == {
        "kolom": ["nip", "telepon", "uraian"],
        "menjadi": {"uraian": "Lebih    jelas."},
        "lampiran": ["lampiran/2.age"],
    }
    assert finding.startswith("NIP: ")
    assert made.unseal((made.path(NUMBER) / "lampiran" / "2.age").read_bytes()) == b"baru"
    head = (made.path(NUMBER) / "perubahan-1.yaml").read_text("utf-8")
    assert head.startswith(f"# Pemohon mengubah permohonan {NUMBER} ")


def test_what_reads_otherwise_tells_the_time_that_it_has_now_and_who_decides_which_is_right(made: Register) -> None:
    before, now = START + timedelta(days=5), START + timedelta(hours=5)
    file(made, replace(response(1), submitted=before))
    words = {**response(1).answers, "jabatan": "Jabatan Lain", "pertanyaan": "Lain?"}
    (outcome,) = file(made, replace(response(1), answers=words, submitted=now, other_reading=before))
    assert (outcome.kind, outcome.fields) == ("berbeda", ("diajukan", "jabatan", "pertanyaan"))
    beside = written(made, "perubahan-1.yaml")
    assert beside["menjadi"] == {"diajukan": "2026-03-02T06:00:07+00:00", "pertanyaan": "Lain?"}
    _, position, question = beside["temuan"]
    assert ("payung identitas" in position, "Tanyakan kepada pemohon" in question) == (True, True)


def test_what_was_damaged_when_it_was_filed_and_comes_whole_now_counts_and_says_so(made: Register) -> None:
    whole = response(1)
    damaged = {**whole.answers, "nip": "1.98503E+17", "uraian": ""}
    file(made, replace(whole, answers=damaged))
    (outcome,) = file(made, whole)
    assert (outcome.kind, outcome.better) == ("berbeda", ("nip", "uraian"))
    assert open_dossier(made, NUMBER).applicant.nip == whole.answers["nip"]
    beside = written(made, "perubahan-1.yaml")
    assert beside["menjadi"] == {"uraian": whole.answers["uraian"]}
    assert [finding.endswith("rusak, yang ini lebih utuh.") for finding in beside["temuan"]] == [True, True]


def test_a_second_edit_has_a_file_of_its_own_and_shows_only_what_changed(made: Register) -> None:
    one = response(1, source="google", key="a")
    second = edited(edited(one, minute=9, uraian="Dua."), minute=12, pertanyaan="Tiga?")
    for each in (one, edited(one, minute=9, uraian="Dua."), second):
        file(made, each)
    assert written(made, "perubahan-1.yaml")["menjadi"] == {"uraian": "Dua."}
    assert written(made, "perubahan-2.yaml")["menjadi"] == {"pertanyaan": "Tiga?"}
    assert [event.data.get("berkas") for event in made.read(NUMBER).events] == [
        None,
        "perubahan-1.yaml",
        "perubahan-2.yaml",
    ]


def test_an_edit_changes_what_the_applicant_changed_and_leaves_what_the_office_corrected(made: Register) -> None:
    one = response(1, source="google", key="a")
    one = replace(one, answers={key: text for key, text in one.answers.items() if key != "telepon"})
    file(made, one)
    dossier = open_dossier(made, NUMBER)
    corrected = replace(dossier.applicant, nama="Nama Betul", unit_kerja="Unit Betul")
    made.replace_dossier(NUMBER, made.seal(serialise(replace(dossier, applicant=corrected))))
    (outcome,) = file(register(made.folder.parent / "lain"), one)
    edit = edited(one, minute=9, alamat="Jalan Lain 2", telepon="XX", nama="Nama Lain", uraian="Lain.")
    fields = ("alamat", "nama", "telepon", "unit_kerja", "uraian")
    filing.file([replace(outcome, kind="diubah", response=edit, fields=fields)], FORM, made, START)
    wanted = replace(corrected, alamat="Jalan Lain 2", telepon="XX", nama="Nama Lain")
    assert open_dossier(made, NUMBER).applicant == wanted


def test_an_edit_that_a_crash_left_half_taken_in_is_taken_in_once(made: Register) -> None:
    one = response(1, source="google", key="a")
    file(made, one)
    (outcome,) = file(register(made.folder.parent / "lain"), one)
    edit = replace(edited(one, minute=9, uraian="Lain."), attachments=(Attachment("baru.pdf", b"baru"),))
    for _ in range(2):  # the event is lost with the journal's last line, the sealed file is already there
        filing.file([replace(outcome, kind="diubah", response=edit, fields=("uraian",))], FORM, made, START)
        journal = made.path(NUMBER) / "riwayat.jsonl"
        journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:1]))
    assert len(open_dossier(made, NUMBER).versions) == 2
    assert [path.name for path in (made.path(NUMBER) / "lampiran").iterdir()] == ["1.age"]
    assert written(made, "perubahan-1.yaml")["lampiran"] == ["lampiran/1.age"]


def addition(key: str = "k1") -> Response:
    wrong = Problem("Berkas", None, "Berkas rusak.", "Minta lagi.")
    one = Response("situs", "paket", {"nama": "Orang Lain"}, {"Keterangan": "Tambahan\tsaya", "nip": "123"}, key=key)
    return replace(one, submitted=LATER, problems=(wrong,), attachments=(Attachment("b.pdf", b"b"),))


def test_what_completes_a_case_is_taken_in_once_beside_it(made: Register) -> None:
    file(made, replace(response(1), attachments=(Attachment("a.pdf", b"a"),)))
    applicant = open_dossier(made, NUMBER).applicant
    assert filing.complete(addition(), NUMBER, made, LATER) is True
    assert filing.complete(addition(), NUMBER, made, LATER) is False
    _, event = made.read(NUMBER).events
    assert (event.kind, event.time, event.actor) == ("dilengkapi", LATER, "payung")
    told = {"sumber": "situs", "kiriman": "k1", "kolom": ["isian lain"], "berkas": "perubahan-1.yaml"}
    assert event.data == {**told, "bukti": event.data["bukti"]}
    assert written(made, "perubahan-1.yaml") == {
        "kolom": ["isian lain"],
        "menjadi": {"Keterangan": "Tambahan    saya"},
        "lampiran": ["lampiran/2.age"],
        "temuan": ["Berkas: Berkas rusak. Minta lagi."],
    }
    head = (made.path(NUMBER) / "perubahan-1.yaml").read_text("utf-8")
    assert head.startswith(f"# Kelengkapan permohonan {NUMBER}, ")
    dossier = open_dossier(made, NUMBER)
    assert dossier.applicant == applicant, "a code can be lent"
    assert [version["kunci"] for version in dossier.versions] == ["", "k1"]


@pytest.mark.parametrize(("message", "kind"), [("tanya", "ditanyakan"), ("tarik", "ditarik"), (None, "dilengkapi")])
def test_a_message_is_an_event_of_its_kind(made: Register, message: MessageKind | None, kind: str) -> None:
    file(made, response(1))
    assert filing.complete(addition(), NUMBER, made, LATER, message)
    assert made.read(NUMBER).events[-1].kind == kind


def test_a_file_that_only_a_crash_brought_goes_when_a_scanner_stops_it_before_the_journal_tells_of_it(
    made: Register,
) -> None:
    file(made, replace(response(1), attachments=(Attachment("a.pdf", b"a"),)))
    journal = made.path(NUMBER) / "riwayat.jsonl"
    before = journal.read_bytes()
    filing.complete(addition(), NUMBER, made, LATER)
    journal.write_bytes(before)
    (made.path(NUMBER) / "lampiran" / "9.age").write_bytes(b"dari lain")
    assert filing.complete(replace(addition(), attachments=()), NUMBER, made, LATER)
    names = sorted(path.name for path in (made.path(NUMBER) / "lampiran").iterdir())
    assert names == ["1.age", "9.age"], "what is not known to be ours stays, and is told"
    assert [one.message for one in found(made)] == ["Riwayat tidak mengenal lampiran/9.age."]


def found(made: Register) -> list[Problem]:
    """What is wrong with the files beside the case."""
    filed = made.read(NUMBER)
    assert filed.case is not None
    return evidence.mistakes(filed.folder, filed.events, filed.case.lampiran, content=True)


def test_the_next_completion_has_a_file_of_its_own(made: Register) -> None:
    file(made, response(1))
    made.record(NUMBER, Event("catatan", START, "uji"))
    for key in ("k1", "k2"):
        assert filing.complete(addition(key=key), NUMBER, made, LATER)
    names = sorted(path.name for path in made.path(NUMBER).glob("*.yaml"))
    assert names == ["permohonan.yaml", "perubahan-1.yaml", "perubahan-2.yaml"]
    assert written(made, "perubahan-2.yaml")["lampiran"] == ["lampiran/2.age"]


def test_a_case_that_is_pointed_at_notes_who_does(made: Register) -> None:
    file(made, response(1))
    filing.point_back(made, [("BH-2026-0009", NUMBER)], LATER)
    *_, event = made.read(NUMBER).events
    assert (event.kind, event.time, event.actor) == ("mungkin_sama", LATER, "payung")
    assert event.data == {"kembaran": ["BH-2026-0009"]}


def test_an_answer_that_a_damaged_cell_hides_is_no_answer_left_empty(made: Register) -> None:
    given, hidden = response(1, jabatan=""), {"uraian", "telepon"}
    answers = {key: text for key, text in given.answers.items() if key not in hidden}
    file(made, replace(given, answers=answers, unread=frozenset(hidden)))
    found = " ".join(written(made)["temuan"])
    assert "Jabatan: Belum diisi" in found
    assert not any(title in found for title in ("Uraian", "Nomor telepon"))


def test_what_a_form_never_asked_is_said_so_in_the_case_and_is_nothing_left_empty(made: Register) -> None:
    given, absent = response(1), {"uraian", "bentuk", "telepon", "kode_lacak"}
    answers = {key: text for key, text in given.answers.items() if key not in absent}
    file(made, replace(given, answers=answers, not_asked=frozenset(absent)))
    head = written(made)
    assert head["tidak_ditanyakan"] == ["telepon", "bentuk", "uraian"]
    assert "temuan" not in head
    assert not made.read(NUMBER).problems


@pytest.mark.parametrize("terms", [None, ShownTerms("tidak diketahui", "ab" * 32)])
def test_nobody_is_said_to_have_accepted_terms_that_they_may_never_have_seen(
    made: Register, terms: ShownTerms | None
) -> None:
    file(made, replace(response(1), terms=terms))
    head = written(made)
    assert head["persetujuan"]["versi"] == "tidak diketahui"
    assert head["persetujuan"].get("sidik", "") == (terms.sidik if terms else "")
    (finding,) = head["temuan"]
    assert "Kirimkan ketentuan versi 2" in finding
    assert not made.read(NUMBER).problems


def test_who_did_not_agree_is_not_asked_which_terms_it_was(made: Register) -> None:
    file(made, replace(response(1, persetujuan=""), terms=None))
    (finding,) = written(made)["temuan"]
    assert "Belum diisi" in finding


def test_a_near_date_stands_in_the_case_and_the_unit_is_sealed(made: Register) -> None:
    file(made, response(1, unit="DISDIK", mendesak="sidang", tanggal_mendesak="2026-03-20"))
    text = (made.path(NUMBER) / "permohonan.yaml").read_text()
    assert "mendesak:\n  perihal: sidang\n  tanggal: 2026-03-20\n" in text
    assert open_dossier(made, NUMBER).applicant.unit == "DISDIK"
    journal = (made.path(NUMBER) / "riwayat.jsonl").read_text()
    assert "DISDIK" not in text + journal
    assert '"unit"' not in journal, "not even its fingerprint: there are so few units"


@pytest.mark.parametrize(
    ("matter", "day", "expected"),
    [
        ("", "", None),
        ("tidak", "", None),
        ("Bukan pilihan", "segera", None),
        ("sidang", "segera", Urgency(perihal="sidang")),
        ("", "1 Desember 2026", Urgency(tanggal=date(2026, 12, 1))),
    ],
)
def test_only_what_says_something_is_urgent(made: Register, matter: str, day: str, expected: Urgency | None) -> None:
    file(made, response(1, mendesak=matter, tanggal_mendesak=day))
    case = made.read(NUMBER).case
    assert case is not None
    assert case.mendesak == expected


def test_a_new_unit_comes_along_with_an_edit_and_stands_in_no_open_file(made: Register) -> None:
    one = response(1, key="abc", unit="DISDIK")
    file(made, one)
    file(made, edited(one, minute=9, unit="DISKES"))
    assert open_dossier(made, NUMBER).applicant.unit == "DISDIK", "alone it is no edit"
    file(made, edited(one, minute=19, unit="DISKES", uraian="Persoalan lain."))
    assert open_dossier(made, NUMBER).applicant.unit == "DISKES"
    (beside,) = made.path(NUMBER).glob("perubahan-*.yaml")
    assert "DISKES" not in beside.read_text()


def test_a_dossier_without_a_unit_is_written_as_before_there_were_units(made: Register) -> None:
    file(made, response(1))
    assert b"unit:" not in serialise(open_dossier(made, NUMBER))


def test_whoever_does_not_know_the_kind_of_help_is_told_to_the_verifier_who_decides(made: Register) -> None:
    file(made, response(1, bentuk="belum_tahu", alamat="", cara_jawaban="kode"))
    case = made.read(NUMBER).case
    assert case is not None
    assert (case.bentuk, case.bentuk_lain) == (None, "")
    (told,) = case.temuan
    assert told.startswith("Bentuk layanan: pemohon belum tahu")
