"""What came for a case after filing, from ``perubahan-N.yaml`` beside the case file. No identity stands there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from processor.cases import case_status
from processor.cases.case_parts import CaseText, Texts
from processor.cases.records import Event
from processor.cases.register import Filed
from processor.cases.rules import BESIDE
from processor.foundation import yaml_reader
from processor.foundation.errors import Problem
from processor.foundation.form_definition import Form


class _AdditionKeys(BaseModel):
    """The keys of the file. It lies open to staff, who may add keys of their own."""

    model_config = ConfigDict(frozen=True, extra="allow")
    menjadi: Mapping[str, CaseText] = {}
    lampiran: Texts = ()
    temuan: Texts = ()


@dataclass(frozen=True, slots=True)
class Addition:
    """One change, completion or other reading: its event and file, the words by question, attachments, findings.

    A file that cannot be read has no words but ``problems``.
    """

    event: Event
    name: str
    words: Mapping[str, str]
    attachments: tuple[str, ...]
    findings: tuple[str, ...]
    problems: tuple[Problem, ...]


def read(filed: Filed) -> tuple[Addition, ...]:
    """Read what came for a case after filing, oldest first."""
    return tuple(_read_one(filed, event) for event in filed.events if event.kind in BESIDE)


def _read_one(filed: Filed, event: Event) -> Addition:
    name = str(event.data.get("berkas", ""))
    found, problems = yaml_reader.validate(_AdditionKeys, yaml_reader.read(filed.folder / name))
    words = found or _AdditionKeys()
    return Addition(event, name, words.menjadi, words.lampiran, words.temuan, problems)


def findings(filed: Filed, form: Form) -> tuple[str, ...]:
    """List what the verifier should look at, and say so where the applicant has since answered that question anew."""
    titles = tuple(
        f"{question.judul}: " for question in form.pertanyaan if question.kunci in _answered_anew(filed.events)
    )
    found = case_status.findings(filed.case, filed.events) if filed.case else ()
    return tuple(f"{one} (Sudah diubah pemohon.)" if one.startswith(titles) else one for one in found)


def _answered_anew(events: Iterable[Event]) -> set[str]:
    """List the questions that were answered anew."""
    return {key for event in events if event.kind == "diubah" for key in event.data["kolom"]}
