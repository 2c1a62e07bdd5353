"""The menu in the head of every page: one line for each page that is reached from anywhere, in the order of a day."""

from collections.abc import Callable, Iterator

from processor.desk.permissions import Act, View

MENU: tuple[tuple[str, str, View | Act], ...] = (
    ("Meja", "", "daftar"),
    ("Daftar", "daftar", "daftar"),
    ("Loket", "loket", "loket"),
    ("Arsip", "arsip", "daftar"),
    ("Email", "email", "email"),
    ("Pengaduan", "pengaduan", "pengaduan"),
    ("Evaluasi", "evaluasi", "laporan"),
    ("Laporan", "laporan", "laporan"),
    ("Periksa", "periksa", "permohonan"),
)
"""What each link says, the page that it leads to, and what somebody must be allowed to for it."""


def links(may: Callable[[View | Act], bool], address: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Give what each link says and where it leads, of those pages that somebody ``may`` see."""
    return ((title, address(page)) for title, page, needed in MENU if may(needed))
