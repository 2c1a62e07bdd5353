"""The register: whole folders, sealed identity, an unbroken journal, nothing lost when it is killed."""

import os
import stat
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from processor.cases import journal, office_keys
from processor.cases.dossier import attachments, identities, open_dossier
from processor.cases.records import SEALED, Attachment, Event
from processor.cases.register import Register, sealed_part
from processor.foundation.errors import Busy, PayungError
from processor.foundation.settings_agency import Taxonomy
from processor.intake import filing, planning, recognition_index
from tests.effort import STRIDE
from tests.killing import done_until_killed
from tests.office import FORM, START, edited, file, keys, register, response

KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"


def test_a_case_holds_the_words_and_no_identity(tmp_path: Path) -> None:
    made = register(tmp_path)
    file(made, response(1, uraian="Baris satu\nbaris dua", kode_lacak="abc"))
    filed = made.read("BH-2026-0001")
    assert filed.case is not None
    assert (filed.case.uraian, filed.case.balasan.kode_lacak, filed.problems) == ("Baris satu\nbaris dua", "abc", ())
    applicant = open_dossier(made, "BH-2026-0001").applicant
    assert (applicant.nama, applicant.nip) == ("Orang Rekaan1", "198001012005011901")
    assert "Rekaan1" not in repr(applicant)


def test_identity_stands_in_no_file_but_the_sealed_one(tmp_path: Path) -> None:
    made = register(tmp_path)
    row = response(1)
    file(made, row)
    file(made, edited(row, minute=9, nama="Nama Baru", telepon="0899 1111 2222", uraian="Sebuah persoalan."))
    recognition_index.load(made)
    answers = [*row.answers.items(), ("nama", "Nama Baru"), ("telepon", "0899 1111 2222")]
    identity = [text for key, text in answers if key in asdict(open_dossier(made, "BH-2026-0001").applicant)]
    for path in tmp_path.rglob("*"):
        assert not any(text.casefold() in path.name.casefold() for text in identity)
        if path.is_file():
            content = path.read_bytes()
            assert not any(text.encode() in content for text in identity), path


def test_the_key_opens_nothing_that_another_office_sealed(tmp_path: Path) -> None:
    made, other = register(tmp_path / "a"), register(tmp_path / "b")
    file(made, response(1))
    thief = Register(made.folder, other._office, made._taxonomy)
    with pytest.raises(PayungError, match="kuncinya lain"):
        open_dossier(thief, "BH-2026-0001")


def test_attachments_are_sealed_and_their_names_are_no_paths(tmp_path: Path) -> None:
    made = register(tmp_path)
    row = response(1)
    evil = Attachment("../../keluar/jahat.docx", b"isi rahasia")
    file(made, replace(row, attachments=(evil,)))
    folder = made.path("BH-2026-0001")
    assert [path.name for path in (folder / "lampiran").iterdir()] == ["1.age"]
    assert made._office.open((folder / "lampiran" / "1.age").read_bytes()) == b"isi rahasia"
    assert open_dossier(made, "BH-2026-0001").versions[0]["lampiran"] == ["../../keluar/jahat.docx"]
    assert list(attachments(made, "BH-2026-0001")) == [("1-__.._keluar_jahat.docx", b"isi rahasia")]


def test_an_attachment_of_any_name_can_be_written(tmp_path: Path) -> None:
    made = register(tmp_path)
    names = ("\U00010400" * 100 + ".pdf", "a" * 200 + ".pdf", "é" + "a" * 75 + ".pdf")
    file(made, replace(response(1), attachments=tuple(Attachment(name, b"isi") for name in names)))
    for name, content in attachments(made, "BH-2026-0001"):
        (tmp_path / name).write_bytes(content)
        assert name.endswith(".pdf")


