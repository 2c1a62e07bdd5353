"""Every promise that a page makes about what an applicant can still send leads to the box that takes it."""

import re
from collections.abc import Iterator

from processor.cases.applicant_messages import EVENTS
from processor.foundation import settings
from processor.site import pages, request_form
from tests.office import ROOT

FOUND = settings.load(ROOT / "payung.yaml")
RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
PROMISES = {
    "susulan": r"dapat menyusul|[Kk]irimlah secepatnya|yang kurang dan bagaimana mengirimkannya|yang kurang, pengelola",
    "bertanya-lagi": r"[Bb]ertanya lagi|[Tt]anyakan lagi|[Pp]ertanyaan lanjutan|masih ada pertanyaan",
    "tarik": r"menarik kembali permohonan|[Tt]arik (?:permohonan|dengan)|membatalkan permohonan",
    "keberatan": r"[Aa]jukan keberatan|mengajukan \*\*keberatan|alasan(?:nya)? keliru|penolakannya keliru",
    "data": r"salah menulis NIP|dihapus atau dibetulkan|[Mm]embetulkan data",
}
"""The words of a promise, by the name of its box on the page that opens with the code."""


def sections(text: str) -> Iterator[str]:
    """The parts of a page between its headings, in one line each, without the words that a script says."""
    read = re.sub(r"data-\w+='[^']*'", "", text)
    yield from (" ".join(part.split()) for part in re.split(r"\n(?=#{1,6} )", read))


PAGES = sorted(
    path
    for path in (ROOT / "docs").rglob("*.md")
    if path.stem not in {"lacak", "cari"} and path.parent.name not in {"petugas", "pengembang"}
)
"""Without the page of the boxes, and without that of the search, which names headings of other pages."""


def found() -> Iterator[tuple[str, str, str]]:
    """Page, box and words of each promise."""
    context = pages.context(FOUND, [RECIPIENT])
    for path in PAGES:
        for part in sections(pages.fill(path.read_text("utf-8"), context)):
            yield from ((path.stem, box, part) for box, words in PROMISES.items() if re.search(words, part))


def test_every_promise_of_a_page_leads_to_its_box() -> None:
    promises = [*found()]
    assert [(page, box, part[:60]) for page, box, part in promises if f"lacak.md#{box}" not in part] == []
    assert {box for _, box, _ in promises} == PROMISES.keys()


def test_what_a_script_promises_names_the_page() -> None:
    said = [text for text in request_form.ATTACHMENTS["kalimat"].values() if "menyusul" in text]
    assert said
    assert all("menyusul di halaman Lacak dengan kode Anda" in text for text in said)


def test_every_box_that_a_page_leads_to_is_there_and_every_kind_of_message_has_one() -> None:
    page = pages.fill((ROOT / "docs" / "lacak.md").read_text("utf-8"), pages.context(FOUND, [RECIPIENT]))
    boxes = dict(re.findall(r'<input type="radio" name="macam" id="([\w-]+)" value="(\w+)"', page))
    led = {one for path in PAGES for one in re.findall(r"lacak\.md#([\w-]+)", path.read_text("utf-8"))}
    assert led <= boxes.keys()
    assert {*boxes.values()} == EVENTS.keys()


def test_a_site_that_takes_nothing_promises_no_box() -> None:
    context = pages.context(FOUND)
    filled = {path.stem: pages.fill(path.read_text("utf-8"), context) for path in PAGES}
    assert [name for name, text in filled.items() if "lacak.md#" in text] == []
