"""What a publication says beside its tables: how long answers took, and events. Pure.

A time is nobody's: it comes from ten answers or more, is rounded, and says nothing about who was late that the tables
hide. Events are no people.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from statistics import median
from typing import get_args

from processor.cases.office_records import ActivityKind
from processor.evaluation import skm
from processor.evaluation.case_facts import CaseFacts
from processor.evaluation.figure import MINUTES, label_of
from processor.evaluation.frozen_publication import PublishedValue, ValueRow
from processor.evaluation.interval_audit import FEW
from processor.evaluation.office_facts import ActivityFacts
from processor.evaluation.periods import Period
from processor.evaluation.publication_tables import PERIOD, Key, key
from processor.evaluation.published_counts import ANSWERED, IN_TIME, LATE, OUTCOME
from processor.evaluation.skm import BANDS, ELEMENTS, FEWEST, Satisfaction

EVENTS = "kegiatan"
"""The unit of events, which can be added up; times cannot."""
_MANY = 30
"""Of so many answers at least three lie beyond the 90th percentile, so it tells of no one or two."""
_STEP = 15
_SURVEY, _ANSWERS, _INDEX = "kepuasan", "jawaban", "ikm"
_FEW_ANSWERS = f"Tidak ditampilkan: jawabannya kurang dari {FEWEST}, atau semuanya sama."
_EVERYBODY = (Decimal(25), Decimal(100))
"""Such an index says what each single person answered."""
_ROUNDED = f"dalam menit kerja tanpa jeda, dibulatkan ke {_STEP} menit"
_WITHHELD = f"Tidak ditampilkan: jawabannya kurang dari {FEW}, atau jumlahnya disembunyikan."
_NO_NINTH = (
    f"Persentil ke-90 baru ditampilkan bila jawabannya {_MANY} atau lebih, dan yang tepat waktu dan terlambat tampak."
)


def times(
    cases: Iterable[CaseFacts], period: Period, node: str, shown: Mapping[Key, int]
) -> tuple[PublishedValue, ...]:
    """Tell how long the answers of a period took.

    Args:
        cases: Its requests, and no others.
        period: The quarter or year.
        node: How it is named on the axis of time.
        shown: Every cell that is shown of the same count.
    """
    answered = [one for one in cases if one.outcome == ANSWERED]
    sent = [one.promised for one in answered if one.sent_known and one.promised is not None]
    worked = [one.worked for one in answered if one.worked is not None]
    seen = [shown.get(key((PERIOD, OUTCOME), (node, place))) for place in (ANSWERED, IN_TIME, LATE)]
    known = seen[0] is not None, seen[1] is not None and (seen[2] is not None or seen[0] == seen[1])
    of = f"permohonan yang didaftarkan pada {period.title} dan sudah dijawab ketika angka ini terbit"
    since_sent = (
        f"Sejak pemohon mengirim sampai jawaban pertama disampaikan, dari {of}, bila waktu mengirimnya diketahui"
    )
    since_registered = f"Sejak didaftarkan sampai jawaban pertama disampaikan, dari {of}"
    return (
        _spread("waktu_sejak_dikirim", "Waktu sejak pemohon mengirim", since_sent, sent, known),
        _spread("waktu_sejak_didaftarkan", "Waktu sejak didaftarkan", since_registered, worked, known),
    )


def _spread(name: str, title: str, said: str, minutes: Sequence[int], known: tuple[bool, bool]) -> PublishedValue:
    """Tell how long something took; ``known`` says whether everybody knows how many answers there are, and how late."""
    definition = (
        f"{said}; {_ROUNDED}. Separuh selesai dalam waktu median atau kurang, sembilan dari sepuluh dalam waktu "
        "persentil ke-90 atau kurang."
    )
    if len(minutes) < FEW or not known[0]:
        return PublishedValue(name, title, definition, (), _WITHHELD)
    order = sorted(minutes)
    rows = [ValueRow("median", "Median", _rounded(Fraction(median(order))), MINUTES)]
    if len(minutes) < _MANY or not known[1]:
        return PublishedValue(name, title, definition, tuple(rows), _NO_NINTH)
    ninth = order[ceil(Fraction(9 * len(order), 10)) - 1]
    rows.append(ValueRow("persentil_90", "Persentil ke-90", _rounded(Fraction(ninth)), MINUTES))
    return PublishedValue(name, title, definition, tuple(rows))


def _rounded(minutes: Fraction) -> int:
    return _STEP * floor(minutes / _STEP + Fraction(1, 2))


def survey(found: Satisfaction | None, period: Period) -> PublishedValue:
    """Tell how satisfied those were who answered with a ballot in a quarter.

    Args:
        found: What the survey gave; None where too few answered.
        period: The quarter.
    """
    definition = (
        f"Survei kepuasan masyarakat {period.title} (kartu survei), menurut PermenPANRB 14/2017: 25 kali rata-rata "
        f"sembilan unsur. Kurang dari {FEWEST} jawaban tidak ditampilkan; unsurnya tampil mulai {FEW} jawaban."
    )
    if found is None or (found.respondents < FEW and found.index in _EVERYBODY):
        return PublishedValue(
            _SURVEY, "Kepuasan", definition, (), f"Tidak ditampilkan: jawabannya kurang dari {FEWEST}."
        )
    rows = [ValueRow(_ANSWERS, "Jawaban", found.respondents, "jawaban"), _index(found.index)]
    if found.respondents >= FEW:
        means = zip(ELEMENTS.items(), found.means, strict=True)
        rows += [ValueRow(key, label, skm.rounded(mean), "nilai rata-rata (1–4)") for (key, label), mean in means]
    band = f"Mutu pelayanan: {found.band} ({BANDS[found.band][1].lower()})."
    return PublishedValue(_SURVEY, "Kepuasan", definition, tuple(rows), band)


def survey_of_year(quarters: Iterable[PublishedValue], period: Period) -> PublishedValue:
    """Compute a year's satisfaction from what its quarters showed, and so from nothing that they hide."""
    found = [{row.key: row.value for row in one.rows} for one in quarters if one.key == _SURVEY and one.rows]
    definition = (
        f"Rata-rata indeks kepuasan triwulan {period.title} yang tampil, menurut banyaknya jawaban masing-masing."
    )
    answers = sum(int(one[_ANSWERS] or 0) for one in found)
    if not answers:
        return PublishedValue(_SURVEY, "Kepuasan", definition, (), "Tidak ada triwulan yang indeksnya tampil.")
    total = sum((Fraction(one[_INDEX] or 0) * int(one[_ANSWERS] or 0) for one in found), Fraction())
    rows = (ValueRow(_ANSWERS, "Jawaban", answers, "jawaban"), _index(skm.rounded(total / answers)))
    return PublishedValue(_SURVEY, "Kepuasan", definition, rows)


def _index(value: Decimal) -> ValueRow:
    return ValueRow(_INDEX, "Indeks kepuasan masyarakat", value, "indeks (25–100)")


def events(held: Iterable[ActivityFacts], period: Period) -> PublishedValue:
    """Count the events of a period by their kind."""
    kinds = [one.kind for one in held if period.holds(one.day)]
    rows = tuple(ValueRow(kind, label_of(kind), kinds.count(kind), EVENTS) for kind in get_args(ActivityKind))
    definition = f"Kegiatan pada {period.title} yang sudah dicatat ketika angka ini dihitung, menurut jenisnya."
    return PublishedValue("kegiatan", "Kegiatan", definition, rows)
