"""A complaint that is taken in at the desk: sealed while it is typed, its typist's alone, and filed once."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from processor.cases import complaint_register
from processor.desk import complaint_new_page, complaints_page
from processor.desk.visit import Elsewhere, NoSuchPage, Posted, Visit
from processor.operations.complaints import complaint_drafts
from tests.operations.complaints.test_complaint_acts import NUMBER, PERSON, SECRETS, WORDS
from tests.story import Story

KEY = "0123456789abcdef" * 2
NEW = {
    "kanal": "loket", "jenis": "sikap", "diadukan": "analis", "tanggal": "2026-03-02", "lewat": "email",
    "nama": PERSON[0], "alamat": PERSON[1], "email": PERSON[2], "isi": WORDS,
}  # fmt: skip


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path)


def visit(story: Story, me: str = "pengelola", key: str = KEY, **texts: str) -> Visit:
    posted = Posted({name: (text,) for name, text in texts.items()})
    return Visit(story.office, "/x/", me, {"key": key}, posted, "t", "", signed_in=True)


def pressed(story: Story, act: str, me: str = "pengelola", seal: str = "", **texts: str) -> Elsewhere | str:
    return complaint_new_page.take_new(visit(story, me, tindakan=act, isian=KEY, sidik=seal, **texts))


def autosaved(story: Story, seal: str = "", **texts: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(
        complaint_new_page.keep_act(visit(story, isian=KEY, sidik=seal, **texts)).content
    )
    return found


def seal(page: object) -> str:
    """What a page's form carries."""
    [found] = re.findall(r'name="sidik" value="(\w*)"', str(page))
    return str(found)


def numbers(story: Story) -> list[str]:
    return complaint_register.numbers(story.office.register)


def test_what_was_typed_comes_back_sealed_and_to_nobody_else(story: Story) -> None:
    told = autosaved(story, nama=PERSON[0], isi=WORDS)
    assert (told["pesan"], bool(told["disimpan"])) == ("", True)
    files = [one for one in story.settings.register.rglob("*") if one.is_file()]
    assert not [secret for secret in SECRETS for one in files if secret.encode() in one.read_bytes()]
    assert not [one for one in files if "pengelola" in one.name]
    assert f'href="/x/pengaduan/baru/{KEY}"' in complaints_page.complaints_page(visit(story))
    page = unescape(complaint_new_page.draft_page(visit(story)))
    assert WORDS in page
    assert seal(page) == told["sidik"]
    for other in ("kabag", "analis"):
        assert KEY not in complaints_page.complaints_page(visit(story, other))
        with pytest.raises(NoSuchPage):
            complaint_new_page.draft_page(visit(story, other))


def test_it_is_filed_once_however_often_the_button_is_pressed_and_its_draft_is_gone(story: Story) -> None:
    kept = autosaved(story, **NEW)["sidik"]
    done = Elsewhere(f"/x/pengaduan/{NUMBER}#tercatat")
    assert pressed(story, "catat", seal=kept, **NEW) == done
    assert pressed(story, "catat", seal=kept, **NEW) == done
    assert numbers(story) == [NUMBER]
    filing = complaint_register.read(story.office.register, NUMBER).events[0]
    assert filing.actor == "pengelola"
    assert KEY not in str(filing.data)
    assert complaint_drafts.left(story.office, "pengelola") == []
    late = pressed(story, "catat", seal=kept, **NEW | {"isi": "Ditulis sesudahnya."})
    assert f"sudah dicatat sebagai {NUMBER}, dengan isi lain" in str(late), "another page of the same draft"
    assert "Ditulis sesudahnya." in complaint_new_page.draft_page(visit(story))
    assert numbers(story) == [NUMBER]


def test_two_pages_of_one_draft_lose_nothing_of_each_other(story: Story) -> None:
    first = autosaved(story, isi="Yang satu")
    assert autosaved(story, isi="Yang lain")["pesan"]
    again = pressed(story, "catat", **NEW | {"isi": "Yang lain"})
    assert "berubah di halaman lain" in str(again)
    assert "Yang satu" in str(again)
    assert "Yang lain" in str(again)
    assert numbers(story) == []
    assert seal(again) == first["sidik"]
    merged = pressed(story, "simpan", seal=seal(again), isi="Keduanya")
    assert merged == Elsewhere(f"/x/pengaduan/baru/{KEY}#tersimpan")
    assert "Keduanya" in complaint_new_page.draft_page(visit(story))


def test_a_draft_goes_only_once_that_was_confirmed(story: Story) -> None:
    shown = pressed(story, "buang", isi=WORDS)
    assert "tidak dapat dikembalikan" in str(shown)
    assert complaint_drafts.left(story.office, "pengelola")
    assert pressed(story, "buang-pasti", seal=seal(shown), isi=WORDS) == Elsewhere("/x/pengaduan#dibuang")
    assert complaint_drafts.left(story.office, "pengelola") == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"isi": ""}, "isi"), ({"email": "bukan"}, "email"), ({"email": ""}, "lewat"),
        ({"lewat": "surat", "anonim": "ya"}, "lewat"), ({"kanal": "merpati"}, "kanal"),
        ({"tanggal": "2027-01-01"}, "tanggal"),
    ],
)  # fmt: skip
def test_it_says_beside_the_field_what_is_missing_and_keeps_what_was_typed(
    story: Story, change: dict[str, str], field: str
) -> None:
    page = pressed(story, "catat", **NEW | change)
    assert f'id="baru-{field}-salah"' in str(page)
    assert PERSON[0] in str(page)
    assert PERSON[0] in complaint_new_page.draft_page(visit(story))
    assert numbers(story) == []


def test_nobody_takes_in_a_complaint_about_themselves_and_no_other_form_or_key_is_taken(story: Story) -> None:
    assert isinstance(pressed(story, "catat", "analis", **NEW), str)
    assert numbers(story) == []
    for key in ("", "../../kantor", KEY.upper()):
        with pytest.raises(NoSuchPage):
            complaint_new_page.take_new(visit(story, tindakan="catat", isian=key, **NEW))
        with pytest.raises(NoSuchPage):
            complaint_new_page.draft_page(visit(story, key=key))
    place = next(story.settings.register.rglob("draf-pengaduan"))
    [draft] = place.glob("*.age")
    draft.write_bytes(b"rusak")
    assert complaint_drafts.left(story.office, "analis") == []
