"""Finds what is no Markdown of letters in the study of a case, with its line in the case's file."""

import re
from collections.abc import Iterator

from processor.cases.register import Filed
from processor.foundation.errors import Problem
from processor.foundation.yaml_editor import SectionChanges
from processor.foundation.yaml_reader import Document, Key
from processor.letters import markdown_slips

LONG = ("kasus_posisi", "analisis", "kesimpulan", "saran", "rujukan")
_BLOCK_BELOW = re.compile(r":\s+\|[-+0-9]*\s*(?:#.*)?$")


def of_step(filed: Filed, changes: SectionChanges) -> tuple[Problem, ...]:
    """Find every slip in the issues and long texts of a study that ``changes`` call ready; none at any other step."""
    return of_study(filed) if changes.get(("kajian", "selesai")) == "ya" else ()


def of_study(filed: Filed) -> tuple[Problem, ...]:
    """Find every slip in the issues and long texts of a study."""
    if filed.case is None:
        return ()
    study, document = filed.case.kajian, filed.document
    issues = (slip for at, issue in enumerate(study.isu_hukum) for slip in _of_issue(at, issue, document))
    texts = (slip for name in LONG for slip in _of_text(("kajian", name), getattr(study, name), document))
    return (*issues, *texts)


def _of_issue(at: int, issue: str, document: Document) -> Iterator[Problem]:
    """Find the slips of one issue, which is one paragraph."""
    line = document.line(("kajian", "isu_hukum", at))
    for slip in markdown_slips.slips(issue):
        yield Problem(str(document.path), line, f"kajian.isu_hukum butir {at + 1}: {slip.message}", slip.mend)


def _of_text(key: Key, text: str, document: Document) -> Iterator[Problem]:
    """Find the slips of one text."""
    line, written = document.line(key), _written(key, document)
    below = line is not None and bool(_BLOCK_BELOW.search(document.text.splitlines()[line - 1]))
    for slip in markdown_slips.slips(written if below else text):
        at = line + 1 + slip.line if below and line else line
        yield Problem(str(document.path), at, f"{'.'.join(map(str, key))}: {slip.message}", slip.mend)


def _written(key: Key, document: Document) -> str:
    """Give a text with the empty lines that it begins with."""
    data = document.data
    for part in key:
        data = data.get(part) if isinstance(data, dict) else None
    return data if isinstance(data, str) else ""
