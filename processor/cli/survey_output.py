"""How the survey stands, as text and as data for programs."""

from collections.abc import Iterator
from typing import Any

from processor.operations.survey import survey_words
from processor.operations.survey.survey_overview import SurveyState


def text(state: SurveyState) -> str:
    """Write how the survey stands."""
    return "\n".join(_lines(state))


def _lines(state: SurveyState) -> Iterator[str]:
    yield f"Kartu survei yang sudah diberikan: {state.ballots}"
    yield f"Sidik kunci survei: {state.fingerprint or survey_words.NO_KEY}"
    if not state.quarters:
        yield survey_words.NOBODY
    yield from (f"{', '.join(row[:2])}: {row[2]}" for row in survey_words.quarters(state).rows)
    yield f"Saran: {state.suggestions}" + (" (payung survei saran)" if state.suggestions else "")
    if state.old_years:
        yield f"Survei lama: {', '.join(map(str, state.old_years))} (payung laporan angka tahunan TAHUN)"


def data(state: SurveyState) -> dict[str, Any]:
    """Give how the survey stands as data that JSON can hold."""
    return {
        "surat_suara": state.ballots,
        "sidik_kunci": state.fingerprint,
        "triwulan": [
            {
                "periode": str(one.period),
                "jalur": one.way,
                "berjalan": one.running,
                "jawaban": one.found.respondents if one.found else None,
                "sasaran": one.target,
                "ikm": float(one.found.index) if one.found else None,
            }
            for one in state.quarters
        ],
        "saran": state.suggestions,
        "survei_lama": list(state.old_years),
    }
