"""The list of cases: what an address asks for is what is shown, in its order, and what is taken away as a file."""

import csv
import html
import io
import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlsplit

import openpyxl  # type: ignore[import-untyped]  # it has none
import pytest

from processor.desk import case_list, many_steps
from processor.desk.visit import NoSuchPage, Posted, Sent, Visit
from processor.operations import list_cells, steps
from tests.office import response
from tests.story import OFFICERS, Story

FRESH, SENT, STUDIED, AWAY = (f"BH-2026-{serial:04d}" for serial in range(1, 5))
BUREAU = {"biro": {"nama": "Kepala Biro Contoh", "peran": ["kepala_biro"]}}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """An office with four cases: a new one, one forwarded, one studied, one put away."""
    told = Story(tmp_path_factory.mktemp("kantor"), officers={**OFFICERS, **BUREAU})
    words = {2: "Perkara sewa kendaraan.", 4: "Perkara sewa gedung."}
    told.receives(*(response(serial, minute=serial, uraian=words.get(serial, "Lain.")) for serial in range(1, 5)))
    day = told.now.date()
    for number in (SENT, STUDIED):
        steps.apply(told.office, number, steps.verify("diteruskan", "pengelola", day, topik="pengadaan"))
    steps.apply(told.office, STUDIED, steps.assign("analis", "kabag", []))
    steps.apply(told.office, AWAY, steps.withdraw(day, "Lewat telepon."))
    told.passes()
    steps.apply(told.office, AWAY, steps.archive(day))
    told.passes()
    return told


def visit(story: Story, me: str = "pengelola", **asked: str) -> Visit:
    return Visit(story.office, "/", me, asked, token="t", signed_in=True)


def numbers(page: str) -> list[str]:
    return re.findall(r'<th role="rowheader" scope="row">.*?(BH-2026-\d{4})(?:</a>)?</th>', page)


def asked_by(page: str, words: str) -> Mapping[str, str]:
    """What the link of those words asks for."""
    found = re.search(rf'href="([^"]*)"[^>]*>{words}', page)
    assert found, words
    return dict(parse_qsl(urlsplit(html.unescape(found[1])).query))


def test_what_is_archived_comes_with_words_its_status_or_on_demand(story: Story) -> None:
    assert numbers(case_list.list_page(visit(story))) == [FRESH, SENT, STUDIED]
    narrowed: tuple[dict[str, str], ...] = ({"q": "sewa gedung"}, {"q": "0004"}, {"status": "diarsipkan"})
    for asked in narrowed:
        assert numbers(case_list.list_page(visit(story, **asked))) == [AWAY], asked
    everything = case_list.list_page(visit(story, arsip="ya"))
    assert {*numbers(everything)} == {FRESH, SENT, STUDIED, AWAY}
    assert "Tampilkan juga 1 di arsip" in case_list.list_page(visit(story))


@pytest.mark.parametrize(
    ("order", "shown"),
    [
        ("nomor", [FRESH, SENT, STUDIED]),
        ("-nomor", [STUDIED, SENT, FRESH]),
        ("status", [FRESH, STUDIED, SENT]),  # diajukan, disusun, diteruskan
        ("-status", [SENT, STUDIED, FRESH]),
        ("topik", [SENT, STUDIED, FRESH]),
        ("-topik", [SENT, STUDIED, FRESH]),  # what has none stands last
        ("tidak-ada", [FRESH, SENT, STUDIED]),
    ],
)
def test_any_column_puts_the_list_in_order_either_way(story: Story, order: str, shown: list[str]) -> None:
    assert numbers(case_list.list_page(visit(story, urut=order))) == shown


def test_every_link_keeps_all_that_was_asked_for(story: Story) -> None:
    page = case_list.list_page(visit(story, q="lain", topik="pengadaan", urut="nomor", arsip="ya"))
    kept = {"q": "lain", "topik": "pengadaan", "urut": "nomor", "arsip": "ya"}
    assert asked_by(page, "disusun") == {**kept, "status": "disusun"}
    assert asked_by(page, "status") == {**kept, "urut": "status"}
    assert asked_by(page, "nomor") == {**kept, "urut": "-nomor"}
    assert asked_by(page, "CSV") == kept
    assert asked_by(page, "Hapus kata") == {name: word for name, word in kept.items() if name != "q"}
    hidden = dict(
        re.findall(
            r'<input type="hidden" name="(\w+)" value="([^"]*)">',
            page.partition("saring-kata")[2].partition("</form>")[0],
        )
    )
    assert hidden == {name: word for name, word in kept.items() if name != "q"}


def test_my_turn_is_asked_for_without_naming_me(story: Story) -> None:
    page = case_list.list_page(visit(story, "kabag", giliran="saya"))
    assert numbers(page) == [SENT]
    assert "kabag" not in "".join(re.findall(r'(?:href|action|formaction)="([^"]*)"', page))


def test_only_pages_that_there_are_are_shown(story: Story) -> None:
    for number in ("0", "2", "x", "-1", "9" * 5000):
        with pytest.raises(NoSuchPage):
            case_list.list_page(visit(story, halaman=number))


FILES: Mapping[str, Callable[[Visit], Sent]] = {"xlsx": case_list.list_workbook, "csv": case_list.list_csv}


def cells(sent: Sent) -> list[list[str]]:
    if sent.name.endswith("xlsx"):
        sheet = openpyxl.load_workbook(io.BytesIO(sent.content)).active
        return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    return [*csv.reader(io.StringIO(sent.content.decode("utf-8-sig"), newline=""), delimiter=";")]


@pytest.mark.parametrize("ending", FILES)
def test_a_file_holds_the_list_as_it_is_shown_and_nobody(story: Story, ending: str) -> None:
    sent = FILES[ending](visit(story, topik="pengadaan", urut="-nomor"))
    head, *rows = cells(sent)
    assert (tuple(head), [row[0] for row in rows]) == (list_cells.COLUMNS, [STUDIED, SENT])
    assert not [cell for row in rows for cell in row if "sewa" in cell or "@" in cell]


def test_a_kepala_biro_finds_by_number_and_never_by_an_applicants_words(story: Story) -> None:
    biro = visit(story, "biro", q="sewa")
    assert numbers(case_list.list_page(biro)) == []
    assert numbers(case_list.list_page(visit(story, "biro", q="bh-2026-0002"))) == [SENT]
    page = case_list.list_page(visit(story, "biro", arsip="ya"))
    assert f'href="/{SENT}"' not in page
    assert 'type="checkbox"' not in page


def test_cases_ticked_in_the_list_come_to_the_form_for_several_and_none_is_written_yet(story: Story) -> None:
    page = case_list.list_page(visit(story, "kabag"))
    assert re.findall(r'<input type="checkbox" name="nomor" value="([^"]*)"', page) == [SENT]
    assert 'formaction="/beberapa/tugaskan"' in page
    posted = Posted({"tahap": ("pilih",), "nomor": (STUDIED, SENT, "<b>")})
    head = Visit(story.office, "/", "kabag", {"step": "tugaskan"}, posted, "t", signed_in=True)
    answer = many_steps.take_in_many(head)
    assert isinstance(answer, Sent)
    text = answer.content.decode()
    assert re.findall(r'name="nomor" value="([^"]*)" checked', text) == [SENT]
    assert f"sebab statusnya lain: {STUDIED}, &lt;b&gt;." in text
    assert "Pilih salah satu." not in text
    assert story.office.register.read(SENT).case.penugasan.analis == ""  # type: ignore[union-attr]  # it can be read
