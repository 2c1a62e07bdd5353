"""The desk's page of a study: what is typed is saved as by a command, and no word of two people is lost."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount

from processor.cases import decision_digests
from processor.desk import server, study_page
from processor.desk.server import Visitor
from processor.desk.visit import Elsewhere, FormFile, NoSuchPage, Posted, Visit
from processor.foundation import loopback, yaml_editor
from processor.foundation.errors import Busy
from processor.operations import (
    edit_session,
    leftovers,
    steps,
    study_drafts,
    study_holders,
    study_print,
    study_remarks,
    study_texts,
)
from processor.operations.act_journal import Person
from tests import accessibility
from tests.commands import payung
from tests.desk.test_server import post as posted_to
from tests.letters.study.word_files import with_words
from tests.office import response
from tests.story import NUMBER, OFFICERS, Story

STAFF = OFFICERS | {"analis2": {"nama": "Analis Kedua", "peran": ["analis_hukum"]}}
HOSTILE = "<script>window.hacked = 1</script>"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """An office in which a study waits to be written."""
    story = Story(tmp_path_factory.mktemp("kantor"), officers=STAFF)
    story.receives(response(1))
    today = story.now.date()
    story.writes(steps.verify("diteruskan", "pengelola", today, topik="pengadaan"), steps.assign("analis", "kabag", []))
    return story


@pytest.fixture
def story(begun: Story) -> Story:
    """The same with an untouched study and nobody at it."""
    path = case_path(begun)
    empty: Mapping[tuple[str, str], Any] = {("kajian", key): None for key in study_texts.of_case(case(begun))}
    yaml_editor.write(path, path.read_text("utf-8"), {**empty, ("kajian", "saran"): "Tolak."})
    for kind in ("penyunting", study_drafts.FOLDER):
        for left in (begun.office.register.state_folder / kind).glob("*"):
            left.unlink()
    return begun


def case_path(story: Story) -> Path:
    return story.office.register.path(NUMBER) / "permohonan.yaml"


def case(story: Story) -> Any:
    return story.office.register.read(NUMBER).case


def visit(story: Story, me: str = "analis", **texts: str) -> Visit:
    posted = Posted({key.replace("__", "-"): (text,) for key, text in texts.items()})
    return Visit(story.office, "/x/", me, {"number": NUMBER}, posted, "t", "akun")


def opened(story: Story, me: str = "analis") -> str:
    return study_page.study_page(visit(story, me))


def form(page: str) -> dict[str, str]:
    """What a browser would send of the form of a page, as it stands."""
    texts = re.findall(r'<textarea[^>]* name="([-\w]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    marks = re.findall(r'name="(sidik-\w+)" value="(\w+)"', page)
    return {name.replace("-", "__"): unescape(text) for name, text in (*texts, *marks)}


def post(story: Story, me: str, act: str, **texts: str) -> str:
    """The page that is shown again; "" where the browser is sent elsewhere."""
    done = study_page.study_act(visit(story, me, **texts, tindakan=act))
    return "" if isinstance(done, Elsewhere) else done


def test_what_is_typed_is_saved_by_the_same_step_and_the_rest_of_the_file_stays(story: Story) -> None:
    path = case_path(story)
    path.write_text(path.read_text("utf-8") + "# catatan sendiri\nkunci_sendiri: tetap\n", "utf-8")
    shown = form(opened(story))
    typed = {**shown, "isu_hukum": "Boleh menolak?\r\n\r\nBagaimana caranya?", "analisis": "Boleh.\r\n\r\n- Satu."}
    done = study_page.study_act(visit(story, **typed, tindakan="simpan"))
    assert done == Elsewhere(f"/x/{NUMBER}/kajian?petugas=analis#tersimpan")
    study = case(story).kajian
    assert study.isu_hukum == ("Boleh menolak?", "Bagaimana caranya?")
    assert (study.analisis, study.saran, study.dasar_hukum) == ("Boleh.\n\n- Satu.", "Tolak.", ())
    assert path.read_text("utf-8").endswith("# catatan sendiri\nkunci_sendiri: tetap\n")
    assert story.office.register.read(NUMBER).events[-1].actor == "analis"


def test_what_the_applicant_asks_stands_beside_the_study(story: Story) -> None:
    path = case_path(story)
    before = path.read_text("utf-8")
    path.write_text(before.replace(case(story).pertanyaan, "Bolehkah <b>saya</b> menolak?"), "utf-8")
    page = opened(story)
    path.write_text(before, "utf-8")
    assert '<dd class="kata">Bolehkah &lt;b&gt;saya&lt;/b&gt; menolak?</dd>' in page


def test_nothing_typed_writes_nothing(story: Story) -> None:
    before = case_path(story).read_bytes()
    assert post(story, "analis", "simpan", **form(opened(story))) == ""
    assert case_path(story).read_bytes() == before


def test_a_part_that_changed_meanwhile_is_shown_in_both_versions_and_neither_is_lost(story: Story) -> None:
    shown = form(opened(story))
    steps.apply(story.office, NUMBER, {("kajian", "saran"): "Tolak hari ini juga.", ("kajian", "rujukan"): "BKD."})
    page = post(story, "analis", "simpan", **{**shown, "saran": "Tolak tertulis.", "analisis": "Boleh."})
    assert "Belum tersimpan: bagian yang sama berubah" in page
    assert "<del>hari ini juga.</del><ins>tertulis.</ins>" in page
    again = form(page)
    assert (again["saran"], again["analisis"]) == ("Tolak tertulis.", "Boleh.")
    assert case(story).kajian.saran == "Tolak hari ini juga."
    assert post(story, "analis", "simpan", **again) == ""
    study = case(story).kajian
    assert (study.saran, study.analisis, study.rujukan) == ("Tolak tertulis.", "Boleh.", "BKD."), "untouched stays"


def test_who_knows_one_change_is_shown_the_next(story: Story) -> None:
    shown = form(opened(story))
    steps.apply(story.office, NUMBER, {("kajian", "saran"): "Kedua."})
    again = form(post(story, "analis", "simpan", **{**shown, "saran": "Milik saya."}))
    steps.apply(story.office, NUMBER, {("kajian", "saran"): "Ketiga."})
    assert "Ketiga." in post(story, "analis", "simpan", **again)
    assert case(story).kajian.saran == "Ketiga."


@pytest.mark.parametrize("me", ["", "kabag", "analis2", "pengelola"])
def test_only_the_analyst_of_the_case_writes_and_all_others_read(story: Story, me: str) -> None:
    page = opened(story, me)
    assert "Simpan ke permohonan" not in page
    before = case_path(story).read_bytes()
    said = post(story, me, "simpan", **{**form(page), "saran": "Terima saja."})
    assert "Yang menulis kajian ini ialah analisnya" in said
    assert form(said)["saran"] == "Terima saja."
    assert post(story, me, "ambil-alih", **form(page))
    study_page.draft_act(visit(story, me, **{**form(page), "saran": "Terima saja."}))
    assert case_path(story).read_bytes() == before
    assert study_drafts.left(story.office, NUMBER, me) is None


def test_a_case_that_is_not_there_has_no_page(story: Story) -> None:
    with pytest.raises(NoSuchPage):
        study_page.study_page(Visit(story.office, "/x/", "analis", {"number": "../loket"}))


def test_what_is_no_markdown_of_letters_is_told_beside_its_part_with_its_line(story: Story) -> None:
    texts = {**form(opened(story)), "analisis": "Boleh.\n\n~~Tidak~~ ada.", "dasar_hukum": "uu-30-2014\nuu-1-1900"}
    page = unescape(post(story, "analis", "pratinjau", **texts))
    assert re.search(r'id="temuan-analisis">\s*<li><strong>Baris 3:</strong> Coretan ~~', page)
    assert re.search(r'id="temuan-dasar_hukum">\s*<li><strong>Baris 2:</strong> Dasar hukum “uu-1-1900”', page)


def test_the_preview_reads_as_the_letter_does_and_runs_nothing(story: Story) -> None:
    texts = {
        "analisis": f"## Dasar\n\n1. **Satu** {HOSTILE}\n2. Dua[^1]\n\n> Pasal 5\n\n[^1]: Catatan.",
        "dasar_hukum": "uu-30-2014",
        "isu_hukum": "Apakah *boleh*?",
    }
    sent = study_page.preview_act(visit(story, **texts)).content.decode()
    assert "<h4>Dasar</h4>" in sent
    assert '<span class="tanda-butir">1.</span><span><strong>Satu</strong> &lt;script&gt;' in sent
    assert "Dua<sup>1</sup>" in sent
    assert '<p class="dalam-0 kutipan">Pasal 5</p>' in sent
    assert "<li>Apakah <em>boleh</em>?</li>" in sent
    assert "<li>Undang-Undang Nomor 30 Tahun 2014" in sent
    page = post(story, "analis", "pratinjau", **texts)
    assert "<script>window" not in page
    assert "<h4>Dasar</h4>" in page


def test_a_regulation_is_added_by_a_button_and_what_was_typed_stays(story: Story) -> None:
    texts = {**form(opened(story)), "dasar_hukum": "uu-5-2014", "saran": "Ditulis."}
    page = study_page.study_act(visit(story, **texts, tambah="uu-30-2014"))
    assert isinstance(page, str)
    assert form(page)["dasar_hukum"] == "uu-5-2014\nuu-30-2014"
    assert form(page)["saran"] == "Ditulis."
    assert "dicabut, pengganti:" in page


def test_earlier_answers_are_found_beside_what_is_typed(story: Story) -> None:
    texts = {**form(opened(story)), "saran": "Ditulis."}
    page = post(story, "analis", "cari", **texts, cari="kata yang tak ada")
    assert "Tidak ada permohonan lain" in page
    assert form(page)["saran"] == "Ditulis."


def test_a_draft_is_sealed_offered_with_its_difference_and_gone_once_saved(story: Story) -> None:
    shown = form(opened(story))
    typed = {**shown, "saran": "Tolak dengan surat."}
    answer = json.loads(study_page.draft_act(visit(story, **typed)).content)
    assert answer["pesan"] == ""
    kept = study_drafts.path(story.office, NUMBER, "analis").read_bytes()
    assert b"dengan surat" not in kept
    assert case(story).kajian.saran == "Tolak."
    page = opened(story)
    assert "Ada draf Anda yang belum disimpan" in page
    assert "<ins>Tolak dengan surat.</ins>" in page
    taken_up = form(post(story, "analis", "pakai-draf", **form(page)))
    assert taken_up["saran"] == "Tolak dengan surat."
    assert "Ada draf Anda" not in opened(story, "kabag")
    assert post(story, "analis", "simpan", **taken_up) == ""
    assert study_drafts.left(story.office, NUMBER, "analis") is None
    assert "Ada draf" not in opened(story)


def test_a_page_that_merely_stays_open_and_one_that_shows_a_draft_take_no_draft_away(story: Story) -> None:
    shown = form(opened(story))
    study_page.draft_act(visit(story, **{**shown, "saran": "Dari tab lain."}))
    study_page.draft_act(visit(story, **shown, tindakan="detak"))
    offered = opened(story)
    assert "<ins>Dari tab lain.</ins>" in offered
    assert "data-tulis" not in offered
    assert "Simpan ke permohonan" not in offered


def test_without_a_script_every_button_keeps_what_was_typed_as_a_draft(story: Story) -> None:
    shown = form(opened(story))
    for act in ("pratinjau", "selesai"):
        post(story, "analis", act, **{**shown, "saran": f"Sesudah {act}."})
        assert f"Sesudah {act}." in opened(story)


def test_a_draft_from_before_a_change_is_compared_when_it_is_saved(story: Story) -> None:
    study_page.draft_act(visit(story, **{**form(opened(story)), "saran": "Milik saya."}))
    steps.apply(story.office, NUMBER, {("kajian", "saran"): "Milik orang lain."})
    page = post(story, "analis", "simpan", **form(post(story, "analis", "pakai-draf", **form(opened(story)))))
    assert "Milik orang lain." in page
    assert form(page)["saran"] == "Milik saya."


def test_a_draft_is_thrown_away_on_demand_and_by_the_pass_once_the_case_is_over(story: Story) -> None:
    typed = {**form(opened(story)), "saran": "Milik saya."}
    study_page.draft_act(visit(story, **typed))
    study_drafts.sweep(story.office)
    assert study_drafts.left(story.office, NUMBER, "analis"), "the case is not over"
    assert post(story, "analis", "buang-draf", **typed) == ""
    assert study_drafts.left(story.office, NUMBER, "analis") is None
    study_drafts.keep(story.office, "BH-2026-0099", "analis", typed, {})
    leftovers.sweep(story.office)
    assert study_drafts.left(story.office, "BH-2026-0099", "analis") is None


def test_the_note_of_who_writes_goes_with_a_pass_once_its_page_was_closed(story: Story) -> None:
    opened(story)
    note = story.office.register.state_folder / "penyunting" / f"{NUMBER}.json"
    leftovers.sweep(story.office)
    assert note.exists()
    story.later(minutes=11)
    leftovers.sweep(story.office)
    assert not note.exists()


def test_the_second_is_told_who_writes_and_takes_over_only_knowingly(story: Story) -> None:
    first = form(opened(story))
    steps.apply(story.office, NUMBER, steps.assign("analis2", "kabag", []))
    try:
        page = opened(story, "analis2")
        assert "sedang ditulis di meja oleh Analis Contoh sejak" in page
        assert "Simpan ke permohonan" not in page
        assert "Ambil alih" in post(story, "analis2", "simpan", **{**first, "saran": "Lain."}), "not unknowingly"
        assert case(story).kajian.saran == "Tolak."
        assert "Simpan ke permohonan" in post(story, "analis2", "ambil-alih", **form(page))
        steps.apply(story.office, NUMBER, steps.assign("analis", "kabag", []))
        told = json.loads(study_page.draft_act(visit(story, **{**first, "saran": "Milik saya."})).content)
        assert "Analis Kedua" in told["pesan"]
        draft = study_drafts.left(story.office, NUMBER, "analis")
        assert draft
        assert draft.texts["saran"] == "Milik saya."
        story.later(minutes=11)
        assert "Sedang ditulis orang lain" not in opened(story), "the other page was closed long ago"
    finally:
        steps.apply(story.office, NUMBER, steps.assign("analis", "kabag", []))


def test_payung_sunting_and_the_desk_see_each_other(story: Story) -> None:
    opened(story)
    with pytest.raises(Busy, match="Analis Contoh"), edit_session.session(story.office, NUMBER, Person("", "akun")):
        pass
    with edit_session.session(story.office, NUMBER, Person("", "akun"), take_over=True):
        page = opened(story)
        assert "payung sunting di komputer kantor" in page
        assert "Simpan ke permohonan" in post(story, "analis", "ambil-alih", **form(page))
    assert "Simpan ke permohonan" in opened(story)
    post(story, "analis", "selesai")
    with edit_session.session(story.office, NUMBER, Person("", "akun")):
        assert "payung sunting di komputer kantor" in opened(story)
    assert "payung sunting di komputer kantor" not in opened(story)


def test_a_word_file_that_a_command_takes_in_while_somebody_types_loses_neither_text(
    story: Story, tmp_path: Path
) -> None:
    page = opened(story)
    edited = tmp_path / "kajian.docx"
    edited.write_bytes(with_words(study_page.word_page(visit(story)).content, "Tolak.", "Tolak dengan surat."))
    clocked = replace(story.office, clock=lambda: datetime.now(UTC))
    study_holders.claim(clocked, NUMBER, Person("analis", at_desk=True), take_over=True)
    folder = story.settings.path.parent
    said = payung("susun", NUMBER, "--dari-word", edited, "--oleh", "analis", folder=folder)
    assert f"{NUMBER} sedang ditulis di meja oleh Analis Contoh" in said
    study_holders.release(story.office, NUMBER, Person("analis", at_desk=True))
    typed = {**form(page), "saran": "Tolak dengan lisan."}
    told = json.loads(study_page.draft_act(visit(story, **typed)).content)
    assert told["pesan"].startswith("Berubah di permohonan sementara Anda menulis: Saran.")
    both = post(story, "analis", "simpan", **typed)
    assert "Tolak dengan surat." in both
    assert form(both)["saran"] == "Tolak dengan lisan."
    assert case(story).kajian.saran == "Tolak dengan surat."
    draft = study_drafts.left(story.office, NUMBER, "analis")
    assert draft
    assert draft.texts["saran"] == "Tolak dengan lisan."


def from_word(story: Story, content: bytes, **texts: str) -> str:
    """The page once a Word file was sent with a form."""
    asked = visit(story, **texts, tindakan="dari-word")
    posted = replace(asked.posted, files={"berkas": FormFile(f"../../{HOSTILE}.docx", content)} if content else {})
    page = study_page.study_act(replace(asked, posted=posted))
    assert isinstance(page, str)
    return page


def test_a_study_goes_to_word_and_comes_back_into_its_boxes_before_anything_is_saved(story: Story) -> None:
    sent = study_page.word_page(visit(story))
    assert sent.name == f"kajian-{NUMBER}.docx"
    edited = with_words(sent.content, "Tolak.", "Tolak dengan surat.")
    page = from_word(story, edited, **form(opened(story)))
    assert "<ins>Tolak dengan surat.</ins>" in page
    assert form(page)["saran"] == "Tolak dengan surat."
    assert case(story).kajian.saran == "Tolak."
    assert post(story, "analis", "simpan", **form(page)) == ""
    assert case(story).kajian.saran == "Tolak dengan surat."


def test_what_only_a_person_can_decide_of_a_word_file_is_asked_and_the_file_kept(story: Story) -> None:
    words = 'Tolak</w:t></w:r><w:ins w:author="Analis"><w:r><w:t xml:space="preserve"> segera</w:t></w:r></w:ins>'
    words += "<w:r><w:t>."
    tracked = with_words(study_page.word_page(visit(story)).content, "Tolak.", words)
    made = docx.Document(io.BytesIO(tracked))
    made.add_comment(made.paragraphs[-1].add_run("x"), "Sebut pasalnya.", author="Kabag")
    made.save(buffer := io.BytesIO())
    shown = form(opened(story))
    page = from_word(story, buffer.getvalue(), **shown)
    assert "Ada 1 perubahan terlacak" in page
    assert HOSTILE not in page
    assert post(story, "analis", "simpan", **form(page), **hidden(page)) == "", "nothing of it was taken yet"
    assert case(story).kajian.saran == "Tolak."
    answered = from_word(story, b"", **shown, **hidden(page), jawab__perubahan="terima", jawab__komentar="tinggalkan")
    assert "komentar (1)" in answered
    again = post(story, "analis", "pratinjau", **form(answered), **hidden(answered))
    folder = story.office.register.path(NUMBER) / "keluar"
    before = {*folder.glob("kajian-*.docx")}
    assert post(story, "analis", "simpan", **form(again), **hidden(again)) == ""
    assert case(story).kajian.saran == "Tolak segera."
    (kept,) = {*folder.glob("kajian-*.docx")} - before
    assert (kept.read_bytes(), re.fullmatch(r"kajian-\w{8}.docx", kept.name) is None) == (buffer.getvalue(), False)
    assert not [*story.settings.path.parent.parent.rglob("*script>*")]


def hidden(page: str) -> dict[str, str]:
    """What else a form carries of a Word file."""
    return {
        key.replace("-", "__"): unescape(text) for key, text in re.findall(r'name="(word[-\w]*)" value="(.*?)"', page)
    }


@pytest.mark.parametrize("content", [b"", b"PK bukan Word"])
def test_a_file_that_is_no_word_file_is_refused_and_what_was_typed_stays(story: Story, content: bytes) -> None:
    page = from_word(story, content, **{**form(opened(story)), "saran": "Ditulis."})
    assert "Belum tersimpan" in page
    assert form(page)["saran"] == "Ditulis."


def test_the_pdf_says_what_its_letter_lacks_and_names_nobody(story: Story) -> None:
    shown = form(opened(story))
    page = study_page.pdf_act(visit(story, **shown))
    assert isinstance(page, str)
    assert "kajian.analisis belum diisi" in page
    whole = {"kasus_posisi": "Fakta.", "isu_hukum": "Boleh?", "dasar_hukum": "uu-30-2014", "analisis": "Boleh."}
    typed = {"saran": "Tolak.", **whole, "kesimpulan": "Tentu boleh."}
    name, content = study_print.letter(story.office, NUMBER, typed)
    words = "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)
    assert name == "pendapat-hukum.docx"
    assert "Tentu boleh." in words
    assert "Orang Rekaan" not in words
    assert case(story).kajian.kesimpulan == "", "nothing is saved"


def test_a_browser_keeps_a_draft_and_shows_the_letter_while_one_types(story: Story, browser: Browser) -> None:
    with server.serve_desk(lambda: story.office, 0) as address, browser.new_context() as context:
        tab = context.new_page()
        errors: list[str] = []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(f"{address}{NUMBER}/kajian?petugas=analis")
        tab.clock.install()
        tab.reload()
        _with_buttons_and_keys(tab)
        tab.fill("#analisis", f"Boleh **menolak**. {HOSTILE}")
        tab.clock.run_for(5000)
        tab.wait_for_selector("#pratinjau strong:has-text('menolak')")
        tab.wait_for_selector("#draf-kabar:has-text('Draf tersimpan')")
        assert not accessibility.violations(tab)
        tab.goto(f"{address}{NUMBER}/kajian?petugas=analis")
        tab.click("text=Lanjutkan draf")
        tab.click("text=Simpan ke permohonan")
        tab.wait_for_url("**#tersimpan")
        assert tab.is_visible("#tersimpan")
        assert not errors
    assert case(story).kajian.analisis == f"Boleh **menolak**. {HOSTILE}"


def _with_buttons_and_keys(tab: Page) -> None:
    """Marks are set by buttons and keys, Ctrl+Z takes them back, and a Word file that is dropped is chosen."""
    tab.fill("#saran", "satu\ndua")
    tab.press("#saran", "Control+A")
    tab.focus("[aria-label='Tanda untuk Saran'] button:has-text('Nomor')")
    tab.keyboard.press("Enter")
    assert tab.input_value("#saran") == "1. satu\n2. dua"
    tab.keyboard.press("Control+Z")
    assert tab.input_value("#saran") == "satu\ndua"
    tab.fill("#saran", " tegas ")
    tab.press("#saran", "Control+A")
    tab.press("#saran", "Control+B")
    assert tab.input_value("#saran") == " **tegas** "
    assert tab.locator("[aria-label='Tanda untuk Dasar hukum']").count() == 0
    tab.evaluate("""() => {
      const dropped = new DataTransfer();
      dropped.items.add(new File(["isi"], "kajian.docx"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
    }""")
    assert tab.evaluate("document.getElementById('berkas').files[0].name") == "kajian.docx"
    assert tab.evaluate("document.activeElement.id") == "baca-word"
    tab.evaluate("document.getElementById('berkas').value = ''")


@pytest.fixture
def reviewed(story: Story) -> Iterator[Story]:
    """The office once the study waits for its reviewer; taken back afterwards."""
    story.studies()
    steps.apply(story.office, NUMBER, steps.set_study_ready(done=True))
    yield story
    path = case_path(story)
    emptied: Mapping[tuple[str, str], Any] = {
        ("pemeriksaan", key): None for key in ("keputusan", "tanggal", "catatan", "komentar_bagian")
    }
    yaml_editor.write(path, path.read_text("utf-8"), {**emptied, **steps.set_study_ready(done=False)})


def test_the_reviewer_comments_a_part_and_the_analyst_sees_it_there_in_every_round(reviewed: Story) -> None:
    digest = decision_digests.digests(case(reviewed))
    shown = form(opened(reviewed, "kabag"))
    assert "sidik__komentar" in shown
    said = {**shown, "komentar__analisis": "Sebut pasalnya.\n\nDua kali.", "komentar__saran": "Terlalu singkat."}
    assert post(reviewed, "kabag", "komentari", **said) == ""
    assert study_remarks.given(case(reviewed)) == {
        "analisis": "Sebut pasalnya.\n\nDua kali.",
        "saran": "Terlalu singkat.",
    }
    assert decision_digests.digests(case(reviewed)) == digest, "a comment decides nothing"
    today = reviewed.now.date()
    steps.apply(reviewed.office, NUMBER, steps.review("dikembalikan", "kabag", today, "Perbaiki."))
    page = opened(reviewed)
    assert re.search(r'id="said-saran">.*?Terlalu singkat\.', page, re.DOTALL)
    assert "Simpan komentar" not in page
    steps.apply(reviewed.office, NUMBER, {("kajian", "saran"): "Panjang.", **steps.set_study_ready(done=True)})
    emptied = {**form(opened(reviewed, "kabag")), "komentar__saran": ""}
    assert post(reviewed, "kabag", "komentari", **emptied) == ""
    assert "saran" not in study_remarks.given(case(reviewed))
    assert "Terlalu singkat." in opened(reviewed), "the round before stays to be seen"


def test_comments_that_changed_meanwhile_are_not_written_over_and_only_the_reviewer_comments(reviewed: Story) -> None:
    shown = {**form(opened(reviewed, "kabag")), "komentar__saran": "Milik saya."}
    steps.apply(reviewed.office, NUMBER, {("pemeriksaan", "komentar_bagian"): {"saran": "Lain.", "tambahan": "Kami."}})
    page = post(reviewed, "kabag", "komentari", **shown)
    assert "Komentar pemeriksa berubah sejak ditampilkan" in page
    assert form(page)["komentar__saran"] == "Milik saya."
    for stranger in ("analis", "analis2", ""):
        assert "Yang menulis kajian ini" in post(reviewed, stranger, "komentari", **form(page))
    assert study_remarks.given(case(reviewed)) == {"saran": "Lain."}
    assert post(reviewed, "kabag", "komentari", **form(page)) == ""
    assert study_remarks.given(case(reviewed)) == {"saran": "Milik saya."}
    assert "tambahan: Kami." in case_path(reviewed).read_text("utf-8"), "the office's own key stays"


def test_a_signed_in_reviewer_may_post_comments_and_nobody_else(reviewed: Story) -> None:
    def signed_in(request: Request) -> Visitor:
        return Visitor(request.path_params["who"], "tanda", signed_in=True)

    mounted = Mount("/meja/{who}", routes=server.routes(lambda: reviewed.office, "/meja/", signed_in))
    typed = {"komentar-saran": "Singkat.", "sidik-komentar": study_remarks.mark({}), "tanda": "tanda"}
    with loopback.answering(Starlette(routes=[mounted]), loopback.bind(0, "payung meja")) as address:
        answers = [
            posted_to(address, f"{who}/{NUMBER}/kajian", **typed)[0] for who in ("analis2", "pengelola", "kabag")
        ]
    assert answers == [422, 422, 303]
    assert study_remarks.given(case(reviewed)) == {"saran": "Singkat."}
