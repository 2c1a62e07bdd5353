"""The desk's page of complaints: apart from requests, without a word of any, and not for who is complained about."""

from pathlib import Path

from processor.desk import complaints_page, officer_pages
from processor.desk.visit import Visit
from processor.operations.complaints import complaint_intake
from processor.operations.complaints.complaint_intake import ComplaintHead
from tests.operations.complaints.test_complaint_acts import HEAD, INTAKE, NUMBER, PERSON, SECRETS, WORDS, typed
from tests.story import Story

OTHER = "PGD-2026-0002"


def test_each_officer_sees_what_is_not_about_them_and_no_word_of_it(tmp_path: Path) -> None:
    story = Story(tmp_path)
    complaint_intake.take(story.office, INTAKE, HEAD, typed(*PERSON, WORDS))
    complaint_intake.take(story.office, INTAKE, ComplaintHead("surat"), typed(*PERSON, WORDS))
    shown = {one: complaints_page.complaints_page(Visit(story.office, "/x/", one)) for one in ("kabag", "analis", "")}
    listed = {one: [number for number in (NUMBER, OTHER) if number in page] for one, page in shown.items()}
    assert listed == {"kabag": [NUMBER, OTHER], "analis": [OTHER], "": [OTHER]}
    assert not [secret for secret in SECRETS for page in shown.values() if secret in page]
    assert "meneruskan kepada petugas yang menindaklanjuti" in shown["kabag"]
    front = officer_pages.front_page(Visit(story.office, "/x/", "kabag"))
    assert NUMBER not in front
    assert 'href="/x/pengaduan?petugas=kabag"' in front
