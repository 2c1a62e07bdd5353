"""The words for how the survey stands, for a terminal and for a page. Pure."""

from processor.evaluation import skm
from processor.evaluation.skm import BANDS, FEWEST, Satisfaction
from processor.operations.record_lists import RecordList
from processor.operations.survey.survey_overview import QuarterAnswers, SurveyState

WAYS = {"surat_suara": "dengan kartu survei", "tanpa": "tanpa kartu survei"}
NO_KEY = "belum ada; kunci dibuat saat jawaban pertama disampaikan"
NOBODY = "Belum ada jawaban. Jawaban dihitung sesudah harinya berlalu."


def said(one: QuarterAnswers) -> str:
    """Say what a quarter gave in one way, or why that is not shown."""
    if one.running:
        return "masih berjalan; angkanya tampil sesudah triwulan berakhir"
    target = f"; sasaran {one.target} jawaban" if one.way == "surat_suara" else ""
    return (_index(one.found) if one.found else f"kurang dari {FEWEST} jawaban, tidak ditampilkan") + target


def quarters(state: SurveyState) -> RecordList:
    """List what every quarter gave, the newest first."""
    rows = tuple((one.period.title, WAYS[one.way], said(one)) for one in state.quarters)
    return RecordList("Hasil tiap triwulan", ("Triwulan", "Jalur", "Hasil"), rows, NOBODY)


def _index(found: Satisfaction) -> str:
    return (
        f"{found.respondents} jawaban, IKM {skm.in_print(found.index)} ({found.band}, {BANDS[found.band][1].lower()})"
    )
