"""What every letter and report may name of the agency, beside what is its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from processor.cases.case_file import CaseFile
from processor.cases.records import Applicant
from processor.foundation.law_catalogue import Catalogue
from processor.foundation.settings import Settings
from processor.letters import documents
from processor.letters.word import template_check

_SHARED = ("instansi", "dasar", "layanan", "surat", "situs", "penandatangan", "tembusan", "janji")


def names() -> Mapping[str, template_check.ValueKind]:
    """List every shared name that a template may use, and what it holds."""
    return {name: kind for name, kind in documents.placeholder_names().items() if name.split(".")[0] in _SHARED}


def values(settings: Settings) -> dict[str, Any]:
    """Give what these names stand for, as the letters of cases write it."""
    nobody = CaseFile(
        nomor_registrasi="", diterima=datetime.min.replace(year=2000, tzinfo=settings.layanan.zone), sumber=""
    )
    tree = documents.placeholder_values(nobody, Applicant(), settings, Catalogue(peraturan={}))
    return {name: tree[name] for name in _SHARED}
