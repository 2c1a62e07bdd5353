"""permohonan.yaml: readable for a lawyer, exact for the program, patient with what it does not know."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.cases import case_file_text, case_mistakes
from processor.cases.case_file import CaseFile
from processor.foundation import yaml_reader, yaml_writer
from processor.foundation.settings_agency import Taxonomy

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def case(**values: object) -> CaseFile:
    basic = {"nomor_registrasi": "BH-2026-0001", "diterima": NOW, "sumber": "ekspor"}
    return CaseFile.model_validate(basic | values)


def read(text: str) -> tuple[CaseFile | None, list[str]]:
    found, problems = case_mistakes.check_document(yaml_reader.parse(Path("permohonan.yaml"), text), Taxonomy())
    return found, [str(problem) for problem in problems]


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_words_come_back_as_they_are_readable(facts: str, question: str) -> None:
    words = {
        "uraian": yaml_writer.visible_text(facts),
        "pertanyaan": yaml_writer.visible_text(question),
        "temuan": [facts[:40]],
    }
    words["temuan"] = [yaml_writer.visible_text(facts)[:40].strip()] if yaml_writer.visible_text(facts).strip() else []
    made = case(**words)
    assert read(case_file_text.new_case_text(made)) == (made, [])


@pytest.mark.parametrize(
    "words", ["{{ x }} {% if %} <b>&", "a: b\n- c\n# d", "'\"\\", "😀\n\n\tx", "x" * 50_000, "---\n..."]
)
def test_hostile_words_stay_words(words: str) -> None:
    made = case(uraian=yaml_writer.visible_text(words))
    found, problems = read(case_file_text.new_case_text(made))
    assert found is not None
    assert (found.uraian, problems) == (yaml_writer.visible_text(words), [])


def test_long_words_stand_as_a_block_in_the_order_of_work() -> None:
    text = case_file_text.new_case_text(case(uraian="Satu\ndua", temuan=["NIP: 17 digit, seharusnya 18."]))
    assert "uraian: |-\n  Satu\n  dua\n" in text
    order = ["PERMOHONAN", "TEMUAN", "1. VERIFIKASI", "2. PENUGASAN", "3. KAJIAN", "4. PEMERIKSAAN", "5. PENYAMPAIAN"]
    assert [text.index(word) for word in order] == sorted(text.index(word) for word in order)
    assert text.startswith("# yaml-language-server: $schema=../../.payung/permohonan.schema.json\n")


def test_an_empty_key_is_no_mistake_and_a_slip_is() -> None:
    text = case_file_text.new_case_text(case())
    assert read(text)[1] == []
    assert read(text.replace("  analisis:", "  analisys:"))[1] == [
        "permohonan.yaml, baris 46: Kunci “analisys” tidak dikenal. Maksudnya “analisis”?"
    ]


def test_the_offices_own_keys_are_kept_and_passed_over() -> None:
    found, problems = read(case_file_text.new_case_text(case()) + "catatan_rapat: penting\n")
    assert problems == []
    assert found is not None
    assert (found.model_extra or {})["catatan_rapat"] == "penting"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("keputusan:\n", "keputusan: diterusken\n", "Maksudnya “diteruskan”?"),
        ("topik:\n", "topik: netralitass\n", "Maksudnya “netralitas”?"),
        ("tanggal:\n", "tanggal: 2 Maret\n", "bukan tanggal"),
        ("diajukan:\n", "diajukan: 2026-03-02 08:00\n", "baris 6: “diajukan” tanpa zona waktu"),
        ("diterima: 2026-03-02T08:00:00Z", "diterima: 2026-03-02", "baris 7: “diterima” tanpa zona waktu"),
        ("  waktu:\n", "  waktu: kemarin\n", "“persetujuan.waktu” bukan tanggal"),
        (
            "  kasus_posisi:\n",
            "  kasus_posisi Pemohon dipanggil.\n",
            "baris 43: Tidak ada titik dua sesudah “kasus_posi",
        ),
        ("  analis:\n", "  analis andi\n", "baris 35: Tidak ada titik dua sesudah “analis”."),
        ("kajian:\n", "kajian\n", "baris 42: Tidak ada titik dua sesudah “kajian”."),
        ("arsip:\n  tanggal:\n", "arsip:\n  tanggal 2026-03-04\n", "baris 75: Tidak ada titik dua sesudah “tanggal”."),
        ("  isu_hukum:\n", "  isu_hukum:\n    Sahkah?\n    Siapa?\n", "baris 44: “kajian.isu_hukum” beberapa baris"),
        ("  isu_hukum:\n", "  isu_hukum: |\n    Sahkah?\n    Siapa?\n", "Awali tiap butir dengan “- ”."),
        ("selesai: tidak", "selesai: hampir", "harus ya atau tidak"),
        ("nomor_registrasi: BH-2026-0001\n", "", "“nomor_registrasi” belum diisi"),
    ],
)
def test_a_mistake_is_told_with_its_mend(old: str, new: str, said: str) -> None:
    problems = read(case_file_text.new_case_text(case()).replace(old, new, 1))[1]
    assert any(said in one for one in problems), problems


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("  kasus_posisi: Pemohon dipanggil dengan surat #12 dari Kejaksaan.\n", 43),
        ("  kasus_posisi:\n    Pemohon dipanggil\n    dengan surat #12\n", 43),
        ("  isu_hukum:\n    - Sahkah?\n    - Sahkah surat #12?\n", 45),
        ("  isu_hukum: [Sahkah surat #12?\n    ]\n", 43),
    ],
)
def test_words_that_would_vanish_behind_a_note_are_told(written: str, line: int) -> None:
    empty = "  kasus_posisi:\n  isu_hukum:\n"
    [problem] = read(case_file_text.new_case_text(case()).replace(empty, written, 1))[1]
    assert f"baris {line}: Tulisan sesudah # tidak terbaca. Apit isian dengan tanda petik" in problem


@pytest.mark.parametrize(
    "written",
    [
        "  kasus_posisi:   # fakta saja\n",
        "  kasus_posisi: |   # fakta saja\n    Surat #12.\n",
        '  kasus_posisi: "Surat #12."\n',
        "  kasus_posisi: Surat nomor#12.\n  # catatan analis\n",
    ],
)
def test_notes_that_hide_no_word_are_no_mistake(written: str) -> None:
    assert read(case_file_text.new_case_text(case()).replace("  kasus_posisi:\n", written, 1))[1] == []
    assert read(case_file_text.new_case_text(case()).replace("  analis:\n", "  analis: andi   # yang baru\n"))[1] == []


def test_one_question_needs_no_dash() -> None:
    for written in ("isu_hukum: Sahkah?", "isu_hukum: |\n    Sahkah?", "isu_hukum:\n    Sahkah?"):
        found, problems = read(case_file_text.new_case_text(case()).replace("isu_hukum:", written, 1))
        assert (found and found.kajian.isu_hukum, problems) == (("Sahkah?",), [])


@pytest.mark.parametrize(
    ("section", "key", "day", "said"),
    [
        ("verifikasi", "tanggal", "2027-11-23", "(2027-11-23) lebih dari setahun sesudah permohonannya (2026-03-02)."),
        ("pemeriksaan", "tanggal", "2025-03-02", "(2025-03-02) sebelum permohonannya (2026-03-01). Periksa tanggal"),
        ("penyampaian", "tanggal_surat", "2062-03-02", "lebih dari setahun"),
        ("arsip", "tanggal", "2006-03-02", "sebelum permohonannya"),
        ("arsip", "tanggal", "2029-03-02", ""),
        ("verifikasi", "tanggal", "2026-03-01", ""),
        ("verifikasi", "tanggal", "2027-03-02", ""),
    ],
)
def test_a_day_that_cannot_be_is_told_on_its_line(section: str, key: str, day: str, said: str) -> None:
    text = case_file_text.new_case_text(case(diajukan=NOW - timedelta(days=1)))
    above, _, below = text.partition(f"\n{section}:\n")
    text = f"{above}\n{section}:\n" + below.replace(f"  {key}:\n", f"  {key}: {day}\n", 1)
    problems = read(text)[1]
    line = text[: text.index(f"{key}: {day}")].count("\n") + 1
    assert [f"baris {line}: “{section}.{key}”" in one and said in one for one in problems] == [True] * bool(said)


def test_consent_on_paper_has_its_place_and_a_day_is_enough() -> None:
    text = case_file_text.new_case_text(case())
    assert "Disetujui di atas kertas?" in text
    signed = text.replace("  versi:\n  waktu:\n", "  versi: 2\n  waktu: 2026-11-23\n", 1)
    found, problems = read(signed)
    assert (found and found.persetujuan.versi, problems) == ("2", [])
    time = case_file_text.schema(Taxonomy())["$defs"]["Consent"]["properties"]["waktu"]
    assert not any("format" in one for one in time["anyOf"])


def test_consent_that_was_given_stands_as_it_came() -> None:
    text = case_file_text.new_case_text(case(persetujuan={"versi": "1", "sidik": "ab", "waktu": NOW}))
    assert "persetujuan:\n  versi: '1'\n  sidik: ab\n  waktu: 2026-03-02T08:00:00Z\n" in text
    assert "di atas kertas" not in text


def test_the_schema_accepts_a_new_case_and_completes_the_words_of_the_settings() -> None:
    schema = case_file_text.schema(Taxonomy(topik=("pajak",)))
    data = yaml_reader.parse(Path("permohonan.yaml"), case_file_text.new_case_text(case(uraian="x"))).data
    jsonschema.validate(data, schema)
    assert schema["$defs"]["Verification"]["properties"]["topik"]["enum"] == ["pajak", None]
    assert "Kapan didaftarkan" in str(schema)