@pytest.mark.parametrize(("source", "sought"), [("situs", False), ("google", True), ("ekspor", True)])
def test_the_gate_looks_for_names_in_the_offices_own_columns_and_not_in_what_a_package_makes_up(
    tmp_path: Path, source: str, *, sought: bool
) -> None:
    made = register(tmp_path)
    file(made, replace(response(1, source=source, key="a"), others={"Nama atasan": "Bantuan Hukum"}))
    assert ("Bantuan Hukum" in {one.nama for one in identities(made)}) is sought


def test_every_edit_is_kept_sealed_and_shown_beside_the_case(tmp_path: Path) -> None:
    made = register(tmp_path)
    row = response(1, source="google", key="a")
    file(made, row)
    before = (made.path("BH-2026-0001") / "permohonan.yaml").read_bytes()
    file(made, edited(row, minute=9, uraian="Lebih jelas.", alamat="Jalan Lain 2"))
    folder = made.path("BH-2026-0001")
    assert (folder / "permohonan.yaml").read_bytes() == before
    assert "Lebih jelas." in (folder / "perubahan-1.yaml").read_text("utf-8")
    dossier = open_dossier(made, "BH-2026-0001")
    assert dossier.applicant.alamat == "Jalan Lain 2"
    assert [version["jawaban"]["uraian"] for version in dossier.versions] == ["Sebuah persoalan.", "Lebih jelas."]
    assert made.read("BH-2026-0001").events[-1].data["kolom"] == ["alamat", "uraian"]


def test_a_response_that_fails_every_check_is_filed_with_its_findings(tmp_path: Path) -> None:
    made = register(tmp_path)
    file(made, response(1, nip="1980010120050119011", email="bukan", persetujuan="", bentuk="Apa saja", nama=""))
    case = made.read("BH-2026-0001").case
    assert case is not None
    text = "\n".join(case.temuan)
    for words in ("19 digit, seharusnya 18", "Bukan alamat email", "Minta persetujuan", "Nama lengkap: Belum diisi"):
        assert words in text
    assert (case.bentuk, case.bentuk_lain, case.persetujuan.versi) == (None, "Apa saja", "")


@pytest.mark.parametrize(
    ("way", "key", "goes"),
    [
        ("email", KEY, "email"),
        ("loket", KEY, "loket"),
        ("kode", KEY, "kode"),
        ("kode", "", "loket"),
        ("", KEY, "kode"),
        ("", "", "loket"),
    ],
)
def test_the_answer_goes_the_way_the_applicant_chose_and_by_code_only_with_its_key(
    tmp_path: Path, way: str, key: str, goes: str
) -> None:
    made = register(tmp_path)
    file(made, response(1, cara_jawaban=way, kunci_balasan=key))
    case = made.read("BH-2026-0001").case
    assert case is not None
    assert (case.balasan.cara or "", case.balasan.jalan, case.temuan) == (way, goes, ())


def test_a_way_that_is_no_option_stays_sealed_and_is_told(tmp_path: Path) -> None:
    made = register(tmp_path)
    file(made, response(1, cara_jawaban="Kirim ke lain@example.org"))
    filed = made.read("BH-2026-0001")
    assert filed.case is not None
    assert "lain@example.org" not in filed.document.text
    assert any("Cara menerima jawaban: Bukan salah satu pilihan" in finding for finding in filed.case.temuan)
    assert open_dossier(made, "BH-2026-0001").versions[0]["jawaban"]["cara_jawaban"] == "Kirim ke lain@example.org"


@pytest.mark.parametrize("number", ["BH-2026-0002", "../..", "BH-2026-0001/..", ""])
def test_a_number_that_is_none_is_refused(tmp_path: Path, number: str) -> None:
    made = register(tmp_path)
    file(made, response(1))
    with pytest.raises(PayungError, match="tidak ada di register"):
        made.path(number)


