"""``kabar/atom.xml``: the news as an Atom feed (RFC 4287), text only, every address absolute."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from processor.foundation.settings import Settings
from processor.site import applicant_code, news, public_events
from processor.site.news import NewsItem

PATH: Final = f"{news.PAGE}atom.xml"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_KEPT: Final = {"\n", "\t"}


def add(found: Settings, site: Path) -> None:
    """Put the feed beside its page in a built ``site``, where there is news."""
    shown = news.items(found.root / "docs", public_events.read(found))
    if shown and (site / news.PAGE).is_dir():
        (site / PATH).write_bytes(feed(found, shown))


def feed(found: Settings, shown: Sequence[NewsItem]) -> bytes:
    """Write the feed of the news ``shown``, of which there is some.

    Ids are tag addresses (RFC 4151): they stay when words are mended, and when the site moves to https.
    """
    address, zone = found.situs.alamat, found.layanan.zone
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "id"})
    _add(root, "id", f"{address}{PATH}")
    _add(root, "title", f"Kabar {found.instansi.nama} {found.instansi.pemerintah}")
    _add(root, "updated", _moment(max(one.updated for one in shown), zone))
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{address}{PATH}"})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{address}{news.PAGE}"})
    _add(ET.SubElement(root, "author"), "name", f"{found.instansi.nama}, {found.instansi.induk}")
    for one in shown:
        entry = ET.SubElement(root, "entry")
        _add(entry, "id", f"tag:{applicant_code.host_of(address)},{one.day.isoformat()}:kabar/{one.mark}")
        _add(entry, "title", one.title)
        _add(entry, "published", _moment(one.day, zone))
        _add(entry, "updated", _moment(one.updated, zone))
        link = {"rel": "alternate", "type": "text/html", "href": f"{address}{news.PAGE}#{one.mark}"}
        ET.SubElement(entry, "link", link)
        _add(entry, "content", one.text or one.title).set("type", "text")
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    """Put text into a new element; what XML cannot hold is left out."""
    child = ET.SubElement(parent, name)
    child.text = "".join(one for one in text if one in _KEPT or unicodedata.category(one) not in {"Cc", "Cs", "Cn"})
    return child


def _moment(day: date, zone: ZoneInfo) -> str:
    """Give the beginning of a day at the office."""
    return datetime.combine(day, time(), zone).isoformat()
