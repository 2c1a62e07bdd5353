"""The file of a case as text, with line numbers and what is wrong in it, and its edit by the checks of ``sunting``.

Decisions are not taken here: the parts that the forms of the steps write are changed by those alone.
"""

from processor.cases import earlier_texts
from processor.cases.register import Filed
from processor.desk import officer_pages, step_forms
from processor.desk.visit import Elsewhere, NoSuchPage, Visit, rendered
from processor.foundation import atomic_files
from processor.foundation.errors import Busy
from processor.operations import case_check, edit_session, overview

BY_FORM = frozenset({"verifikasi", "penugasan", "pemeriksaan", "penyampaian", "pembatalan", "arsip", "keberatan"})
"""The parts of a case file that hold who decided what."""
_CHANGED = (
    "permohonan.yaml berubah sejak halaman ini Anda buka; belum ada yang ditulis. Isinya sekarang ada di bawah, "
    "tulisan Anda ada di kotaknya. Gabungkan, lalu simpan lagi."
)
_LEFT = "Ada suntingan yang belum selesai di komputer kantor. Selesaikan dahulu di sana, lalu ulangi."


def yaml_page(visit: Visit) -> str:
    """Make the page of a case's file. Raises NoSuchPage where there is no such case."""
    return _page(visit, _read(visit))


def save_yaml(visit: Visit) -> Elsewhere | str:
    """Write what was typed as the file of a case, where it holds no mistake; else show it again with what is wrong."""
    filed = _read(visit)
    typed = visit.posted.texts.get("isi", ("",))[0].replace("\r\n", "\n")
    if visit.posted.text("digest") != step_forms.digest(filed.document.text):
        return _page(visit, filed, typed, [_CHANGED])
    if stops := _not_here(visit, filed.document.text, typed):
        return _page(visit, filed, typed, stops)
    try:
        stops = _written(visit, filed, typed)
    except Busy as error:
        stops = [str(error)]
    return _page(visit, filed, typed, stops) if stops else Elsewhere(visit.link(f"{filed.number}/berkas"))


def _written(visit: Visit, filed: Filed, typed: str) -> list[str]:
    """Let a text take the file's place, as ``payung sunting`` does, or say what keeps it from that. Raises Busy."""
    with edit_session.session(visit.office, filed.number, visit.person) as at:
        if at.resumed:
            return [_LEFT]
        if visit.office.register.read(filed.number).document.text != filed.document.text:
            return [_CHANGED]
        atomic_files.replace(at.copy, typed.encode("utf-8", "replace"))
        stops, _ = edit_session.copy_mistakes(at)
        if stops:
            atomic_files.replace(at.copy, at.before)
            return [f"baris {one.line}: {one.sentence}" if one.line else one.sentence for one in stops]
        edit_session.save_copy(at, visit.person)
    return []


def _not_here(visit: Visit, before: str, after: str) -> list[str]:
    """Say which of the parts that changed are not changed here, or not by this officer."""
    changed = earlier_texts.changed_parts(before, after)
    decided = [name for name in changed if name in BY_FORM]
    if decided:
        return [f"Bagian {', '.join(decided)} hanya diubah lewat langkahnya, di halaman permohonan."]
    if not visit.may("susun" if "kajian" in changed else "catatan"):
        return ["Bagian ini bukan bagian peran Anda. Belum memilih siapa Anda? Pilih nama Anda di halaman depan."]
    return []


def _read(visit: Visit) -> Filed:
    """Read the case that is asked for. Raises NoSuchPage where there is none."""
    number = visit.asked["number"]
    if not officer_pages.is_case(visit.office, number):
        raise NoSuchPage(f"Permohonan {number} tidak ada di register.")
    return visit.office.register.read(number)


def _page(visit: Visit, filed: Filed, typed: str | None = None, stops: list[str] | None = None) -> str:
    """Make the page: the file with its lines, what is wrong in it, and the box in which it is edited."""
    derived = overview.derive_for(visit.office, filed)
    return rendered(
        "berkas.html",
        visit,
        number=filed.number,
        lines=filed.document.text.splitlines(),
        digest=step_forms.digest(filed.document.text),
        text=filed.document.text if typed is None else typed,
        typed=typed is not None,
        stops=stops or [],
        problems=[
            (officer_pages.place_of_problem(one, filed.folder), one.sentence)
            for one in case_check.mistakes(visit.office, filed, derived)
        ],
    )
