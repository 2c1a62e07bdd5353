"""News is shown as it was typed, followed by a feed that every reader can read, and of events only what is public."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from processor.cli import setup
from processor.foundation.errors import BrokenFiles
from processor.foundation.settings import Settings
from processor.operations import office_check
from processor.site import news, news_feed, pages, public_events, published_figures
from tests.office import ROOT, agency, small_sources
from tests.site import test_official_texts
from tests.story import Story

ATOM = "{http://www.w3.org/2005/Atom}"
NEWS = """kabar:
  - {tanggal: 2026-07-01, judul: "Satu *tebal* <b>dan</b> {{ instansi }}"}
  - tanggal: 2026-08-03
    judul: Layanan tutup
    isi: "Alinea \\x07satu.\\n\\nAlinea dua & tiga."
    diperbarui: 2026-08-05
  - {tanggal: 2026-07-01, judul: Dua}
"""
EVENT = "jenis: sosialisasi\ntanggal: 2026-09-01\ncara: tatap_muka\ntempat: Aula <i>kantor</i>\nhadir: 64\nunit: [RS]\n"


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    root = small_sources(tmp_path / "sumber")
    (root / "docs" / news.FILE_NAME).write_text(NEWS, "utf-8")
    found = agency(tmp_path, root)
    (found.register / "kegiatan").mkdir(parents=True)
    (found.register / "kegiatan" / "aula.yaml").write_text(f"{EVENT}umum: 2026-08-20\nmateri: Kontrak\n", "utf-8")
    (found.register / "kegiatan" / "rapat.yaml").write_text(f"{EVENT}materi: Bukan untuk umum\n", "utf-8")
    wrong = f"{EVENT}umum: 2026-08-20\nmateri: Hubungi 0812 3456 7890\n"
    (found.register / "kegiatan" / "keliru.yaml").write_text(wrong, "utf-8")
    return found


def shown(found: Settings) -> tuple[news.NewsItem, ...]:
    return news.items(found.root / "docs", public_events.read(found))


def feed(found: Settings) -> ET.Element:
    return ET.fromstring(news_feed.feed(found, shown(found)))


def test_a_feed_has_all_that_a_reader_needs(office: Settings) -> None:
    root = feed(office)
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Sosialisasi, 1 September 2026: Kontrak", "Layanan tutup", "Satu *tebal* <b>dan</b> {{ instansi }}", "Dua",
    ]  # fmt: skip
    for part in (root, *entries):
        assert [len(part.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert datetime.fromisoformat(part.findtext(f"{ATOM}updated", "")).utcoffset() is not None
        links = part.findall(f"{ATOM}link")
        assert all(link.attrib["href"].startswith(office.situs.alamat) for link in links)
        assert [link.attrib["rel"] for link in links].count("alternate") == 1
    assert root.find(f"{ATOM}link[@rel='self']") is not None
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    assert root.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated", "") for entry in entries)
    ids = [part.findtext(f"{ATOM}id", "") for part in (root, *entries)]
    assert len({*ids}) == len(ids)
    assert all(re.fullmatch(r"(?:https?://|tag:[\w.-]+,\d{4}-\d\d-\d\d:)\S+", one) for one in ids)
    contents = [entry.find(f"{ATOM}content") for entry in entries]
    assert [one.attrib for one in contents if one is not None] == [{"type": "text"}] * 4
    assert entries[1].findtext(f"{ATOM}content") == "Alinea satu.\n\nAlinea dua & tiga."


def test_the_name_of_news_outlives_its_words_and_news_that_comes_later(office: Settings) -> None:
    before = {one.title: one.mark for one in shown(office)}
    path = office.root / "docs" / news.FILE_NAME
    later = f"{NEWS}  - {{tanggal: 2026-07-01, judul: Tiga}}\n  - {{tanggal: 2026-09-09, judul: Empat}}\n"
    path.write_text(later.replace("Layanan tutup", "Layanan ditutup").replace("Dua}", "Kedua}"), "utf-8")
    after = {one.title: one.mark for one in shown(office)}
    assert after["Layanan ditutup"] == before["Layanan tutup"]
    assert after["Kedua"] == before["Dua"] != after["Tiga"]
    assert len({*after.values()}) == 6


def test_of_events_the_site_is_handed_what_is_public_and_nothing_else(office: Settings, tmp_path: Path) -> None:
    [event] = public_events.read(office)
    assert event["isi"] == "Tempat: Aula <i>kantor</i>. Cara: tatap muka."
    handed = published_figures.hand_over(office, (), tmp_path).read_text("utf-8")
    assert [word for word in ("64", "RS", "Bukan untuk umum", "0812", "rapat", "aula") if word in handed] == []
    mark = published_figures.mark(office)
    (office.register / "kegiatan" / "rapat.yaml").write_text(f"{EVENT}materi: Juga bukan untuk umum\n", "utf-8")
    assert published_figures.mark(office) == mark, "no page is made anew for what it does not show"
    (office.register / "kegiatan" / "aula.yaml").write_text(EVENT, "utf-8")
    assert published_figures.mark(office) != mark
    assert public_events.read(office) == []


def test_an_event_is_public_from_its_day_on_and_the_pages_are_made_anew_then(office: Settings) -> None:
    today = datetime.now(office.layanan.zone).date()
    event = office.register / "kegiatan" / "aula.yaml"
    event.write_text(f"{EVENT}umum: {today + timedelta(days=2)}\nmateri: Kontrak\n", "utf-8")
    assert public_events.read(office) == []
    event.write_text(f"{EVENT}umum: {today}\nmateri: Kontrak\n", "utf-8")
    assert [one["umum"] for one in public_events.read(office)] == [today.isoformat()]
    with pytest.MonkeyPatch.context() as patch:
        before = published_figures.mark(office)
        patch.setattr(public_events, "_today", lambda _: today - timedelta(days=1))
        assert published_figures.mark(office) != before


def test_no_news_is_no_mistake_and_news_of_a_day_to_come_is_told(office: Settings) -> None:
    path = office.root / "docs" / news.FILE_NAME
    for nothing in ("kabar:\n#  - {tanggal: 2026-07-01, judul: Satu}\n", "# kabar:\n", ""):
        path.write_text(nothing, "utf-8")
        assert news.items(path.parent) == ()
    path.write_text("kabar\n", "utf-8")
    with pytest.raises(BrokenFiles):
        news.items(path.parent)
    path.write_text(NEWS.replace("2026-08-03", "2999-01-02"), "utf-8")
    [told] = news.early(office)
    assert (told.line, told.message[:31]) == (3, "Kabar bertanggal 2 Januari 2999")
    path.write_text(NEWS.replace("judul: Dua", 'judul: ""'), "utf-8")
    with pytest.raises(BrokenFiles, match=r"“kabar butir 3\.judul” belum diisi\."):
        news.items(path.parent)
    assert [*news.early(office)] == []


def test_pages_show_words_as_they_were_typed_with_the_text_to_hand_on(office: Settings) -> None:
    context = pages.context(office, published={"kegiatan": public_events.read(office)})
    page = pages.fill((ROOT / "docs" / "kabar" / "index.md").read_text("utf-8"), context)
    assert r"## Satu \*tebal\* &lt;b&gt;dan&lt;/b&gt; \{\{ instansi \}\} { #2026-07-01-1 }" in page
    assert "Aula &lt;i&gt;kantor&lt;/i&gt;" in page
    address = f"{office.situs.alamat}kabar/#2026-08-03-1"
    shared = "*Layanan tutup*\n3 Agustus 2026\n\nAlinea \x07satu.\n\nAlinea dua &amp; tiga.\n\n" + address
    assert shared.replace("\n", "&#10;") in page
    assert pages.builder_environment(office)["PAYUNG_KABAR"] == "kabar/atom.xml"
    (office.root / "docs" / news.FILE_NAME).unlink()
    nothing = pages.fill((ROOT / "docs" / "kabar" / "index.md").read_text("utf-8"), pages.context(office))
    assert "Belum ada kabar." in nothing
    assert "atom" not in nothing
    assert pages.builder_environment(office)["PAYUNG_KABAR"] == ""


def test_a_mistake_in_the_news_is_told_by_periksa_and_keeps_the_old_site(tmp_path: Path) -> None:
    story = Story(tmp_path, root=small_sources(tmp_path / "sumber"))
    path = story.settings.root / "docs" / news.FILE_NAME
    path.write_text("kabar:\n  - {tanggal: 2026-02-30, judul: Tutup}\n", "utf-8")
    told = [str(one) for one in office_check.check(story.office) if news.FILE_NAME in one.place]
    assert ["baris 2: “kabar butir 1.tanggal” bukan tanggal" in one for one in told] == [True]
    with pytest.raises(BrokenFiles):
        pages.builder_environment(story.settings)


def test_another_agency_gets_neither_news_nor_official_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "sumber"
    (root / "docs" / "kabar").mkdir(parents=True)
    (root / "docs" / "kabar" / "index.md").write_text("# Kabar\n")
    (root / "docs" / news.FILE_NAME).write_text(NEWS, "utf-8")
    test_official_texts.put(agency(tmp_path, root)).joinpath("index.md").write_text("# Naskah resmi\n")
    monkeypatch.setattr("processor.foundation.shipped.PUBLIC", ("docs",))
    monkeypatch.setattr("processor.foundation.shipped.sources", lambda: root)
    setup.copy_sources(tmp_path / "baru", {"payung.yaml": ""})
    copied = {path.relative_to(tmp_path / "baru").as_posix() for path in (tmp_path / "baru" / "docs").rglob("*.*")}
    assert copied == {"docs/kabar/index.md", "docs/resmi/index.md"}
