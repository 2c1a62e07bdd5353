"""The words and numbers of a recap: for a terminal, a workbook and programs. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from processor.evaluation import figure_text, rollup
from processor.evaluation.aggregate import WHOLE
from processor.evaluation.figure import label_of
from processor.evaluation.periods import Period
from processor.evaluation.publication_tables import ITSELF
from processor.evaluation.published_counts import ANSWERED, IN_TIME, OUTCOME, OUTCOMES
from processor.evaluation.rollup import Gap, Member, Recap
from processor.evaluation.tally import Tally

SUMS = ("Kategori", "Jumlah", "Bagian", "Dari", "Disembunyikan", "Tidak ada")
AGENCIES = ("Instansi", "Permohonan", "Dijawab", "Bagian dijawab", "Tepat waktu", "Dari")
GAPS = ("Instansi", "Periode", "Tabel")
INCOMPLETE = (
    "Tanda ≥: belum lengkap, sebab ada instansi yang menyembunyikan angka kecilnya atau belum menerbitkan. Bagian "
    "dihitung dari kategori di atasnya, hanya dari instansi yang menampakkan keduanya. Waktu tidak dapat dijumlahkan; "
    "tepat waktu ialah menurut janji tiap instansi."
)
_Rows = Iterator[tuple[str, ...]]


def heading(recap: Recap, period: Period) -> str:
    """Say what is added up, and from how many agencies."""
    awaited = [one for one in recap.members if not one.heading]
    given = sum(1 for one in awaited if str(period) in one.rows)
    return f"Rekap {period.title}: {given} dari {len(awaited)} instansi"


def amount(tally: Tally) -> str:
    """Write a sum: as it is, as the least that it can be, or why there is none."""
    if not tally.shown:
        return "disembunyikan" if tally.hidden else "–"
    return f"{'' if tally.exact else '≥ '}{figure_text.number(tally.sum)}"


def category(code: str) -> str:
    """Write a category as people read it, with a dot for each category above it."""
    if code == WHOLE:
        return "Semua"
    *above, last = code.split("/")
    known = {**OUTCOMES, ITSELF: "Unit itu sendiri"}
    words = known.get(code) or known.get(last) or _printable(unquote(last))
    return "· " * len(above) + (words if words.isupper() or words in known.values() else label_of(words))


def _printable(text: str) -> str:
    """Replace what would move a terminal's cursor or turn the text around: other agencies name their categories."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def sums(recap: Recap, period: Period, table: str) -> _Rows:
    """Give the rows of a table over all agencies, as ``SUMS`` names their columns."""
    found = recap.sums(period)[table]
    for code in in_order([*found]):
        tally = found[code]
        counts = (tally.shown, tally.hidden, tally.missing)
        share = "" if code == WHOLE else figure_text.percent(tally.share)
        yield category(code), amount(tally), share, *map(str, counts)


def in_order(codes: Sequence[str]) -> list[str]:
    """Put categories right below the one of which they are parts; agencies may name them in other orders."""
    place = {code: at for at, code in enumerate(codes)}

    def line(code: str) -> list[int]:
        steps = code.split("/")
        return [place.get("/".join(steps[: end + 1]), len(place)) for end in range(len(steps))]

    return sorted(codes, key=line)


def agencies(recap: Recap, period: Period) -> _Rows:
    """Give the agencies with those below them, and all together last, as ``AGENCIES`` names their columns."""
    asked, answered, in_time = (recap.along_tree(period, OUTCOME, one) for one in (WHOLE, ANSWERED, IN_TIME))
    for code, name in (*((one.code, _indented(recap, one)) for one in recap.members), ("", "Semua")):
        shares = (figure_text.percent(each[code].share) for each in (answered, in_time))
        yield name, amount(asked[code]), amount(answered[code]), *shares, str(asked[code].shown)


def _indented(recap: Recap, member: Member) -> str:
    parents = {one.code: one.parent for one in recap.members}
    steps, code = 0, member.parent
    while code in parents and steps < len(parents):
        steps, code = steps + 1, parents[code]
    return "· " * steps + member.name


def gaps(found: Sequence[Gap]) -> _Rows:
    """Give what is missing, as ``GAPS`` names its columns."""
    for one in found:
        when = (str(first) if first == last else f"{first} sampai {last}" for first, last in rollup.runs(one.periods))
        yield one.member.name, ", ".join(when), ", ".join(map(label_of, one.tables)) or "semua"


def data(recap: Recap) -> dict[str, Any]:
    """Give a recap as data that JSON can hold; what each agency published stands in its own file."""
    return {
        "instansi": [
            {"kode": one.code, "nama": one.name, "induk": one.parent, "ada": one.file is not None, "judul": one.heading}
            for one in recap.members
        ],
        "angka": [
            {"periode": str(period), "tabel": table, "kategori": code, **_tally(tally)}
            for period in recap.periods
            for table, found in recap.sums(period).items()
            for code, tally in found.items()
        ],
        "belum_ada": [
            {"kode": one.member.code, "periode": [*map(str, one.periods)], "tabel": [*one.tables]}
            for one in recap.gaps()
        ],
    }


def _tally(one: Tally) -> dict[str, Any]:
    return {
        "jumlah": one.sum if one.shown else None,
        "lengkap": one.exact,
        "bagian": None if one.share is None else float(one.share),
        "dari": one.shown,
        "disembunyikan": one.hidden,
        "tidak_ada": one.missing,
    }