def test_numbers_start_anew_each_year_and_have_no_gaps(tmp_path: Path) -> None:
    made = register(tmp_path)
    file(made, response(1), response(2))
    file(made, response(3))
    assert made.numbers() == ["BH-2026-0001", "BH-2026-0002", "BH-2026-0003"]
    assert next(made.next_numbers("BH", 2026)) == "BH-2026-0004"
    assert next(made.next_numbers("BH", 2027)) == "BH-2027-0001"


def test_a_number_is_never_given_out_twice(tmp_path: Path) -> None:
    made = register(tmp_path)
    file(made, response(1), response(2))
    made.path("BH-2026-0002").rename(tmp_path / "BH-2026-0002 (salinan)")
    assert next(made.next_numbers("BH", 2026)) == "BH-2026-0003"
    assert made.missing() == ["BH-2026-0002"]


def test_a_recovery_key_opens_the_cases_of_before_too(tmp_path: Path) -> None:
    made = register(tmp_path)
    evidence = Attachment("surat.pdf", b"isi")
    file(made, replace(response(1), attachments=(evidence,)))
    secret = office_keys.make_recovery_key(tmp_path / "kunci" / "penerima.txt")
    again = Register(made.folder, keys(tmp_path / "kunci"), Taxonomy())
    assert not again.sealing.all_sealed_for_today
    assert (again.reseal(), again.reseal()) == (1, 0)
    recovered = Register(made.folder, office_keys.OfficeKeys([secret], []), Taxonomy())
    assert open_dossier(recovered, "BH-2026-0001").applicant.nama == "Orang Rekaan1"
    assert [content for _, content in attachments(recovered, "BH-2026-0001")] == [b"isi"]


def test_another_offices_key_is_refused_before_anything_is_filed(tmp_path: Path) -> None:
    made, other = register(tmp_path / "a"), register(tmp_path / "b")
    made.reseal()
    with pytest.raises(PayungError, match="bukan kunci register ini"):
        Register(made.folder, other._office, Taxonomy()).check_key()


def test_one_damaged_seal_does_not_keep_the_others_from_a_new_key(tmp_path: Path) -> None:
    made = register(tmp_path)
    file(made, response(1), response(2, minute=1))
    (made.path("BH-2026-0001") / "pemohon.age").write_bytes(b"rusak")
    assert made.reseal() == 1
    assert made.sealing.all_sealed_for_today


def test_another_offices_key_is_told_even_when_nothing_remembers_the_right_one(tmp_path: Path) -> None:
    made, other = register(tmp_path / "a"), register(tmp_path / "b")
    file(made, response(1))
    with pytest.raises(PayungError, match="bukan kunci register ini"):
        Register(made.folder, other._office, Taxonomy()).reseal()
    assert open_dossier(made, "BH-2026-0001").applicant.nama == "Orang Rekaan1"


def test_a_bad_public_key_is_named_with_its_file(tmp_path: Path) -> None:
    register(tmp_path)
    path = tmp_path / "kunci" / "penerima.txt"
    path.write_bytes(path.read_bytes() + b"age1salah\n\xff")
    with pytest.raises(PayungError, match=r"penerima\.txt: “age1salah"):
        keys(tmp_path / "kunci")


def test_a_pointer_that_a_crash_lost_is_made_again(tmp_path: Path) -> None:
    made = register(tmp_path)
    file(made, response(1))
    with made.lock(5):
        known = recognition_index.update(made)
        numbers = made.next_numbers("BH", 2026)
        outcomes = planning.plan([response(1), response(1, minute=3)], known, made.fingerprint, numbers)
        filing.file(outcomes, FORM, made, START)  # killed here
        for _ in range(2):
            filing.point_back(made, recognition_index.update(made).one_sided(), START)
    events = made.read("BH-2026-0001").events
    assert [event.data for event in events[1:]] == [{"kembaran": ["BH-2026-0002"]}]


