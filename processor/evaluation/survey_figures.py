"""What the satisfaction survey gave in a period (fourth aspect), and how many answers are looked for. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from processor.evaluation import skm
from processor.evaluation.counted_cases import CountedCases
from processor.evaluation.figure import REQUESTS, Figure, FigureRow, rounded
from processor.evaluation.office_facts import OfficeFacts
from processor.evaluation.periods import Period
from processor.evaluation.skm import BANDS, ELEMENTS, FEWEST, Satisfaction

_BY_BALLOT = "dengan kartu survei, yang hanya dapat dimiliki pemohon yang sudah dijawab"
_OPEN = "tanpa kartu survei, misalnya dari Google Formulir: siapa yang mengisi tidak dapat dipastikan"


def of(counted: CountedCases, office: OfficeFacts) -> Iterator[Figure]:
    """Give what belongs to the period; nothing where the survey could not be read."""
    if office.left_out:
        return
    yield _index(counted, office.survey, "kepuasan.skm", "Kepuasan", _BY_BALLOT)
    yield _target(counted, office.survey)
    yield _index(counted, office.survey_open, "kepuasan.tanpa_surat_suara", "Kepuasan, tanpa kartu survei", _OPEN)
    if office.survey_old is not None:
        row = FigureRow("persen", "Bagian dari semua nilai", office.survey_old, "persen")
        definition = "Survei pertama kantor: enam pertanyaan bernilai 1–5. Tidak dapat diubah menjadi indeks SKM."
        remark = "Hanya satu angka."
        title = "Survei lama"
        yield Figure("kepuasan.survei_lama", title, 4, (row,), 0, "jawaban", definition, sums=False, remark=remark)


def _index(counted: CountedCases, found: Satisfaction | None, key: str, title: str, who: str) -> Figure:
    means = found.means if found else (None,) * len(ELEMENTS)
    rows = (
        FigureRow("ikm", "Indeks kepuasan masyarakat", found.index if found else None, "indeks (25–100)"),
        *(
            FigureRow(element, name, None if mean is None else rounded(mean, 2), "nilai rata-rata (1–4)")
            for (element, name), mean in zip(ELEMENTS.items(), means, strict=True)
        ),
    )
    band = f" Mutu pelayanan: {found.band} ({BANDS[found.band][1].lower()})." if found else ""
    definition = (
        f"Survei kepuasan {counted.period.title} {who}, menurut PermenPANRB 14/2017: 25 kali rata-rata sembilan unsur, "
        f"bobotnya sama. Kurang dari {FEWEST} jawaban, dan triwulan yang masih berjalan, tidak ditampilkan.{band}"
    )
    remark = "Indeks dan rata-rata tidak dijumlahkan."
    count = found.respondents if found else 0
    return Figure(key, title, 4, rows, count, "jawaban", definition, sums=False, remark=remark)


def _target(counted: CountedCases, found: Satisfaction | None) -> Figure:
    answered = sum(1 for one in counted.cases if one.outcome == "dijawab")
    rows = (
        FigureRow("sasaran", "Jawaban yang dicari", skm.sample_target(answered), "jawaban"),
        FigureRow("terkumpul", "Jawaban dengan kartu survei", found.respondents if found else None, "jawaban"),
    )
    definition = (
        f"Sasaran banyaknya jawaban menurut Krejcie dan Morgan, dari {counted.registered} yang sudah dijawab. Kurang "
        f"dari {FEWEST} jawaban tidak ditampilkan."
    )
    remark = "Sasaran tidak dijumlahkan."
    title = "Sasaran survei"
    return Figure("kepuasan.sasaran", title, 4, rows, answered, REQUESTS, definition, sums=False, remark=remark)


def satisfaction_of(votes: Iterable[tuple[date, Sequence[int]]], period: Period) -> Satisfaction | None:
    """Compute the index of a period from days and marks; None where too few answered, or a quarter would show through.

    Args:
        votes: Of any period.
        period: A quarter, or a year, which is shown only where it gives none of its quarters away.
    """
    given = [(day, marks) for day, marks in votes if period.holds(day)]
    if not skm.of_year([sum(1 for day, _ in given if one.holds(day)) for one in period.quarters]):
        return None
    return skm.satisfaction(skm.totals(marks for _, marks in given), len(given))
