"""The counter at the desk: what is typed is sealed and never lost, read over, and filed once by whoever signed in."""

import re
from html import unescape
from pathlib import Path

import pytest

from processor.cases.case_file import duplicate_finding
from processor.desk import counter_pages
from processor.desk.visit import Elsewhere, NoSuchPage, Posted, Sent, Visit
from processor.operations import counter, counter_filing, steps
from tests.story import NUMBER, Story

ANSWERS = {
    "nama": "Wulan Andaiannya", "nip": "199104022015032911", "jabatan": "Pejabat Contoh", "unit_kerja": "Dinas Contoh",
    "alamat": "Jalan Andaian 17", "email": "wulan@example.org", "telepon": "0812 0000 0099",
    "uraian": "Penyedia <b>terlambat</b>.\n\nIa meminta denda dihapus.", "pertanyaan": "Wajibkah?",
}  # fmt: skip
SECRETS = ("Andaiannya", "199104022015032911", "wulan@", "terlambat")
Answer = Elsewhere | Sent | str


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """An office on a computer without LibreOffice."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return Story(tmp_path)


def visit(story: Story, key: str = "", me: str = "pengelola", **texts: str) -> Visit:
    posted = Posted({name: (text,) for name, text in texts.items()})
    return Visit(story.office, "/x/", me, {"key": key, "number": NUMBER}, posted, "t", "", signed_in=True)


def begun(story: Story, **how: str) -> str:
    answer = counter_pages.begin(visit(story, **how))
    assert isinstance(answer, Elsewhere)
    return answer.address.rpartition("/")[2]


def seal(page: Answer) -> str:
    """What a page's form carries."""
    found = re.search(r'name="sidik" value="(\w+)"', str(page))
    assert found
    return found[1]


def typed(story: Story, key: str, act: str, **texts: str) -> Answer:
    shown = counter_pages.form_page(visit(story, key))
    return counter_pages.form_act(visit(story, key, tindakan=act, sidik=seal(shown), **texts))


def test_a_request_is_typed_read_over_and_filed_once_with_its_receipt(story: Story) -> None:
    key = begun(story, kanal="telepon", kertas="2026-02-27")
    assert typed(story, key, "baca", **ANSWERS) == Elsewhere(f"/x/loket/{key}/baca")
    kept = story.office.register.folder / "loket"
    assert not [one for one in SECRETS for path in kept.iterdir() if one.encode() in path.read_bytes()]
    read = counter_pages.read_page(visit(story, key))
    assert "aria-invalid" not in counter_pages.form_page(visit(story, key)), "only what is wrong is marked"
    assert "Penyedia &lt;b&gt;terlambat&lt;/b&gt;." in read
    assert "Belum diisi." in read, "what the form asks and nobody answered is told"
    assert not [one for one in SECRETS if one in read.partition("</title>")[0]]
    assert story.office.register.numbers() == []
    done = counter_pages.file_act(visit(story, key, sidik=seal(read)))
    assert done == Elsewhere(f"/x/loket/selesai/{NUMBER}")
    filed = story.office.register.read(NUMBER)
    assert filed.case
    assert (filed.case.kanal, filed.case.uraian) == ("telepon", ANSWERS["uraian"])
    assert [one.actor for one in filed.events if one.kind == "diterima_petugas"] == ["pengelola"]
    assert [one.actor for one in filed.events if one.kind == "disunting"] == ["pengelola"]
    steps.apply(story.office, NUMBER, {("kanal",): None})
    [kept_draft] = story.settings.packages.rglob(f"*{counter_filing.KEPT}")
    counter_filing.file_again(story.office, kept_draft, counter.drafts_of(story.office))
    filed = story.office.register.read(NUMBER)
    assert filed.case
    assert filed.case.kanal == "telepon", "what is filed again from what was kept came by the same way"
    receipt = counter_pages.receipt_page(visit(story))
    assert receipt.name.startswith(f"tanda-terima-{NUMBER}.")
    assert receipt.content
    with pytest.raises(NoSuchPage):
        counter_pages.file_act(visit(story, key, sidik=seal(read)))
    assert story.office.register.numbers() == [NUMBER]