def test_findings_of_an_edit_are_shown_with_it(tmp_path: Path) -> None:
    made = register(tmp_path)
    row = response(1, source="google", key="a")
    file(made, row)
    file(made, edited(row, minute=9, nip="123"))
    assert "3 digit, seharusnya 18" in (made.path("BH-2026-0001") / "perubahan-1.yaml").read_text("utf-8")


def test_reading_again_changes_no_byte(tmp_path: Path) -> None:
    made = register(tmp_path)
    for _ in range(2):
        file(made, response(1))
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()}
    file(made, response(1))
    made.prepare()
    assert before == {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in tmp_path.rglob("*") if p.is_file()}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_may_enter(tmp_path: Path) -> None:
    made = register(tmp_path)
    file(made, response(1))
    folders = [made.folder, made.path("BH-2026-0001"), made.path("BH-2026-0001").parent]
    assert [stat.S_IMODE(path.stat().st_mode) for path in folders] == [0o700] * 3
    assert stat.S_IMODE((tmp_path / "kunci" / "kantor.txt").stat().st_mode) == 0o600


def test_a_second_processor_is_told_to_wait(tmp_path: Path) -> None:
    made, second = register(tmp_path), register(tmp_path)
    with made.lock(0), pytest.raises(Busy, match="sedang dipakai"), second.lock(0.1):
        pytest.fail("both hold the register")


def test_the_journal_tells_who_did_what_and_when(tmp_path: Path) -> None:
    made = register(tmp_path)
    file(made, response(1))
    made.record("BH-2026-0001", *(Event("catatan", START, "uji", {"n": n}) for n in range(3)))
    events, problems = journal.read(made.path("BH-2026-0001") / "riwayat.jsonl")
    assert [event.kind for event in events] == ["didaftar", "catatan", "catatan", "catatan"]
    assert (events[1].actor, events[1].time, problems) == ("uji", START, ())


def filed_until_killed(tmp_path: Path, step: int) -> bool:
    """File two new responses and an edit in a child that dies before its ``step``-th write; whether it got through."""
    made = register(tmp_path)

    def act() -> None:
        file(made, edited(response(1, source="google", key="a"), minute=9, uraian="Lain.", alamat="Jalan Lain 2"))
        file(made, response(2, minute=20), response(3, minute=21), response(3, minute=25))

    return done_until_killed(tmp_path, step, act)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_killed_at_every_write_nothing_is_lost_doubled_or_half(tmp_path: Path) -> None:
    step, through = 0, False
    while not through:
        step += STRIDE
        folder = tmp_path / str(step)
        file(register(folder), response(1, source="google", key="a"))
        through = filed_until_killed(folder, step)
        made = register(folder)
        whole = {path.name for path in (made.folder / "2026").iterdir()}
        assert whole == set(made.numbers()), "a half case in sight"
        assert all(made.read(number).case for number in whole)
        file(made, edited(response(1, source="google", key="a"), minute=9, uraian="Lain.", alamat="Jalan Lain 2"))
        file(made, response(2, minute=20), response(3, minute=21), response(3, minute=25))
        assert made.numbers() == [f"BH-2026-{n:04d}" for n in range(1, 5)]
        people = [open_dossier(made, number).applicant.nama[-1] for number in made.numbers()]
        assert people == ["1", "2", "3", "3"]
        kinds = [event.kind for event in made.read("BH-2026-0001").events]
        assert kinds == ["didaftar", "diubah"], f"step {step}"
        assert len(open_dossier(made, "BH-2026-0001").versions) == 2
        assert not any(made.read(number).problems for number in made.numbers())
    assert step > 20, "the kill switch saw too few writes"


def test_a_whole_mark_says_of_the_dossier_what_its_own_mark_says(tmp_path: Path) -> None:
    made = register(tmp_path)
    file(made, response(1), response(2, minute=1))
    assert [sealed_part(mark) for mark in made.change_marks().values()] == [
        made.change_mark(number, SEALED) for number in made.numbers()
    ]
