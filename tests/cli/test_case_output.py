"""What the terminal shows of a case: the applicant's words, also later ones, and no identity."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from processor.cases import additions
from processor.cases.records import Response
from processor.cli import case_output, parser
from processor.cli.commands import pass_commands
from processor.desk import officer_pages
from processor.desk.visit import Visit
from processor.foundation.settings_agency import Taxonomy
from processor.intake import filing
from tests.office import edited, response
from tests.story import NUMBER, Story

LONG = "Saya diminta menandatangani berita acara yang tanggalnya mundur tiga minggu. " * 4
FIRST = response(
    1,
    source="google",
    key="a1",
    nip="123",
    uraian=f"{LONG}\n\nAlinea kedua.",
    dokumen="https://contoh.example/surat-panggilan",
)


@pytest.fixture
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A case whose applicant mended the NIP and told more, as a form lists it."""
    told = Story(tmp_path_factory.mktemp("kantor"))
    told.receives(FIRST)
    told.receives(edited(FIRST, minute=9, nip="198001012005011901", uraian="Tanggalnya mundur \x1b[2Jempat minggu."))
    return told


def terminal(story: Story) -> str:
    return case_output.case_text(case_output.case_data(story.office, NUMBER), story.settings.layanan.zone)


def test_a_case_shows_what_was_asked_before_its_journal(story: Story) -> None:
    lines = terminal(story).split("\n")
    words = lines[lines.index("Kata-kata pemohon") : lines.index("Riwayat")]
    assert words[1] == "  Uraian"
    assert words[2].startswith("    Saya diminta menandatangani")
    assert all(len(line) <= 100 for line in words)
    assert {"    Alinea kedua.", "    Apa hukumnya?", "    - https://contoh.example/surat-panggilan"} <= {*words}


def test_a_changed_answer_is_shown_beside_the_first(story: Story) -> None:
    lines = terminal(story).split("\n")
    changed = lines[lines.index("Datang kemudian (perubahan-1.yaml)") : lines.index("Riwayat")]
    assert changed[1:3] == ["  Uraian", "    Tanggalnya mundur \N{REPLACEMENT CHARACTER}[2Jempat minggu."]


def test_a_question_that_the_form_never_asked_is_named_as_that(tmp_path: Path) -> None:
    one, told = response(1), Story(tmp_path)
    answers = {key: text for key, text in one.answers.items() if key != "uraian"}
    told.receives(replace(one, answers=answers, not_asked=frozenset({"uraian"})))
    lines = terminal(told).split("\n")
    assert lines[lines.index("  Tidak ditanyakan") + 1] == "    - uraian"
    assert "Belum diisi" not in "".join(lines)
    page = officer_pages.case_page(Visit(told.office, "/"), NUMBER)
    assert '<dt>Uraian</dt><dd class="kata">tidak ditanyakan pada formulirnya</dd>' in page


def test_a_program_reads_the_same_words_and_no_identity(story: Story) -> None:
    data = json.loads(json.dumps(case_output.case_data(story.office, NUMBER)))
    assert data["permohonan"]["pertanyaan"] == "Apa hukumnya?"
    assert data["permohonan"]["dokumen"] == ["https://contoh.example/surat-panggilan"]
    assert [one["menjadi"].keys() for one in data["perubahan"]] == [{"uraian"}]
    for secret in ("Rekaan1", "198001012005011901", "orang1@", "Jalan Rekaan"):
        assert secret not in json.dumps(data) + terminal(story)


def test_a_finding_says_when_its_question_was_answered_anew(story: Story) -> None:
    found = case_output.case_data(story.office, NUMBER)["temuan"]
    assert [one for one in found if one.startswith("NIP")] == [one for one in found if "(Sudah diubah pemohon.)" in one]
    assert len([one for one in found if one.startswith("NIP")]) == 1


def test_a_completion_is_shown_under_its_own_titles(story: Story) -> None:
    sent = Response("situs", "kiriman", {}, {"Nomor SK": "Surat itu bertanggal 3 Maret."}, key="k1")
    assert filing.complete(sent, NUMBER, story.office.register, story.office.now())
    assert "  Nomor SK\n    Surat itu bertanggal 3 Maret.\n" in terminal(story)


def test_a_change_that_cannot_be_read_says_so_and_hides_nothing_else(story: Story) -> None:
    (story.office.register.path(NUMBER) / "perubahan-1.yaml").write_text("menjadi: [\n", "utf-8")
    [one] = additions.read(story.office.register.read(NUMBER))
    assert (dict(one.words), len(one.problems)) == ({}, 1)
    assert "YAML tidak terbaca" in terminal(story)
    assert "Alinea kedua." in terminal(story)


def test_the_words_of_a_case_that_cannot_be_used_are_left_out(story: Story) -> None:
    (story.office.register.path(NUMBER) / "permohonan.yaml").write_text("nomor_registrasi: [\n", "utf-8")
    assert "empat minggu" in terminal(story)
    assert case_output.case_data(story.office, NUMBER)["permohonan"] == {}


def test_a_line_of_the_log_bears_the_day_and_the_offices_clock(story: Story) -> None:
    layanan = story.settings.layanan.model_copy(update={"zona": "Asia/Jayapura"})
    before = datetime.now(UTC).replace(second=0, microsecond=0)
    line = pass_commands._time_of_line(story.settings.model_copy(update={"layanan": layanan}))
    moment = datetime.strptime(line, "%Y-%m-%d %H.%M WIT").replace(tzinfo=layanan.zone)
    assert before <= moment <= datetime.now(UTC)


def test_help_names_the_words_by_which_requests_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser.read_words(["verifikasi", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    for words in Taxonomy():
        assert ", ".join(words[1]) in said
