"""case + journal -> status and what is due. Pure: it reads no file and writes none.

A status is derived from what staff wrote, never typed; where a reason is missing there is a Problem and the
status stays what it was.
"""

from collections.abc import Sequence
from typing import Literal, get_args

from processor.case import Event
from processor.casefile import CaseFile, Letter, Service
from processor.errors import Problem
from processor.yamltext import Document

Status = Literal[
    "diajukan", "menunggu_kelengkapan", "ditolak", "diteruskan", "disusun",
    "diperiksa", "dikembalikan", "disetujui", "disampaikan",
]  # fmt: skip

NEXT: dict[Status, str] = {
    "diajukan": "pengelola layanan memverifikasi",
    "menunggu_kelengkapan": "pemohon melengkapi",
    "ditolak": "pengelola layanan menyampaikan pemberitahuan penolakan",
    "diteruskan": "kepala bagian menunjuk analis hukum",
    "disusun": "analis hukum menyusun kajian",
    "diperiksa": "kepala bagian memeriksa kajian",
    "dikembalikan": "analis hukum memperbaiki kajian",
    "disetujui": "pengelola layanan menyampaikan jawaban",
    "disampaikan": "selesai",
}
"""Who does what next."""


def status(case: CaseFile) -> Status:
    """How far ``case`` has come. A decision that lacks its reason does not count."""
    decision = case.verifikasi.keputusan
    if decision is None or _unreasoned(case):
        return "diajukan"
    if decision == "ditolak":
        return "disampaikan" if case.penyampaian.tanggal else "ditolak"
    if decision == "dilengkapi":
        return "menunggu_kelengkapan"
    if not case.kajian.selesai:
        return "disusun" if case.penugasan.analis else "diteruskan"
    if case.pemeriksaan.keputusan is None:
        return "diperiksa"
    if case.pemeriksaan.keputusan == "dikembalikan":
        return "dikembalikan"
    return "disampaikan" if case.penyampaian.tanggal else "disetujui"


def _unreasoned(case: CaseFile) -> list[tuple[str, str, str]]:
    """Decisions of the verification that lack what they must say: key, message, mend."""
    check = case.verifikasi
    lacking = []
    if check.keputusan == "ditolak" and not check.alasan_jenis:
        lacking.append(("alasan_jenis", "Penolakan tanpa jenis alasan.", "Pilih alasan_jenis, misalnya litigasi."))
    if check.keputusan == "ditolak" and not check.alasan:
        lacking.append(("alasan", "Penolakan tanpa alasan.", "Tulis satu atau dua kalimat untuk pemohon."))
    if check.keputusan == "dilengkapi" and not check.kekurangan:
        lacking.append(("kekurangan", "Permintaan kelengkapan tanpa isi.", "Tulis apa saja yang kurang."))
    return lacking


def check(case: CaseFile, document: Document) -> tuple[Problem, ...]:
    """What staff must still write before their decision counts, with the line where it belongs."""
    path = str(document.path)
    problems = [Problem(path, document.line(("verifikasi", k)), m, mend) for k, m, mend in _unreasoned(case)]
    if case.pemeriksaan.keputusan == "dikembalikan" and not case.pemeriksaan.catatan:
        line = document.line(("pemeriksaan", "catatan"))
        problems.append(Problem(path, line, "Kajian dikembalikan tanpa catatan.", "Tulis apa yang harus diperbaiki."))
    if case.penyampaian.tanggal and not case.penyampaian.nomor_surat:
        line = document.line(("penyampaian", "nomor_surat"))
        problems.append(Problem(path, line, "Disampaikan tanpa nomor surat.", "Tulis nomor dari sekretariat."))
    if case.verifikasi.keputusan == "diteruskan" and case.bentuk is None:
        choices = ", ".join(get_args(Service))
        problems.append(
            Problem(path, document.line(("bentuk",)), "Bentuk layanan belum dipilih.", f"Tulis: {choices}.")
        )
    return tuple(problems)


def letters(case: CaseFile, events: Sequence[Event]) -> tuple[Letter, ...]:
    """The documents that the case calls for: a receipt once, the study from the moment it is ready for review.

    What was delivered is never written again, whatever changes later.
    """
    due: list[Letter] = ["tanda_terima"]
    now = status(case)
    if case.verifikasi.keputusan == "ditolak" and now != "diajukan":
        due.append("pemberitahuan_penolakan")
    elif now in {"diperiksa", "disetujui", "disampaikan"} and case.bentuk:
        due.append(case.bentuk)
    written = {event.data["jenis"] for event in events if event.kind == "surat"}
    final = written if case.penyampaian.tanggal else written & {"tanda_terima"}
    return tuple(kind for kind in due if kind not in final)


def actor(case: CaseFile) -> str:
    """Who, by the case file, brought it to its status."""
    names = {
        "menunggu_kelengkapan": case.verifikasi.oleh,
        "ditolak": case.verifikasi.oleh,
        "diteruskan": case.verifikasi.oleh,
        "diperiksa": case.penugasan.analis,
        "dikembalikan": case.pemeriksaan.oleh,
        "disetujui": case.pemeriksaan.oleh,
    }
    return names.get(status(case)) or "petugas"


def findings(case: CaseFile, events: Sequence[Event]) -> tuple[str, ...]:
    """What the verifier should look at: written at filing, and what the journal has told since."""
    later = [
        f"Pemohon mengubah isian sesudah didaftarkan ({', '.join(event.data['kolom'])}). Lihat {event.data['berkas']}."
        for event in events
        if event.kind == "diubah"
    ]
    twins = {number for event in events if event.kind == "mungkin_sama" for number in event.data["kembaran"]}
    later += [f"Mungkin sama dengan {number}. Bandingkan keduanya sebelum diproses." for number in sorted(twins)]
    return (*case.temuan, *later)
