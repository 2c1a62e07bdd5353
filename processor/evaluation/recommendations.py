"""What the figures of a period call for, by aspect of the evaluation: proposals, of which people decide. Pure."""

from collections.abc import Iterator, Mapping

from processor.evaluation.figure_text import number
from processor.evaluation.report_words import Compared, most_frequent, slowest_step


def recommendations(found: Compared) -> Mapping[int, tuple[str, ...]]:
    """Propose, by aspect, what the figures call for; a person accepts, changes or strikes each."""
    made = {aspect: tuple(propose(found)) for aspect, propose in _PROPOSALS.items()}
    return {aspect: some for aspect, some in made.items() if some}


def _on_requests(found: Compared) -> Iterator[str]:
    if most := most_frequent(found.current["permohonan.penolakan"]):
        yield f"Jelaskan dalam sosialisasi apa yang tidak dapat dilayani; penolakan terbanyak: {most}."


def _on_time(found: Compared) -> Iterator[str]:
    late = found.value("kecepatan.janji", "terlambat") + found.value("kecepatan.janji", "berjalan_terlambat")
    if late:
        step = slowest_step(found)
        where = f", terutama pada tahap {step[0]}" if step else ""
        yield f"Kurangi keterlambatan{where}: {number(late)} permohonan melewati batas waktunya."


def _on_quality(found: Compared) -> Iterator[str]:
    marks = found.current["mutu.nilai"]
    missing = marks.of - found.value("mutu.nilai", "dinilai")
    if missing:
        yield f"Nilai mutu setiap kajian: {number(missing)} dari {number(marks.of)} tidak dinilai."


def _on_satisfaction(found: Compared) -> Iterator[str]:
    if "kepuasan.skm" in found.current and found.current["kepuasan.skm"].value("ikm") is None:
        yield "Kumpulkan jawaban survei kepuasan sampai indeksnya dapat dihitung."
    if late := found.value("pengaduan.waktu", "tidak"):
        yield f"Jawab pengaduan dalam batas waktunya: pada {number(late)} pengaduan ada batas yang terlewat."


def _on_obstacles(found: Compared) -> Iterator[str]:
    for key, said in {"hambatan.jenis": "pada permohonan", "hambatan.kantor": "kantor"}.items():
        if most := most_frequent(found.current[key]):
            yield f"Tangani hambatan {said} yang paling banyak: {most}."


_PROPOSALS = {1: _on_requests, 2: _on_time, 3: _on_quality, 4: _on_satisfaction, 6: _on_obstacles}
