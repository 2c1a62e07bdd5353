"""How the survey stands, as text and as data for programs."""

from collections.abc import Iterator
from typing import Any

from processor.evaluation import skm
from processor.evaluation.skm import BANDS, FEWEST, Satisfaction
from processor.operations.survey.survey_overview import QuarterAnswers, SurveyState

_WAYS = {"surat_suara": "dengan surat suara", "tanpa": "tanpa surat suara"}


def text(state: SurveyState) -> str:
    """Write how the survey stands."""
    return "\n".join(_lines(state))


def _lines(state: SurveyState) -> Iterator[str]:
    yield f"Surat suara yang sudah diberikan: {state.ballots}"
    yield f"Sidik kunci survei: {state.fingerprint or 'belum ada; kunci dibuat saat jawaban pertama disampaikan'}"
    if not state.quarters:
        yield "Belum ada jawaban. Jawaban dihitung sesudah harinya berlalu."
    yield from (f"{one.period.title}, {_WAYS[one.way]}: {_said(one)}" for one in state.quarters)
    yield f"Saran: {state.suggestions}" + (" (payung survei saran)" if state.suggestions else "")
    if state.old_years:
        yield f"Survei lama: {', '.join(map(str, state.old_years))} (payung laporan angka tahunan TAHUN)"


def _said(one: QuarterAnswers) -> str:
    if one.running:
        return "masih berjalan; angkanya tampil sesudah triwulan berakhir"
    target = f"; sasaran {one.target} jawaban" if one.way == "surat_suara" else ""
    return (_index(one.found) if one.found else f"kurang dari {FEWEST} jawaban, tidak ditampilkan") + target


def _index(found: Satisfaction) -> str:
    return (
        f"{found.respondents} jawaban, IKM {skm.in_print(found.index)} ({found.band}, {BANDS[found.band][1].lower()})"
    )


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
