"""The sentences of a report, drafted from its figures: what they say, and what changed since the period before. Pure.

They state figures and never judge them: that is left to people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from processor.evaluation.figure import Figure, FigureRow, Value, rounded
from processor.evaluation.figure_text import number
from processor.evaluation.figures import Figures

_FORMS = ("situs", "google", "ekspor")
"""Channels that are an electronic form."""
_STEPS = ("verifikasi", "kajian", "pemeriksaan", "penyampaian")


@dataclass(frozen=True, slots=True)
class Compared:
    """The figures of a period, and those of the period before it; None where the register knows nothing of that."""

    current: Figures
    before: Figures | None = None

    @classmethod
    def of(cls, current: Figures, before: Figures) -> "Compared":
        """Compare two periods, unless nothing was registered in the earlier one."""
        return cls(current, before if before["permohonan.hasil"].of else None)

    def earlier(self, key: str) -> Figure | None:
        """Give a figure of the period before; None where there is none, or its rows are others (months)."""
        found = self.before[key] if self.before and key in self.before else None
        shared = {one.key for one in found.rows} & {one.key for one in self.current[key].rows} if found else ()
        return found if shared else None

    def value(self, key: str, row: str) -> int:
        """Give how many a row of a figure counts now; 0 where it does not stand there."""
        found = {one.key: one.value for one in self.current[key].rows}.get(row)
        return int(found or 0)


def of_aspect(found: Compared, aspect: int) -> tuple[str, ...]:
    """Draft what the figures of an aspect (1 to 6) say."""
    return tuple(_SENTENCES[aspect](found)) or ("Pada periode ini tidak ada yang dihitung.",)


def summary(found: Compared) -> tuple[str, ...]:
    """Draft what is told first, and in the letter with which a report is sent."""
    return (*_requests(found), *_kept_promises(found))


def _count(found: Compared) -> str:
    """Say how many requests there were."""
    period, count, before = (
        found.current.period,
        found.current["permohonan.hasil"].of,
        found.earlier("permohonan.hasil"),
    )
    until = "" if found.current.made > period.last else ", yang belum berakhir,"
    change = f", {_change(count, before.of)} pada {period.previous.title}" if before else ""
    return f"Pada {period.title}{until} didaftarkan {number(count)} permohonan{change}."


def _requests(found: Compared) -> Iterator[str]:
    """Say how many requests there were, and what became of them."""
    yield _count(found)
    count = found.current["permohonan.hasil"].of
    if not count:
        return
    done, result = found.value("permohonan.tindak_lanjut", "ditindaklanjuti"), found.current["permohonan.hasil"]
    kinds = {
        "dijawab": "dijawab",
        "ditolak": "ditolak dengan alasan",
        "terbuka": "masih berjalan",
        "dibatalkan": "ditarik pemohon",
    }
    parts = [f"{number(result.value(key))} {said}" for key, said in kinds.items() if result.value(key)]
    yield f"{_part(done, count)} sudah ditindaklanjuti. Menurut hasilnya: {listed(parts)}."


def _kinds(found: Compared) -> Iterator[str]:
    """Say which kinds were asked for most."""
    for key, said in {"permohonan.bentuk": "Bentuk layanan", "permohonan.topik": "Topik"}.items():
        if most := most_frequent(found.current[key]):
            yield f"{said} yang paling banyak: {most}."
    if most := most_frequent(found.current["permohonan.penolakan"]):
        yield f"Alasan penolakan yang paling banyak: {most}."


def _first(found: Compared) -> Iterator[str]:
    yield _count(found)
    yield from _kinds(found)


def _kept_promises(found: Compared) -> Iterator[str]:
    """Say how many answers kept the promise of time."""
    kept, late = found.value("kecepatan.janji", "tepat_waktu"), found.value("kecepatan.janji", "terlambat")
    if kept + late:
        before = _kept_share(found.earlier("kecepatan.janji"))
        compared = f"; pada {found.current.period.previous.title} {before}" if before else ""
        yield f"{_part(kept, kept + late, 'jawaban')} disampaikan dalam batas waktu{compared}."
    over = found.value("kecepatan.janji", "berjalan_terlambat")
    if over:
        yield f"Sebanyak {number(over)} permohonan yang masih berjalan sudah lewat batas waktunya."


def _kept_share(figure: Figure | None) -> str:
    """Give the share of answers in time of another period, "" where there were none."""
    kept, late = (int(figure.value(key) or 0) if figure else 0 for key in ("tepat_waktu", "terlambat"))
    return f"{number(_percent(kept, kept + late))} %" if kept + late else ""


def _second(found: Compared) -> Iterator[str]:
    yield from _kept_promises(found)
    since = found.current["kecepatan.sejak_dikirim"]
    if since.of:
        yield (
            f"Sejak pemohon mengirim, separuh dijawab dalam {number(since.value('median'))} menit kerja atau kurang, "
            f"sembilan dari sepuluh dalam {number(since.value('persentil_90'))} menit kerja atau kurang."
        )
        within = found.value("kecepatan.sejak_dikirim", "dalam_sasaran")
        yield f"{_part(within, since.of, 'jawaban')} memenuhi sasaran."
    if slowest := slowest_step(found):
        key, kept, of = slowest
        yield f"Tahap yang paling sering lewat batasnya: {key} ({number(of - kept)} dari {number(of)})."
    paused = found.value("kecepatan.jeda", "diminta_melengkapi")
    if paused:
        yield f"{_part(paused, found.current['kecepatan.jeda'].of)} pernah diminta melengkapi."


def slowest_step(found: Compared) -> tuple[str, int, int] | None:
    """Give the step that most often exceeded its limit: its name, how many kept it, and of how many."""
    steps = [
        (step, found.value(f"kecepatan.{step}", "dalam_batas"), found.current[f"kecepatan.{step}"].of)
        for step in _STEPS
    ]
    late = [one for one in steps if one[1] < one[2]]
    return max(late, key=lambda one: Fraction(one[2] - one[1], one[2])) if late else None


def _third(found: Compared) -> Iterator[str]:
    marks, returns = found.current["mutu.nilai"], found.current["mutu.dikembalikan"]
    if marks.of:
        marked = found.value("mutu.nilai", "dinilai")
        yield f"{_part(marked, marks.of, 'kajian yang dijawab')} dinilai mutunya oleh pemeriksa."
    given = [row for row in marks.rows[1:] if row.value is not None]
    if given:
        low, high = (pick(given, key=_measured) for pick in (min, max))
        yield (
            f"Nilai rata-rata tertinggi pada {high.label.lower()} ({number(high.value)} dari 4), terendah pada "
            f"{low.label.lower()} ({number(low.value)} dari 4)."
        )
    if returns.of:
        returned = returns.of - found.value("mutu.dikembalikan", "tidak")
        yield f"{_part(returned, returns.of, 'kajian')} pernah dikembalikan pemeriksa."
    changed = found.value("mutu.koreksi", "diganti")
    if changed:
        yield f"{_part(changed, found.current['mutu.koreksi'].of, 'surat jawaban')} diganti sesudah disampaikan."
    yield _objections(found)


def _measured(row: FigureRow) -> Decimal:
    return Decimal(row.value or 0)


def _objections(found: Compared) -> str:
    objections = found.current["keberatan.putusan"]
    if not objections.of:
        return "Tidak ada keberatan atas penolakan."
    granted = found.value("keberatan.putusan", "dikabulkan")
    return f"Ada {number(objections.of)} keberatan atas penolakan; {number(granted)} dikabulkan."


def _fourth(found: Compared) -> Iterator[str]:
    yield from _survey(found) if "kepuasan.skm" in found.current else ("Survei kepuasan tidak terbaca.",)
    yield from _complaints(found)


def _survey(found: Compared) -> Iterator[str]:
    """Say what the survey gave."""
    survey = found.current["kepuasan.skm"]
    index, before = survey.value("ikm"), found.earlier("kepuasan.skm")
    if index is None:
        yield "Indeks kepuasan masyarakat tidak ditampilkan, sebab jawaban survei belum cukup."
    else:
        earlier = before.value("ikm") if before else None
        compared = f"; pada {found.current.period.previous.title} {number(earlier)}" if earlier is not None else ""
        target = f"{number(survey.of)} jawaban (sasaran {number(found.current['kepuasan.sasaran'].value('sasaran'))})"
        yield f"Indeks kepuasan masyarakat {number(index)} dari {target}{compared}."
    yield from _other_answers(found.current)


def _complaints(found: Compared) -> Iterator[str]:
    complaints = found.current["pengaduan.tahap"]
    if not complaints.of:
        yield "Tidak ada pengaduan tentang layanan."
        return
    late = found.value("pengaduan.waktu", "tidak")
    yield (
        f"Ada {number(complaints.of)} pengaduan tentang layanan; {number(found.value('pengaduan.tahap', 'selesai'))} "
        f"sudah selesai, dan pada {number(late)} di antaranya ada batas waktu yang terlewat."
    )


def _other_answers(found: Figures) -> Iterator[str]:
    """Say what was answered otherwise than by ballot."""
    others = found["kepuasan.tanpa_surat_suara"]
    if (index := others.value("ikm")) is not None:
        said = f"indeks {number(index)} dari {number(others.of)} jawaban"
        yield f"Jawaban tanpa kartu survei dihitung tersendiri: {said}."
    if "kepuasan.survei_lama" in found:
        yield f"Survei kantor yang lama: {number(found['kepuasan.survei_lama'].value('persen'))} persen."


def _fifth(found: Compared) -> Iterator[str]:
    channels = found.current["permohonan.kanal"]
    if channels.of:
        forms = sum(found.value("permohonan.kanal", key) for key in _FORMS)
        others = ", sisanya lewat saluran lain" if forms < channels.of else ""
        yield f"{_part(forms, channels.of)} datang lewat formulir elektronik{others}."
    met = found.current["jadwal.cara"]
    if met.of:
        yield f"Dicatat {number(met.of)} janji bertemu atau berbicara dengan pemohon."


def _sixth(found: Compared) -> Iterator[str]:
    for key, said in {"hambatan.jenis": "pada permohonan", "hambatan.kantor": "kantor sendiri"}.items():
        figure = found.current[key]
        most = most_frequent(figure)
        yield (
            f"Dicatat {number(figure.of)} hambatan {said}; yang paling banyak: {most}."
            if most
            else f"Tidak ada hambatan {said} yang dicatat."
        )
    asked = found.current["koordinasi.jawaban"]
    if asked.of:
        waiting = sum(found.value("koordinasi.jawaban", key) for key in ("ditunggu", "ditunggu_lewat"))
        yield f"Dari {number(asked.of)} permintaan kepada instansi lain, {number(waiting)} masih ditunggu jawabannya."


_SENTENCES = {1: _first, 2: _second, 3: _third, 4: _fourth, 5: _fifth, 6: _sixth}


def _change(now: int, before: int) -> str:
    """Say how a count moved; what it is counted from follows."""
    if now == before:
        return f"sama banyak seperti {number(before)}"
    return f"{'naik' if now > before else 'turun'} {number(abs(now - before))} dari {number(before)}"


def _part(some: int, of: int, counted: str = "permohonan") -> str:
    """Say how many of how many, with the share."""
    share = f" ({number(_percent(some, of))} %)" if of else ""
    return f"Sebanyak {number(some)} dari {number(of)} {counted}{share}"


def _percent(some: int, of: int) -> Decimal:
    return rounded(Fraction(100 * some, of), 1)


def most_frequent(figure: Figure) -> str:
    """Name the rows that count most, with how many; "" where nothing was counted."""
    known = [row for row in figure.rows if row.value and row.key]
    most: Value = max((row.value for row in known if row.value is not None), default=None)
    names = [_in_sentence(row.label) for row in known if row.value == most]
    each = "masing-masing " if len(names) > 1 else ""
    return f"{listed(names)} ({each}{number(most)})" if names else ""


def _in_sentence(label: str) -> str:
    """Write a label inside a sentence; what is all capitals stays so."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def listed(names: Sequence[str]) -> str:
    """Write a list as a sentence does: a, b, dan c."""
    *some, last = names
    if not some:
        return last
    return f"{', '.join(some)}, dan {last}" if len(some) > 1 else f"{some[0]} dan {last}"