def test_what_the_form_holds_is_kept_for_whoever_goes_on_also_at_a_terminal(story: Story) -> None:
    key = begun(story)
    shown = counter_pages.form_page(visit(story, key))
    told = counter_pages.keep_act(visit(story, key, sidik=seal(shown), nama=ANSWERS["nama"], mendesak_tanggal=""))
    assert b'"pesan": ""' in told.content
    assert 'value="Wulan Andaiannya"' in counter_pages.form_page(visit(story, key))
    draft = counter.drafts_of(story.office).read(key)
    assert draft.answers == {"nama": ANSWERS["nama"]}, "what was not typed is still asked at a terminal"
    assert "1 dari" in counter_pages.counter_page(visit(story))
    assert "Andaiannya" not in counter_pages.counter_page(visit(story))


def test_two_pages_of_one_draft_lose_nothing_of_each_other(story: Story) -> None:
    key = begun(story)
    old = seal(counter_pages.form_page(visit(story, key)))
    typed(story, key, "simpan", jabatan="Yang satu")
    again = counter_pages.form_act(visit(story, key, tindakan="simpan", sidik=old, jabatan="Yang lain"))
    assert "berubah di tempat lain" in str(again)
    assert "Yang satu" in str(again)
    assert "Yang lain" in str(again)
    assert counter.drafts_of(story.office).read(key).answers["jabatan"] == "Yang satu"
    merged = counter_pages.form_act(visit(story, key, tindakan="simpan", sidik=seal(again), jabatan="Keduanya"))
    assert isinstance(merged, Elsewhere)
    read = counter_pages.read_page(visit(story, key))
    typed(story, key, "simpan", jabatan="Lain lagi")
    assert "belum didaftarkan" in str(counter_pages.file_act(visit(story, key, sidik=seal(read))))
    with counter.drafts_of(story.office).held(key):
        assert isinstance(counter_pages.form_page(visit(story, key)), str)


def test_a_draft_goes_only_once_that_was_confirmed_and_only_intake_may(story: Story) -> None:
    key = begun(story)
    assert "tidak dapat dikembalikan" in str(typed(story, key, "buang", nama="Wulan Andaiannya"))
    assert "Andaiannya" in counter_pages.form_page(visit(story, key))
    shown = counter_pages.form_page(visit(story, key))
    for act in (counter_pages.form_act, counter_pages.file_act):
        refused = act(visit(story, key, "analis", tindakan="buang-pasti", sidik=seal(shown)))
        assert "pengelola layanan" in str(refused)
    assert isinstance(counter_pages.begin(visit(story, me="analis")), str)
    assert typed(story, key, "buang-pasti") == Elsewhere("/x/loket#dibuang")
    with pytest.raises(NoSuchPage):
        counter_pages.form_page(visit(story, key))


@pytest.mark.parametrize("how", [{"kertas": "2027-01-01"}, {"kertas": "kemarin"}, {"kanal": "merpati"}])
def test_a_request_begins_only_on_a_day_that_was_and_by_a_way_that_is(story: Story, how: dict[str, str]) -> None:
    page = counter_pages.begin(visit(story, **how))
    assert isinstance(page, str)
    assert f'id="loket-{next(iter(how))}-salah"' in page
    assert "Belum didaftarkan" not in page


def test_what_may_be_there_already_is_told_and_a_damaged_draft_stops_no_other(story: Story) -> None:
    for _ in range(2):
        key = begun(story)
        typed(story, key, "baca", **ANSWERS)
        read = counter_pages.read_page(visit(story, key))
        assert isinstance(counter_pages.file_act(visit(story, key, sidik=seal(read))), Elsewhere)
    second = Visit(story.office, "/x/", "pengelola", {"number": "BH-2026-0002"}, Posted(), "t", "", signed_in=True)
    assert duplicate_finding(NUMBER) in unescape(counter_pages.filed_page(second))
    (story.office.register.folder / "loket" / "rusak.age").write_bytes(b"rusak")
    begun(story)
    page = counter_pages.counter_page(visit(story))
    assert "tidak terbuka" in page
    assert "0 dari" in page
