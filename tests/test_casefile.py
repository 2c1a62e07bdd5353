"""permohonan.yaml: readable for a lawyer, exact for the program, patient with what it does not know."""

from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor import casefile, yamltext
from processor.casefile import CaseFile
from processor.settings import Taxonomy

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def case(**values: object) -> CaseFile:
    basic = {"nomor_registrasi": "BH-2026-0001", "diterima": NOW, "sumber": "ekspor"}
    return CaseFile.model_validate(basic | values)


def read(text: str) -> tuple[CaseFile | None, list[str]]:
    found, problems = casefile.check(yamltext.parse(Path("permohonan.yaml"), text), Taxonomy())
    return found, [str(problem) for problem in problems]


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_words_come_back_as_they_are_readable(facts: str, question: str) -> None:
    words = {"uraian": casefile.readable(facts), "pertanyaan": casefile.readable(question), "temuan": [facts[:40]]}
    words["temuan"] = [casefile.readable(facts)[:40].strip()] if casefile.readable(facts).strip() else []
    made = case(**words)
    assert read(casefile.compose(made)) == (made, [])


@pytest.mark.parametrize(
    "words", ["{{ x }} {% if %} <b>&", "a: b\n- c\n# d", "'\"\\", "😀\n\n\tx", "x" * 50_000, "---\n..."]
)
def test_hostile_words_stay_words(words: str) -> None:
    made = case(uraian=casefile.readable(words))
    found, problems = read(casefile.compose(made))
    assert found is not None
    assert (found.uraian, problems) == (casefile.readable(words), [])


def test_long_words_stand_as_a_block_in_the_order_of_work() -> None:
    text = casefile.compose(case(uraian="Satu\ndua", temuan=["NIP: 17 digit, seharusnya 18."]))
    assert "uraian: |-\n  Satu\n  dua\n" in text
    order = ["PERMOHONAN", "TEMUAN", "1. VERIFIKASI", "2. PENUGASAN", "3. KAJIAN", "4. PEMERIKSAAN", "5. PENYAMPAIAN"]
    assert [text.index(word) for word in order] == sorted(text.index(word) for word in order)
    assert text.startswith("# yaml-language-server: $schema=../../.payung/permohonan.schema.json\n")


def test_an_empty_key_is_no_mistake_and_a_slip_is() -> None:
    text = casefile.compose(case())
    assert read(text)[1] == []
    assert read(text.replace("  analisis:", "  analisys:"))[1] == [
        "permohonan.yaml, baris 41: Kunci “analisys” tidak dikenal. Maksudnya “analisis”?"
    ]


def test_the_offices_own_keys_are_kept_and_passed_over() -> None:
    found, problems = read(casefile.compose(case()) + "catatan_rapat: penting\n")
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
        ("bentuk:", "persetujuan:\n  waktu: 2026-03-02\nbentuk:", "baris 12: “persetujuan.waktu” tanpa zona waktu"),
        ("selesai: tidak", "selesai: hampir", "harus ya atau tidak"),
        ("nomor_registrasi: BH-2026-0001\n", "", "“nomor_registrasi” belum diisi"),
    ],
)
def test_a_mistake_is_told_with_its_mend(old: str, new: str, said: str) -> None:
    problems = read(casefile.compose(case()).replace(old, new, 1))[1]
    assert any(said in one for one in problems), problems


def test_the_schema_accepts_a_new_case_and_completes_the_words_of_the_settings() -> None:
    schema = casefile.schema(Taxonomy(topik=("pajak",)))
    data = yamltext.parse(Path("permohonan.yaml"), casefile.compose(case(uraian="x"))).data
    jsonschema.validate(data, schema)
    assert schema["$defs"]["Verification"]["properties"]["topik"]["enum"] == ["pajak", None]
    assert "Kapan didaftarkan" in str(schema)
