"""The desk's page of the satisfaction survey: how it stands, what people suggest, and answers from elsewhere."""

import re
from pathlib import PurePath

from processor.desk import wording
from processor.desk.visit import FormFile, Sent, Visit, rendered
from processor.foundation import atomic_files, disk_errors, scratch_folders
from processor.foundation.errors import BrokenFiles, PayungError
from processor.operations.survey import survey_imports, survey_overview, survey_words

_NOT_YOURS = "Yang mengimpor jawaban survei ialah pengelola layanan atau kepala bagian. Pilih dahulu nama Anda."
_NO_FILE = "Pilih dahulu berkasnya."
_NO_YEAR = "Tulis tahunnya saja, misalnya 2025."
_ENDING = re.compile(r"\.[a-z]{1,5}")


def survey_page(visit: Visit) -> str:
    """Make the page. Raises PayungError where a file of the survey is damaged, OSError."""
    return _page(visit)


def import_act(visit: Visit) -> Sent | str:
    """Take in a file of answers; give the page with what became of it, or with what is wrong."""
    file, year = visit.posted.files.get("berkas"), visit.posted.text("tahun")
    if not visit.may("impor_survei"):
        return _page(visit, wrong=[_NOT_YOURS])
    if file is None or not file.content:
        return _page(visit, wrong=[_NO_FILE])
    if year and not (year.isascii() and year.isdecimal() and len(year) == 4):
        return _page(visit, wrong=[_NO_YEAR])
    try:
        done = _taken(visit, file, int(year) if year else None)
    except BrokenFiles as error:
        return _page(visit, wrong=[wording.in_desk_words(one) for one in error.problems])
    except PayungError as error:
        return _page(visit, wrong=[str(error)])
    except OSError as error:
        return _page(visit, wrong=[disk_errors.sentence(error)])
    return Sent(_page(visit, done=done).encode("utf-8", "replace"), "text/html; charset=utf-8")


def _taken(visit: Visit, file: FormFile, year: int | None) -> str:
    """Take in a file under a name of our own, in a folder that is gone afterwards: it says who answered what."""
    ending = PurePath(file.name).suffix.lower()
    with scratch_folders.scratch_folder() as folder:
        path = folder / f"survei{ending if _ENDING.fullmatch(ending) else ''}"
        atomic_files.replace(path, file.content)
        return survey_imports.take_named(visit.office, path, file.name, year)


def _page(visit: Visit, *, wrong: list[str] | None = None, done: str = "") -> str:
    state = survey_overview.state(visit.office)
    return rendered(
        "survei.html",
        visit,
        state=state,
        quarters=survey_words.quarters(state),
        no_key=survey_words.NO_KEY,
        old=[(year, survey_overview.old_survey(visit.office, year)) for year in state.old_years],
        suggestions=survey_overview.suggestions(visit.office) if visit.may("permohonan") else None,
        year=visit.posted.text("tahun") if wrong else "",
        wrong=wrong or [],
        done=done,
    )
