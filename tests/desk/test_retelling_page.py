"""An answered question retold for the site at the desk: by the acts of the command, approved only as it was shown."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from processor.cases import retellings
from processor.cases.case_parts import Retelling
from processor.desk import home_page, retelling_page, retold_list
from processor.desk.visit import Elsewhere, Posted, Sent, Visit
from processor.operations import steps
from tests.office import response
from tests.story import NUMBER, Story, delivered

OPEN, TODAY = "BH-2026-0002", date(2026, 3, 2)
DONE = Elsewhere(f"/x/{NUMBER}/tanya-jawab")
RETOLD = {"topik": "pengadaan", "pertanyaan": "Bolehkah pejabat menolak?", "jawaban": "Boleh, dengan alasan tertulis."}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """An office without LibreOffice that answered one request, and not the other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        told = Story(tmp_path_factory.mktemp("kantor"))
        told.receives(response(1, uraian="Di Nagari Khayal saya diminta."), response(2, minute=1))
        steps.apply(told.office, NUMBER, steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"))
        steps.apply(told.office, NUMBER, steps.assign("analis", "kabag", []))
        told.studies()
        told.writes(steps.set_study_ready(done=True), steps.review("disetujui", "kabag", TODAY))
        told.writes(delivered("180/1/Huk-2026", TODAY, TODAY))
        yield told


def visit(story: Story, me: str, number: str = NUMBER, **texts: str) -> Visit:
    posted = Posted({key: (text,) for key, text in texts.items()})
    return Visit(story.office, "/x/", me, {"number": number}, posted, "t", "", signed_in=True)


def post(story: Story, form: str, me: str = "analis", number: str = NUMBER, **texts: str) -> Elsewhere | Sent | str:
    seen = re.findall(r'name="sidik" value="(\w+)">\s*<div', retelling_page.retelling_page(visit(story, me, number)))
    shown = {"sidik": seen[-1]} if form == "tulis" else {}
    return retelling_page.retelling_act(visit(story, me, number, borang=form, **{**shown, **texts}))


def written(story: Story) -> Retelling:
    case = story.office.register.read(NUMBER).case
    assert case
    one = retellings.recorded(case)
    assert one
    return one


def said(answer: Elsewhere | Sent | str) -> str:
    return unescape(answer.content.decode() if isinstance(answer, Sent) else str(answer))


def test_it_is_written_by_one_and_approved_by_another_as_it_was_shown_then_withdrawn(story: Story) -> None:
    assert "belum dijawab" in said(post(story, "tulis", number=OPEN, **RETOLD))
    assert "Belum diisi." in said(post(story, "tulis", **{**RETOLD, "jawaban": ""}))
    named = said(post(story, "tulis", **{**RETOLD, "jawaban": "Tulis kepada orang1@example.org."}))
    assert 'id="tulis-jawaban-salah">Di sini ada identitas pemohon' in named
    marked = post(story, "tulis", **{**RETOLD, "jawaban": "Di Nagari Khayal boleh."})
    assert isinstance(marked, Sent)
    assert "hal untuk dilihat lagi" in said(marked)
    assert "Khayal" in said(marked)
    first = retellings.digest(written(story))
    lost = said(post(story, "tulis", "pengelola", **{**RETOLD, "sidik": "0" * 64}))
    assert "ditulis sejak halaman ini Anda buka" in lost
    assert "Di Nagari Khayal boleh." in lost
    assert RETOLD["jawaban"] in lost
    assert 'name="tetap"' in said(post(story, "setujui", "kabag", sidik=first))
    assert post(story, "tulis", **RETOLD) == DONE
    seen = retellings.digest(written(story))
    for me, title in {"kabag": "Menunggu persetujuan Anda", "analis": "Untuk petugas lain"}.items():
        listed = retold_list.retold_page(visit(story, me))
        assert f'href="/x/{NUMBER}/tanya-jawab"' in listed
        assert title in listed
        assert RETOLD["pertanyaan"] in listed
    assert 'href="/x/tanya-jawab"><strong>1</strong>' in home_page.front_page(visit(story, "kabag"))
    assert "berubah sejak halaman ini" in said(post(story, "setujui", "kabag", sidik=first, tetap="ya"))
    assert "harus petugas lain" in said(post(story, "setujui", sidik=seen))
    assert written(story).penyetuju == ""
    assert post(story, "setujui", "kabag", sidik=seen) == DONE
    assert "Tidak ada yang menunggu." in retold_list.retold_page(visit(story, "kabag"))
    assert "tanya jawab menunggu" not in home_page.front_page(visit(story, "kabag"))
    assert ">disetujui<" in retelling_page.retelling_page(visit(story, "kabag"))
    told = [event for event in story.office.register.read(NUMBER).events if event.kind == retellings.APPROVED]
    assert [event.actor for event in told] == ["kabag"]
    assert post(story, "cabut", "pengelola") == DONE
    assert "Dicabut 2 Maret 2026." in retelling_page.retelling_page(visit(story, "kabag"))


def test_who_is_nobody_in_particular_writes_nothing(story: Story) -> None:
    before = story.office.register.read(NUMBER).document.text
    nobody = replace(visit(story, "", borang="tulis", **RETOLD), signed_in=False)
    assert "Pilih dahulu nama Anda" in said(retelling_page.retelling_act(nobody))
    assert story.office.register.read(NUMBER).document.text == before
