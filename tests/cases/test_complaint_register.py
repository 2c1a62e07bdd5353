"""The register of complaints: a file says what was filed, editors know it, and it is never one of the requests."""

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from processor.cases import complaint_register
from processor.cases.complaint import Complaint
from processor.cases.complaint_content import ComplaintContent
from processor.cases.records import Event
from processor.cases.register import Register
from processor.foundation import yaml_reader
from processor.foundation.errors import Busy, PayungError
from tests.office import register

NUMBER = "PGD-2026-0001"
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
NEW = Complaint(nomor_pengaduan=NUMBER, diterima=NOW, kanal="loket", anonim=True, diadukan=("analis",))


@pytest.fixture
def made(tmp_path: Path) -> Register:
    found = register(tmp_path)
    with found.lock(1):
        complaint_register.add(found, NEW, ComplaintContent("Lama sekali."), Event("didaftar", NOW, "pengelola"))
    return found


def test_a_new_file_says_what_was_filed_and_its_editor_knows_every_key(made: Register) -> None:
    filed = complaint_register.read(made, NUMBER)
    assert (filed.complaint, filed.problems) == (NEW, ())
    line = filed.document.text.splitlines()[0]
    schema = json.loads((filed.folder / line.partition("$schema=")[2]).resolve().read_bytes())
    jsonschema.validate(yaml_reader.read(filed.document.path).data, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**filed.document.data, "kanal": "merpati"}, schema)


def test_a_complaint_is_no_request(made: Register) -> None:
    assert made.numbers() == []
    assert not made.has(NUMBER)
    with pytest.raises(PayungError):
        made.path(NUMBER)
    assert complaint_register.number_meant(made, "1") == NUMBER


def test_keys_and_notes_of_the_office_stay_and_a_changed_file_is_not_written(made: Register) -> None:
    before = complaint_register.read(made, NUMBER)
    before.document.path.write_text(f"{before.document.text}# tanyakan lagi\nrak: B2\n", "utf-8")
    with pytest.raises(Busy):
        complaint_register.write(made, before, {("penerusan", "oleh"): "pengelola"})
    now = complaint_register.read(made, NUMBER)
    assert now.problems == ()
    complaint_register.write(made, now, {("penerusan", "oleh"): "pengelola"})
    text = complaint_register.read(made, NUMBER).document.text
    assert text.endswith("# tanyakan lagi\nrak: B2\n")
    assert "  oleh: pengelola\n" in text


def test_a_file_that_cannot_be_used_says_why(made: Register) -> None:
    path = complaint_register.read(made, NUMBER).document.path
    text = path.read_text("utf-8")
    for old, new, why in (
        (NUMBER, "PGD-2026-0009", f"Nomor pengaduan bukan {NUMBER}."),
        ("00Z", "00", "“diterima” tanpa zona waktu."),
    ):
        path.write_text(text.replace(old, new), "utf-8")
        filed = complaint_register.read(made, NUMBER)
        assert (filed.complaint, [one.message for one in filed.problems]) == (None, [why])


def test_numbers_go_on_by_year_and_past_one_that_was_taken_away(made: Register) -> None:
    assert complaint_register.next_number(made, 2026, {}) == "PGD-2026-0002"
    assert complaint_register.next_number(made, 2027, {}) == "PGD-2027-0001"
    (made.folder / "pengaduan" / NUMBER).rename(made.folder / "hilang")
    assert complaint_register.next_number(made, 2026, {}) == "PGD-2026-0002"


def test_a_number_that_a_crash_kept_from_being_given_out_is_given_and_one_of_a_newer_register_is_not(
    made: Register,
) -> None:
    complaint_register.begin(made, "PGD-2026-0002")
    assert complaint_register.next_number(made, 2026, {"PGD-2026": 2}) == "PGD-2026-0002"
    assert [*complaint_register.missing(made)] == []
    assert complaint_register.next_number(made, 2026, {"PGD-2026": 3}) == "PGD-2026-0004"
