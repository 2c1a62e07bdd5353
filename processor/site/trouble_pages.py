"""What the pages on an officer's own trouble say of law, of places to turn to, and of who reviewed them.

A sentence of law on them ends with ``pasal(...)``, which gives only articles that somebody has read: those that the
catalogue of law lists under ``pasal``. Anything else stops the build.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from processor.foundation import law_catalogue, shipped
from processor.foundation.errors import PayungError
from processor.foundation.indonesian_dates import tanggal
from processor.foundation.law_catalogue import Regulation
from processor.foundation.settings import Settings
from processor.foundation.settings_agency import OtherPlace
from processor.site.telephone import telephone_link

FOLDER = "docs/persoalan"
_REVIEWER = re.compile(r"^ditinjau_oleh:[ \t]*(?P<who>.*)$", re.MULTILINE)
_NOT_LISTED = "Alamat dan nomornya belum tercantum di sini. Tanyakan kepada kami: {telepon}."


def cited_articles(found: Settings, key: str, *articles: str) -> str:
    """Cite articles of one regulation in parentheses, as "(UU 20/2025 Pasal 22 ayat (1))".

    Raises:
        PayungError: A regulation that is unknown or repealed, or an article that nobody has read.
    """
    regulation = _regulation(found, key)
    if unread := [one for one in articles if one not in regulation.pasal]:
        raise PayungError(
            f"{key}: Pasal {unread[0]} belum dibaca siapa pun, jadi tidak dikutip. Buka naskahnya, lalu tulis pasalnya "
            f"pada {key}, pasal, di {law_catalogue.FILE_NAME}."
        )
    return f"({short_name(key)} Pasal {' dan '.join(articles)})"


def short_name(key: str) -> str:
    """Give the everyday name of a regulation: UU 20/2025 for uu-20-2025."""
    kind, number, year = key.split("-")
    return f"{kind.upper() if len(kind) < 3 else kind.capitalize()} {number}/{year}"


def whole_titles(found: Settings, *keys: str) -> str:
    """List the official titles of regulations in Markdown, each with the day from which it holds where that is known.

    Raises:
        PayungError: A regulation that is unknown or repealed.
    """
    return "\n".join(f"- {_title(_regulation(found, key))}." for key in keys)


def _title(regulation: Regulation) -> str:
    begins = regulation.berlaku_mulai
    return f"{regulation.citation} (berlaku mulai {tanggal(begins)})" if begins else regulation.citation


def _regulation(found: Settings, key: str) -> Regulation:
    """Find a regulation in the office's catalogue; what an older one lacks, also of articles, is as shipped."""
    own = law_catalogue.load(found.law_catalogue).peraturan.get(key)
    known = law_catalogue.load(shipped.sources() / "opinions" / law_catalogue.FILE_NAME).peraturan.get(key)
    one = own or known
    if one is None or one.status == "dicabut":
        what = "sudah dicabut" if one else "tidak ada"
        raise PayungError(f"Halaman mengutip {key}, yang {what} di {law_catalogue.FILE_NAME}. Betulkan halamannya.")
    return one.model_copy(update={"pasal": {**(known.pasal if known else {}), **one.pasal}})


def places_for(found: Settings, page: str) -> str:
    """List in Markdown where else to turn to in this trouble, as the settings say; else that this is not listed."""
    places = [one for one in found.tempat_lain if not one.untuk or page in one.untuk]
    lines = "\n".join(f"- {_place(one)}" for one in places)
    return lines or _NOT_LISTED.format(telepon=telephone_link(found.instansi.telepon))


def _place(place: OtherPlace) -> str:
    number = telephone_link(place.telepon) if place.telepon else ""
    said = [f"{place.nama}: {place.keterangan}" if place.keterangan else place.nama, place.alamat, number, place.jam]
    return f"{'. '.join(filter(None, said))}."


def unreviewed(root: Path) -> Iterator[str]:
    """Name the pages on trouble that no lawyer of the office has reviewed, of the office whose folder is ``root``."""
    own = sorted((root / FOLDER).glob("*.md"))
    lacking = (shipped.sources() / name for name in shipped.lacking(root) if name.startswith(f"{FOLDER}/"))
    for path in (*own, *lacking):
        found = _REVIEWER.search(path.read_text("utf-8", "replace"))
        if found is None or not found["who"].strip(" \"'"):
            yield f"{FOLDER}/{path.name}"
