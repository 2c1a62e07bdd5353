"""What stands beside the steps of a case: read as people write it, each mistake told on its line."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema
import pytest

from processor.cases import case_dates, case_file_text, case_mistakes, decision_digests, staff_edits
from processor.cases.case_file import CaseFile, channel_of
from processor.cases.case_parts import Appointment, Obstacle
from processor.cases.records import Event
from processor.foundation import yaml_reader
from processor.foundation.settings_agency import Taxonomy
from processor.foundation.yaml_reader import Document
from tests.cases import test_case_status
from tests.cases.test_case_file import NOW, case
from tests.cases.test_case_status import APPROVED, but
from tests.office import START

WRITTEN = """
kanal: whatsapp
lanjutan_dari: BH-2025-0007
mendesak: {perihal: sidang, tanggal: 2026-03-20}
hambatan:
  - tanggal: 2026-03-03
    jenis: teknis
    uraian: Jaringan mati.
koordinasi:
  - kepada: BKD
    perihal: Riwayat disiplin
    dikirim: 3 Maret 2026
    batas: 2026-03-10
    dijawab:
    jeda: ya
jadwal:
  - {waktu: 2026-03-05 10.00, cara: video, tempat: https://rapat.example.go.id/x, dengan: analis}
  - {waktu: 5 Maret 2026 pukul 10.00 WITA, cara: telepon, selesai: batal}
keberatan: {tanggal: 2026-03-04, alasan: Saya bertugas, putusan: dikabulkan}
publikasi: {topik: netralitas, pertanyaan: Bolehkah?, jawaban: Tidak., penulis: analis}
"""

ABOVE = case_file_text.new_case_text(case()).count("\n")
"""Lines of a new case, below which the tests write."""


def document(below: str) -> Document:
    return yaml_reader.parse(Path("permohonan.yaml"), case_file_text.new_case_text(case()) + below)


def read(below: str) -> tuple[CaseFile | None, list[str]]:
    found, problems = case_mistakes.check_document(document(below), Taxonomy())
    return found, [str(one) for one in problems]


def test_all_of_it_is_read_as_people_write_it_and_the_editor_agrees() -> None:
    found, problems = read(WRITTEN)
    assert found is not None, problems
    assert problems == []
    assert (found.kanal, found.lanjutan_dari) == ("whatsapp", "BH-2025-0007")
    assert found.hambatan == (Obstacle(tanggal=date(2026, 3, 3), jenis="teknis", uraian="Jaringan mati."),)
    assert (found.koordinasi[0].dikirim, found.koordinasi[0].jeda) == (date(2026, 3, 3), True)
    assert [one.selesai for one in found.jadwal] == ["tidak", "batal"]
    assert found.keberatan is not None
    assert found.keberatan.putusan == "dikabulkan"
    jsonschema.validate(document(WRITTEN).data, case_file_text.schema(Taxonomy()))


def test_an_old_case_and_a_new_one_have_nothing_of_it() -> None:
    text = case_file_text.new_case_text(case())
    data = yaml_reader.parse(Path("permohonan.yaml"), text).data
    assert data.keys().isdisjoint({"kanal", "hambatan", "koordinasi", "jadwal", "mendesak", "keberatan", "publikasi"})
    assert "mutu" not in data["pemeriksaan"]
    assert read("hambatan:\nkoordinasi:\njadwal:\nmendesak:\nkeberatan:\npublikasi:\nkanal:\n") == (case(), [])


def test_a_single_item_needs_no_dash_and_plain_words_are_kept() -> None:
    one = read("hambatan:\n  tanggal: 2026-03-03\n  jenis: teknis\n  uraian: Mati.\n")
    assert one == read("hambatan:\n  - {tanggal: 2026-03-03, jenis: teknis, uraian: Mati.}\n")
    assert one[1] == []
    found, problems = read("hambatan: Jaringan kantor mati.\n")
    assert found is not None
    assert found.hambatan[0].uraian == "Jaringan kantor mati."
    assert problems == [f"permohonan.yaml, baris {ABOVE + 1}: “hambatan butir 1” tanpa tanggal, jenis. Tambahkan."]


@pytest.mark.parametrize(
    ("below", "line", "said"),
    [
        ("kanal: wa\n", 1, "“kanal” harus salah satu dari: situs"),
        ("lanjutan_dari: BH-2026-0001\n", 1, "“lanjutan_dari” bukan nomor permohonan lain."),
        ("lanjutan_dari: yang dulu\n", 1, "“lanjutan_dari” bukan nomor permohonan lain."),
        ("hambatan:\n  - {tanggal: 2026-03-03, jenis: teknik, uraian: x}\n", 2, "Maksudnya “teknis”?"),
        ("hambatan:\n  - {tanggal: 2026-03-03, jenis: teknis, urain: x}\n", 2, "Maksudnya “uraian”?"),
        ("hambatan:\n  - {tanggal: 2026-03-03, jenis: teknis}\n", 2, "“hambatan butir 1” tanpa uraian."),
        ("hambatan:\n  - {tanggal: 2026-03-03, jenis: teknis, uraian: x}\n  -\n", 3, "“hambatan butir 2” kosong."),
        (
            "hambatan:\n  - tanggal: 2025-03-03\n    jenis: teknis\n    uraian: x\n",
            2,
            "“hambatan butir 1.tanggal” (2025-03-03) sebelum permohonannya",
        ),
        (
            "hambatan:\n  - jenis: teknis\n    uraian: Surat #12 hilang\n    tanggal: 2026-03-03\n",
            3,
            "Tulisan sesudah # tidak terbaca",
        ),
        (
            "koordinasi:\n  - kepada: BKD\n    perihal: x\n    dikirim: 2026-03-05\n    dijawab: 2026-03-04\n",
            5,
            "“koordinasi butir 1.dijawab” (2026-03-04) sebelum dikirim (2026-03-05).",
        ),
        (
            "koordinasi:\n  - kepada: BKD\n    perihal: x\n    dikirim: 2026-03-05\n    batas: 2028-03-09\n",
            5,
            "“koordinasi butir 1.batas” (2028-03-09) lebih dari setahun sesudah",
        ),
        ("jadwal:\n  - {waktu: 2026-03-05, cara: video}\n", 2, "“jadwal butir 1.waktu” tanpa jam."),
        ("jadwal:\n  - {waktu: 2026-03-05 10.00, cara: zoom}\n", 2, "“jadwal butir 1.cara” harus salah satu dari"),
        ("jadwal:\n  - {waktu: 2026-03-05 10.00, cara: video, selesai: nanti}\n", 2, "harus salah satu dari: ya"),
        ("mendesak:\n  tanggal: 2028-03-20\n", 2, "“mendesak.tanggal” (2028-03-20) lebih dari setahun sesudah"),
        ("mendesak:\n  tanggal: 2024-03-20\n", 2, "“mendesak.tanggal” (2024-03-20) lebih dari setahun sebelum"),
        ("keberatan:\n  tanggal: 2026-02-01\n", 2, "“keberatan.tanggal” (2026-02-01) sebelum permohonannya"),
        ("publikasi:\n  dicabut: 2026-02-01\n", 2, "“publikasi.dicabut” (2026-02-01) sebelum permohonannya"),
    ],
)
def test_a_mistake_is_told_on_its_line(below: str, line: int, said: str) -> None:
    problems = read(below)[1]
    assert [one for one in problems if one.startswith(f"permohonan.yaml, baris {ABOVE + line}: ") and said in one], (
        problems
    )


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("hambatan: {tanggal: 2026-03-09, jenis: teknis, uraian: x}", ["hambatan butir 1.tanggal"]),
        ("koordinasi: {kepada: BKD, perihal: x, dikirim: 2026-03-03, batas: 2026-04-01}", []),
        ("koordinasi: {kepada: BKD, perihal: x, dikirim: 2026-03-09}", ["koordinasi butir 1.dikirim"]),
        ("jadwal: {waktu: 2026-03-09 10.00, cara: video}", []),
        ("jadwal: {waktu: 2026-03-09 10.00, cara: video, selesai: ya}", ["jadwal butir 1.waktu"]),
        ("mendesak: {tanggal: 2026-04-01}", []),
        ("keberatan: {tanggal: 2026-03-02, diputus: 2026-03-09}", ["keberatan.diputus"]),
    ],
)
def test_only_what_is_said_to_have_happened_cannot_be_still_to_come(below: str, told: list[str]) -> None:
    found, problems = case_mistakes.check_document(document(below), Taxonomy())
    assert found is not None, problems
    said = case_dates.still_to_come(document(below), found, datetime(2026, 3, 4, tzinfo=UTC))
    assert [one.message.split("”")[0].strip("“") for one in said] == told


@pytest.mark.parametrize("mark", ["0", "5", "baik", "2,5"])
def test_marks_go_from_1_to_4(mark: str) -> None:
    text = case_file_text.new_case_text(case())
    for given, wrong in (("4", False), (mark, True)):
        written = text.replace("  naskah:\n", f"  naskah:\n  mutu: {{isu: '{given}'}}\n")
        problems = case_mistakes.check_document(yaml_reader.parse(Path("a.yaml"), written), Taxonomy())[1]
        assert ["pemeriksaan.mutu.isu" in str(one) for one in problems] == [True] * wrong


def test_marks_change_no_approval() -> None:
    marked = test_case_status.case(**but(APPROVED, pemeriksaan__mutu={"fakta": 4, "saran": 2}))
    assert decision_digests.digests(marked) == decision_digests.digests(test_case_status.case(**APPROVED))
    assert marked.pemeriksaan.mutu is not None
    assert marked.pemeriksaan.mutu.marks == {"fakta": 4, "saran": 2}


class LaterObstacle(Obstacle):
    """With a field that another version of the program may bring."""

    kelak: str = "sudah terisi"


def test_an_edit_of_an_item_is_told_by_its_list_and_a_later_field_of_it_is_nobody_s_edit() -> None:
    def plain(kind: str, text: str) -> str:
        return f"{kind}|{text}"

    def seen(made: CaseFile) -> list[str]:
        return list(staff_edits.changed_fields(made, [filed], plain))

    before = case(hambatan=[{"jenis": "teknis", "uraian": "x"}], mendesak={"perihal": "sidang"})
    filed = Event("didaftar", START, "payung", staff_edits.initial_record(staff_edits.fingerprints(before, plain)))
    assert seen(case(hambatan=[{"jenis": "teknis", "uraian": "y"}], mendesak={"perihal": "lainnya"})) == [
        "hambatan",
        "mendesak.perihal",
    ]
    later = before.model_copy(update={"hambatan": (LaterObstacle(jenis="teknis", uraian="x"),)})
    assert seen(later) == []


@pytest.mark.parametrize(
    ("values", "channel"),
    [({"sumber": "situs"}, "situs"), ({"sumber": "loket", "kanal": "telepon"}, "telepon"), ({"sumber": "lain"}, None)],
)
def test_the_channel_is_what_staff_wrote_else_the_source(values: dict[str, Any], channel: str | None) -> None:
    assert channel_of(case(**values)) == channel


def test_an_appointment_is_on_the_offices_clock_unless_it_names_its_zone() -> None:
    zone = ZoneInfo("Asia/Jakarta")
    moment = datetime(2026, 3, 5, 10, tzinfo=zone)
    assert Appointment(waktu=datetime(2026, 3, 5, 10)).begins(zone) == moment  # noqa: DTZ001 -- as people write it
    assert Appointment(waktu=datetime(2026, 3, 5, 3, tzinfo=UTC)).begins(zone) == moment
    assert Appointment().begins(zone) is None


def test_a_filed_case_shows_what_the_applicant_said_is_urgent() -> None:
    made = case(mendesak={"perihal": "surat_panggilan", "tanggal": NOW.date()})
    text = case_file_text.new_case_text(made)
    assert "mendesak:\n  perihal: surat_panggilan\n  tanggal: 2026-03-02\n" in text
    assert case_mistakes.check_document(yaml_reader.parse(Path("a.yaml"), text), Taxonomy()) == (made, ())
