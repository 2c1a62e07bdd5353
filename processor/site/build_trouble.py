"""What a site's builder said as it failed -> what a person can mend: the file, and what is wrong in it. Pure."""

import re
from typing import Final

from processor.site.page_lines import MEND_UTF_8, NOT_UTF_8

_OUR_SENTENCE: Final = re.compile(r"^processor\.foundation\.errors\.\w+: (.+)", re.MULTILINE | re.DOTALL)
_PAGE: Final = re.compile(r"(?:Error (?:building|reading) page '|Encoding error reading file: )([^'\n]+)")
_TRACE: Final = re.compile(r'File "([^"\n]+)", line ([0-9]+)')
_SETTINGS: Final = "parsing the configuration file"
_SETTINGS_LINE: Final = re.compile(r'mkdocs\.yml", line ([0-9]+)')
_SETTINGS_UNREAD: Final = (
    "Susunan menu tidak terbaca di sekitar baris ini. Periksa jarak kiri, titik dua, tanda kurung, dan tanda petiknya, "
    "dan simpan dengan pengodean UTF-8."
)
_LONGEST: Final = 2000


def cause(said: str) -> str:
    """Give of what MkDocs said the page and our own sentence; else the last of it, without the program's inside."""
    page = f"docs/{found[1]}: " if (found := _PAGE.search(said)) else ""
    if "Encoding error" in said:
        return f"{page}{NOT_UTF_8}. {MEND_UTF_8}"
    if _SETTINGS in said:
        places = _SETTINGS_LINE.findall(said)
        return f"mkdocs.yml{f', baris {places[-1]}' if places else ''}: {_SETTINGS_UNREAD}"
    if ours := _OUR_SENTENCE.search(said):
        return f"{page}{ours[1]}"
    traced = _TRACE.findall(said)
    if not traced:
        return f"{page}{said[-_LONGEST:]}"
    file, line = traced[-1]
    return f"{page or f'{file}, baris {line}: '}{said.splitlines()[-1]}"
