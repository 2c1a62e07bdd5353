"""The sections of the quarterly and the yearly report: drafted sentences, figures, records, places for judgement. Pure.

What only a person can judge is a place that says so; nothing is judged here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from processor.cases import office_records
from processor.cases.office_records import Activity, OfficeObstacle, PlannedAction, Risk
from processor.evaluation import recommendations, report_words
from processor.evaluation.figure_text import unread_sentence
from processor.evaluation.periods import Period
from processor.evaluation.report_words import Compared
from processor.foundation.indonesian_dates import tanggal
from processor.foundation.settings import Settings
from processor.letters.word.report_blocks import Block, Chart, Column, Heading, Judgement, ReportTable, Series, Text
from processor.operations import record_lists
from processor.operations.reporting import report_parts

_BODY: Mapping[int, tuple[str, ...]] = {
    1: ("permohonan.hasil", "permohonan.bentuk", "permohonan.topik", "permohonan.penolakan"),
    2: ("kecepatan.janji", "kecepatan.sejak_dikirim", "kecepatan.jeda"),
    3: ("mutu.nilai", "mutu.dikembalikan", "keberatan.putusan"),
    4: ("kepuasan.skm", "kepuasan.sasaran", "pengaduan.tahap", "pengaduan.waktu"),
    5: ("permohonan.kanal", "jadwal.cara"),
    6: ("hambatan.jenis", "hambatan.kantor", "koordinasi.jawaban"),
}
"""The figures that stand in the report itself, by aspect; the others stand behind it."""
_CHARTS = {
    1: "permohonan.topik", 2: "kecepatan.janji", 4: "kepuasan.skm", 5: "permohonan.kanal", 6: "hambatan.jenis",
}  # fmt: skip
_YEARS = "permohonan.tahun"
_ACTIVITIES = ("kegiatan.jenis", "kegiatan.hadir", "kegiatan.pelatihan")
_OBLIGED = "Laporan ini disusun menurut {}, yang mewajibkan evaluasi setiap tahun dalam enam aspek. "
_SMALL = "Identitas pemohon tidak dimuat, tetapi angkanya kecil-kecil: laporan ini tidak untuk diterbitkan."
_QUARTERLY = (1, 2, 6)
"""The aspects of a quarter: kind, volume, time and what hindered."""


@dataclass(frozen=True, slots=True)
class ReportMaterial:
    """All that a report is made of.

    ``trend`` counts requests by quarter, oldest first. The lists are those of every year; ``today`` is on the office's
    calendar.
    """

    found: Compared
    trend: Mapping[Period, int]
    activities: Sequence[Activity]
    obstacles: Sequence[OfficeObstacle]
    risks: Sequence[Risk]
    actions: Sequence[PlannedAction]
    settings: Settings
    today: date

    @property
    def period(self) -> Period:
        """The period of the report."""
        return self.found.current.period


def quarterly(given: ReportMaterial) -> Iterator[Block]:
    """Give the mapping of a quarter: kinds, volume, trend."""
    yield from _summary(given, "Apa yang menonjol pada triwulan ini, dan apa sebabnya?")
    for aspect in _QUARTERLY:
        yield from _aspect(given, aspect)
    yield from _trend(given)
    yield from _activities(given)
    yield Heading("Rencana aksi tahun berjalan")
    yield _actions(given, given.period.year)
    yield Judgement("Apa yang dilakukan pada triwulan berikutnya?")


def yearly(given: ReportMaterial) -> Iterator[Block]:
    """Give the yearly evaluation: six aspects, trend, obstacles, risks, what was planned and what is planned next."""
    yield from _summary(given, "Bagaimana kinerja layanan tahun ini secara keseluruhan?")
    for number, name in enumerate(office_records.ASPECTS, 1):
        yield from _aspect(given, number)
        yield Judgement(f"Penilaian atas {name}: apa yang baik, apa yang kurang, dan apa sebabnya?")
    yield from _trend(given)
    yield from _activities(given)
    yield from _risks(given)
    yield from _followed_up(given)
    yield from _recommendations(given)


def annex(given: ReportMaterial) -> tuple[Block, ...]:
    """Give every figure that does not stand in the report itself."""
    aspects = _BODY if not given.period.quarter else _QUARTERLY
    shown = (*(key for aspect in aspects for key in _BODY[aspect]), *_ACTIVITIES, _YEARS)
    return tuple(report_parts.annex(given.found, shown))


def _summary(given: ReportMaterial, question: str) -> Iterator[Block]:
    """Say first what the figures say in all, and on what they rest."""
    found, basis = given.found, given.settings.dasar.pedoman
    yield Heading("Ringkasan")
    yield Text(" ".join(report_words.summary(found)))
    yield Judgement(question)
    obliged = "" if given.period.quarter else _OBLIGED.format(basis.sebutan)
    yield Text(
        f"{obliged}Permohonan dihitung pada periode ketika ia didaftarkan; angkanya menurut keadaan pada "
        f"{tanggal(found.current.made)}. {_SMALL}"
    )
    if unread := unread_sentence(found.current):
        yield Judgement(unread)


def _aspect(given: ReportMaterial, aspect: int) -> Iterator[Block]:
    """Say of one aspect what its figures say, with a chart and the tables that matter most."""
    name = office_records.ASPECTS[aspect - 1]
    title = f"{name[:1].upper()}{name[1:]}"
    yield Heading(title if given.period.quarter else f"Aspek {aspect}: {name}")
    yield Text(" ".join(report_words.of_aspect(given.found, aspect)))
    for key in report_parts.counted(given.found, _BODY[aspect]):
        yield report_parts.figure_table(given.found, key)
        if key == _CHARTS.get(aspect):
            yield from report_parts.figure_chart(given.found, key)
    if aspect == 6:
        yield from _obstacles(given)


def _obstacles(given: ReportMaterial) -> Iterator[Block]:
    """List what hindered the office in the period, and what it did."""
    rows = tuple(
        (
            tanggal(one.tanggal),
            one.jenis.replace("_", " "),
            one.uraian,
            one.tindakan or "–",
            f"teratasi {tanggal(one.selesai)}" if one.selesai else "belum teratasi",
        )
        for one in given.obstacles
        if given.period.holds(one.tanggal)
    )
    columns = (
        Column("Tanggal", 3), Column("Jenis", 3), Column("Hambatan", 5), Column("Tindakan", 5), Column("Keadaan", 3)
    )  # fmt: skip
    if rows:
        yield ReportTable("Hambatan kantor dan tindakannya", columns, rows)


def _trend(given: ReportMaterial) -> Iterator[Block]:
    """Show how many requests came in the quarters until now, and in the years."""
    yield Heading("Perkembangan")
    quarters = tuple(report_parts.short_title(one).replace("Triwulan ", "") for one in given.trend)
    counts = tuple(given.trend.values())
    if len(counts) > 1:
        yield Chart(
            "Permohonan menurut triwulan", "permohonan", quarters, (Series("Permohonan", counts),), upright=True
        )
    yield report_parts.figure_table(Compared(given.found.current), _YEARS)


def _activities(given: ReportMaterial) -> Iterator[Block]:
    """Tell of events and training."""
    yield Heading("Sosialisasi, pelatihan, dan edukasi")
    keys = report_parts.counted(given.found, _ACTIVITIES)
    yield from (report_parts.figure_table(given.found, key) for key in keys)
    held = [one for one in given.activities if given.period.holds(one.tanggal) and one.tanggal <= given.today]
    yield report_parts.activity_table(held, given.today, "Tidak ada kegiatan yang dicatat pada periode ini.")


def _actions(given: ReportMaterial, year: int) -> Block:
    """List the plan of a year, and of earlier ones what was still open when the period of the report began."""
    chosen = [
        one
        for one in given.actions
        if one.tahun == year or (one.tahun < year and (one.selesai is None or one.selesai >= given.period.first))
    ]
    if not chosen:
        return Text(f"Belum ada rencana aksi untuk tahun {year}.")
    rows = tuple(
        (
            one.kode, str(one.aspek), one.uraian, one.penanggung_jawab or "–", record_lists.state(one, given.today),
            one.hasil or "–",
        )
        for one in chosen
    )  # fmt: skip
    columns = (
        Column("Kode", 3), Column("Aspek", 2), Column("Rencana", 6), Column("Penanggung jawab", 4),
        Column("Keadaan", 4), Column("Hasil", 4),
    )  # fmt: skip
    return ReportTable(f"Rencana aksi Tahun {year}", columns, rows)


def _risks(given: ReportMaterial) -> Iterator[Block]:
    """List the risks, and ask of those that nobody looked at within a year."""
    yield Heading("Risiko layanan")
    risks = record_lists.risks(given.risks, given.today)
    yield report_parts.record_table(risks, (2, 2, 3, 5, 5), "Belum ada risiko yang dicatat.")
    if due := [one.kode for one in given.risks if one.review_due(given.today)]:
        yield Judgement(
            f"Risiko {', '.join(due)} belum ditinjau dalam setahun terakhir: apakah kemungkinan, dampak, dan "
            "penanganannya masih tepat?"
        )


def _followed_up(given: ReportMaterial) -> Iterator[Block]:
    """Check off what was planned for the year of the report."""
    year = given.period.year
    yield Heading(f"Tindak lanjut rencana aksi Tahun {year}")
    planned = [one for one in given.actions if one.tahun <= year]
    opened = [one.kode for one in planned if one.selesai is None]
    if planned:
        done = sum(1 for one in planned if one.tahun == year and one.selesai)
        of_year = sum(1 for one in planned if one.tahun == year)
        yield Text(f"{done} dari {of_year} rencana aksi tahun ini selesai.")
    yield _actions(given, year)
    if opened:
        yield Judgement(f"Mengapa {', '.join(opened)} belum selesai, dan menjadi rencana tahun berapa?")


def _recommendations(given: ReportMaterial) -> Iterator[Block]:
    """Propose what the figures call for; each proposal has a row in the plan of the next year, or waits for one."""
    following = given.period.year + 1
    planned = {one.aspek for one in given.actions if one.tahun == following}
    proposed = recommendations.recommendations(given.found)
    yield Heading("Rekomendasi dan rencana aksi")
    if not proposed:
        yield Text("Angka tahun ini tidak menunjuk pada perbaikan tertentu.")
    for aspect, texts in proposed.items():
        yield Text(f"Aspek {aspect}, {office_records.ASPECTS[aspect - 1]}. {' '.join(texts)}")
        if aspect not in planned:
            yield Judgement(
                f"Terima, ubah, atau coret; yang diterima dicatat sebagai rencana aksi Tahun {following} untuk aspek "
                f"{aspect}."
            )
    yield _plan(given, following)


def _plan(given: ReportMaterial, year: int) -> Block:
    """List what is planned for a year: what, who, until when."""
    rows = tuple(
        (
            one.kode,
            str(one.aspek),
            one.uraian,
            one.penanggung_jawab or "–",
            tanggal(one.tenggat) if one.tenggat else "–",
        )
        for one in given.actions
        if one.tahun == year
    )
    columns = (
        Column("Kode", 2), Column("Aspek", 2), Column("Rencana", 6), Column("Penanggung jawab", 4), Column("Tenggat", 3)
    )  # fmt: skip
    if not rows:
        return Text(f"Belum ada rencana aksi untuk tahun {year}.")
    return ReportTable(f"Rencana aksi Tahun {year}", columns, rows)
