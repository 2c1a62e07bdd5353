"""A code made at the desk: shown once to whoever gave a reason, and kept nowhere."""

import re

import pytest

from processor.desk import code_page
from processor.desk.visit import NoSuchPage, Posted, Sent, Visit
from processor.operations.complaints import complaint_intake
from processor.site import applicant_code
from tests.office import everything, response
from tests.operations.complaints.test_complaint_acts import HEAD, INTAKE, PERSON, WORDS, typed
from tests.operations.complaints.test_complaint_acts import NUMBER as COMPLAINT
from tests.story import NUMBER, Story

REASON = "Kode hilang, kartu pegawai diperiksa."


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    made = Story(tmp_path_factory.mktemp("kantor"))
    made.receives(response(1))
    complaint_intake.take(made.office, INTAKE, HEAD, typed(*PERSON, WORDS))
    return made


def visit(story: Story, me: str = "pengelola", number: str = NUMBER, **texts: str) -> Visit:
    posted = Posted({name: (text,) for name, text in texts.items()})
    return Visit(story.office, "/x/", me, {"number": number}, posted, "t", signed_in=True)


def digest(story: Story) -> str:
    return str(re.findall(r'name="digest" value="(\w*)"', code_page.reason_page(visit(story)))[0])


def test_a_code_is_shown_once_and_is_nowhere_in_the_office(story: Story) -> None:
    answer = code_page.make_act(visit(story, alasan=REASON, digest=digest(story)))
    assert isinstance(answer, Sent)
    page = answer.content.decode()
    shown = re.findall(r'<p class="kode">([^<]+)</p>', page)[0]
    assert shown not in page.partition("</title>")[0]
    assert answer.headers["Refresh"] == f"300; url=/x/{NUMBER}"
    made = applicant_code.derive_keys(
        applicant_code.parse_code(shown), applicant_code.host_of(story.settings.situs.alamat)
    )
    filed = story.office.register.read(NUMBER)
    assert filed.case
    assert filed.case.balasan.kode_lacak == made.locator
    assert [one.actor for one in filed.events[-2:]] == ["pengelola"] * 2
    spelled = {shown.encode(), shown.replace("-", "").encode(), made.identity.encode()}
    for path, content in everything(story.settings.path.parent).items():
        assert not [one for one in spelled if one in content], path


def test_no_code_without_a_reason_a_role_or_on_another_text(story: Story) -> None:
    before = everything(story.settings.register)
    mark = digest(story)
    for reason in ("", "Orang Rekaan1 kehilangan kode"):
        assert 'id="alasan-salah"' in str(code_page.make_act(visit(story, alasan=reason, digest=mark)))
    assert "berubah sejak" in str(code_page.make_act(visit(story, alasan=REASON, digest="lain")))
    assert "pengelola layanan" in str(code_page.make_act(visit(story, "analis", alasan=REASON, digest=mark)))
    assert everything(story.settings.register) == before


def test_a_complainant_gets_one_from_whoever_may_see_the_complaint(story: Story) -> None:
    with pytest.raises(NoSuchPage):
        code_page.reason_page(visit(story, "analis", COMPLAINT))
    answer = code_page.make_act(visit(story, number=COMPLAINT, alasan=REASON))
    assert isinstance(answer, Sent)
    assert "status pengaduan, tanpa suratnya" in answer.content.decode()
    with pytest.raises(NoSuchPage):
        code_page.reason_page(visit(story, number="BH-2026-0099"))
