"""A follow-up question is a request of its own, of the same applicant, and only after an answer was delivered."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from processor.cases.dossier import open_dossier
from processor.cli import case_output
from processor.desk import follow_up_page, step_acts
from processor.desk.officer_pages import case_page
from processor.desk.visit import Elsewhere, Posted, Sent, Visit
from processor.foundation.errors import PayungError
from processor.operations import follow_up_request, follow_ups, overview, steps
from processor.operations.follow_up_request import FollowUp
from tests.office import response
from tests.story import NUMBER, Story, delivered

TODAY = date(2026, 3, 2)
KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
LOCATOR = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
WORDS = "Bagaimana bila pimpinan tetap meminta?\nHarus ke mana saya?"
SECOND, THIRD = "BH-2026-0002", "BH-2026-0003"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """An office without LibreOffice: the first request was answered and asked about again, the second was rejected."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        made = Story(tmp_path_factory.mktemp("lanjutan"))
        made.receives(response(1, kode_lacak=LOCATOR, kunci_balasan=KEY), response(2, minute=1))
        made.writes(steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"))
        made.writes(steps.assign("analis", "kabag", []))
        made.studies()
        made.writes(steps.set_study_ready(done=True), steps.review("disetujui", "kabag", TODAY))
        with pytest.raises(PayungError, match="belum dijawab"):
            follow_ups.ask(made.office, NUMBER, "pengelola", FollowUp(WORDS))
        made.writes(delivered("180/1/Huk-2026", TODAY, TODAY))
        rejection = steps.verify("ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan="Perkara berjalan.")
        made.writes(rejection, delivered("180/2/Huk-2026", TODAY, TODAY), number=SECOND)
        made.later(days=1)
        assert follow_ups.ask(made.office, NUMBER, "pengelola", FollowUp(WORDS, same_code=True, agreed=True)) == THIRD
        made.passes()
        yield made


def test_it_is_of_the_same_applicant_with_its_own_number_clock_and_words(story: Story) -> None:
    new, before = (story.office.register.read(number) for number in (THIRD, NUMBER))
    assert new.case is not None
    assert before.case is not None
    assert (new.case.lanjutan_dari, new.case.pertanyaan, new.case.bentuk) == (NUMBER, WORDS, before.case.bentuk)
    assert new.case.balasan.kode_lacak == LOCATOR, "the code that the applicant has opens both"
    assert new.case.persetujuan.versi == story.office.form.ketentuan.versi
    assert "uraian" in new.case.tidak_ditanyakan, "what was not asked is no omission"
    assert (new.case.temuan, new.problems) == ((), ())
    applicants = [open_dossier(story.office.register, number).applicant for number in (THIRD, NUMBER)]
    assert applicants[0] == applicants[1]
    row = overview.fresh_row(story.office, THIRD)
    assert (row.status, row.sent[:10], row.step) == ("diajukan", "2026-03-03", "verifikasi")
    assert [event.actor for event in new.events if event.kind == "diterima_petugas"] == ["pengelola"]
    told = [event.data["nomor"] for event in before.events if event.kind == follow_up_request.CONTINUED]
    assert told == [THIRD]
    assert story.status() == "selesai" or story.status() == "disampaikan", "the earlier request stays what it was"


def test_its_drafter_sees_the_earlier_answer(story: Story) -> None:
    letter = story.office.register.path(NUMBER) / "keluar" / "pendapat-hukum.docx"
    data = case_output.case_data(story.office, THIRD)
    assert data["jawaban_terdahulu"] == [str(letter)]
    assert str(letter) in case_output.case_text(data, story.settings.layanan.zone)
    page = case_page(Visit(story.office, "/meja/"), THIRD)
    assert f'href="/meja/{NUMBER}"' in page
    assert str(letter) in page
    assert "Pemohon bertanya lebih lanjut: BH-2026-0003." in case_page(Visit(story.office, "/meja/"), NUMBER)


def test_a_rejection_is_no_answer_and_has_another_way(story: Story) -> None:
    with pytest.raises(PayungError, match=f"belum dijawab.*payung keberatan {SECOND}"):
        follow_ups.check(story.office, SECOND)
    with pytest.raises(PayungError, match="belum dijawab"):
        follow_ups.check(story.office, THIRD)


def test_an_earlier_request_that_is_not_there_breaks_no_page(story: Story, tmp_path: Path) -> None:
    case = story.office.register.read(THIRD).case
    assert case is not None
    assert follow_ups.earlier_answer(story.office, case.model_copy(update={"lanjutan_dari": "BH-2020-0001"})) == ()


def test_at_the_desk_it_is_read_over_and_filed_once_however_often_it_is_posted(story: Story) -> None:
    def visit(number: str = NUMBER, me: str = "pengelola", **texts: str) -> Visit:
        posted = Posted({key: (text,) for key, text in texts.items()})
        return Visit(story.office, "/x/", me, {"number": number}, posted, "t", signed_in=True)

    key = re.findall(r'name="kunci" value="(\w+)"', follow_up_page.follow_up_page(visit()))[0]
    given = {"kunci": key, "pertanyaan": WORDS, "bentuk": "pendapat_hukum"}
    assert 'id="lanjutan-pertanyaan-salah"' in str(follow_up_page.ask_act(visit(kunci=key)))
    before = story.office.register.numbers()
    shown = follow_up_page.ask_act(visit(**given))
    assert isinstance(shown, Sent)
    assert "Harus ke mana saya?" in shown.content.decode()
    assert story.office.register.numbers() == before
    for me in ("analis", "kabag"):
        assert isinstance(follow_up_page.ask_act(visit(me=me, **given, tahap="pasti")), str)
    done = [follow_up_page.ask_act(visit(**given, tahap="pasti")) for _ in range(2)]
    [new] = set(story.office.register.numbers()) - set(before)
    assert done == [Elsewhere(f"/x/loket/selesai/{new}")] * 2
    told = [
        one.data["nomor"]
        for one in story.office.register.read(NUMBER).events
        if one.kind == follow_up_request.CONTINUED
    ]
    assert told.count(new) == 1
    assert "belum dijawab" in follow_up_page.follow_up_page(visit(SECOND))
    assert "payung" not in str(follow_up_page.ask_act(visit(SECOND, **given))).partition('role="alert"')[2][:200]
    assert f'href="/x/{NUMBER}/lanjutan"' in case_page(visit(), NUMBER)
    assert f'href="/x/{SECOND}/lanjutan"' not in case_page(visit(), SECOND)


def test_an_objection_is_recorded_and_decided_at_the_desk_by_those_whose_act_it_is(story: Story) -> None:
    def post(me: str, step: str, **texts: str) -> Elsewhere | Sent | str:
        shown = hashlib.sha256(story.office.register.read(SECOND).document.text.encode()).hexdigest()
        posted = Posted({key: (text,) for key, text in {"digest": shown, **texts}.items()})
        asked = {"number": SECOND, "step": step}
        return step_acts.take_step(Visit(story.office, "/x/", me, asked, posted, "t", signed_in=True))

    today = story.now.date().isoformat()
    objects = {"tanggal": today, "alasan": "Perkaranya sudah dicabut."}
    assert "tidak dapat diambil" in str(post("kabag", "keberatan", **objects, tahap="pasti"))
    assert 'id="keberatan-tanggal-salah"' in str(post("pengelola", "keberatan", **objects | {"tanggal": "2099-01-01"}))
    shown = post("pengelola", "keberatan", **objects)
    assert isinstance(shown, Sent)
    assert "keberatannya diterima" in shown.content.decode()
    done = Elsewhere(f"/x/{SECOND}#baru-saja")
    assert post("pengelola", "keberatan", **objects, tahap="pasti") == done
    rules = {"putusan": "dikabulkan", "pertimbangan": "Perkaranya memang dicabut."}
    assert "tidak dapat diambil" in str(post("pengelola", "putusan", **rules, tahap="pasti"))
    assert 'id="putusan-pertimbangan-salah"' in str(post("kabag", "putusan", putusan="dikabulkan"))
    assert post("kabag", "putusan", **rules, tahap="pasti") == done
    case = story.office.register.read(SECOND).case
    assert case
    assert case.keberatan
    assert (case.keberatan.oleh, story.status(SECOND)) == ("kabag", "diteruskan")
