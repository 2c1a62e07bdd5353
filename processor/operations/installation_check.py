"""Checks what an office stands on: its keys, the register's seal, its settings, folders, disk and schedule."""

import os
import re
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from processor.foundation import atomic_files, file_locks
from processor.foundation.errors import PayungError, Problem
from processor.foundation.settings import Settings
from processor.operations import applicant_status, overview, register_watch, restoring
from processor.operations.office import Office
from processor.site import applicant_code, publish, sealed_files

_SAMPLE = re.compile(r"contoh|[(]0000[)]", re.IGNORECASE)
_LATE = 3600 * 24  # seconds without a pass that deserve a word


def check_keys(office: Office) -> Iterator[Problem]:
    """Check who can read the office key, where it lies, and whether a second one exists."""
    settings = office.settings
    key = settings.key_file
    if key == settings.office_key and os.name != "nt" and stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield Problem(
            str(key), None, "Kunci kantor dapat dibaca orang lain di komputer ini.", f"Jalankan: chmod 600 {key}"
        )
    if settings.register in key.parents:
        yield Problem(str(key), None, "Kunci berada di dalam register.", "Pindahkan, lalu ubah folder.kunci.")
    if len(office.register.recipients) == 1:
        message = "Belum ada kunci pemulihan; bila kunci kantor hilang, register tidak dapat dibuka lagi."
        yield Problem(str(settings.recipients), None, message, "Jalankan: payung siapkan --kunci-pemulihan")


def check_sealing(office: Office) -> Iterator[Problem]:
    """Check that the register's own seal is there, and that all is sealed to every key of today."""
    sealing = office.register.sealing
    try:
        if not sealing.all_sealed_for_today:
            message = "Permohonan lama belum disegel untuk kunci yang ditambahkan."
            yield Problem(str(office.settings.recipients), None, message, "Jalankan: payung jalankan")
    except PayungError as error:
        yield Problem(str(sealing.path), None, str(error))


def check_register(office: Office) -> Iterator[Problem]:
    """Check that the register is the one that this computer knows, and lacks nothing that was seen of it."""
    missing = restoring.compare(office)
    if missing.refused:
        yield Problem(str(office.register.folder), None, missing.refused)
    elif missing.older:
        message = f"Riwayat lebih lama daripada yang pernah dilihat: {', '.join(missing.older)}."
        yield Problem(str(office.register.folder), None, message, register_watch.OLDER_MEND)


def check_sample_values(settings: Settings) -> Iterator[Problem]:
    """Find values that every office must replace by its own."""
    path = str(settings.path)
    agency, decrees = settings.instansi, settings.dasar
    asked = ("pemerintah", "alamat", "kota", "telepon", "email")
    if sample := [key for key in asked if _SAMPLE.search(getattr(agency, key))]:
        mend = "Tulis milik instansi Anda."
        yield Problem(path, None, f"instansi masih contoh: {', '.join(sample)}.", mend)
    if drafts := [key for key in ("pedoman", "sop", "tim") if not getattr(decrees, key).nomor]:
        message = f"dasar belum bernomor, dan halaman menyebutnya rancangan: {', '.join(drafts)}."
        yield Problem(path, None, message, "Tulis nomor dan tanggalnya begitu ditetapkan.")
    if "Contoh" in settings.surat.penandatangan.nama:
        yield Problem(path, None, "surat.penandatangan masih nama rekaan.", "Tulis pejabat yang menandatangani.")
    if sample := [key for key, one in settings.petugas.items() if "Contoh" in one.nama and not one.berhenti]:
        yield Problem(path, None, f"petugas masih nama rekaan: {', '.join(sample)}.", "Tulis petugas Anda, dengan NIP.")
    if not (settings.pdp.kontak and settings.pdp.retensi):
        message = "pdp.kontak atau pdp.retensi belum diisi, padahal halaman Privasi wajib memuatnya (UU 27/2022)."
        yield Problem(path, None, message, "Tulis pejabat pelindungan data pribadi dan lamanya data disimpan.")
    if settings.situs.formulir_google and not settings.situs.keputusan_google:
        message = "Formulir Google dipakai tanpa situs.keputusan_google; data instansi wajib di Indonesia."
        yield Problem(
            path, None, message, "Tulis nomor dan tanggal keputusan tertulis instansi Anda yang mengizinkannya."
        )
    if "example." in settings.situs.alamat:
        yield Problem(path, None, "situs.alamat masih alamat contoh.", "Tulis alamat situs Anda; kode QR memakainya.")


def check_codes(office: Office) -> Iterator[Problem]:
    """Find codes that open nothing any more: what a code gives depends on the host for which it was made."""
    here, known = (
        applicant_code.host_of(office.settings.situs.alamat),
        office.register.state("terbit").get("alamat", []),
    )
    if {host for host, _ in known} <= {here}:
        return
    made = {number: _time_of_code(office, number) for number in office.register.numbers()}
    hosts = {number: publish.host_at(known, moment) for number, moment in made.items() if moment}
    lost = {number: host for number, host in hosts.items() if host != here}
    if lost:
        message = f"situs.alamat berubah, jadi kode untuk {', '.join(lost)} tidak membuka apa pun lagi."
        mend = f"Kembalikan ke {' atau '.join(sorted({*lost.values()}))}, atau buatkan kode baru: payung kode NOMOR"
        yield Problem(str(office.settings.path), None, message, mend)


def _time_of_code(office: Office, number: str) -> datetime | None:
    """Tell when the code was made, or came, that a case should open to; None without one, or when it has expired."""
    try:
        with overview.one_case_at_a_time():
            filed = office.register.read(number)
            case, seen = filed.case, overview.derive_for(office, filed)
            if (
                not case
                or not seen
                or not sealed_files.valid_code_values(case.balasan.kode_lacak, case.balasan.kunci_balasan)
            ):
                return None
            last = applicant_status.open_until(case, filed.events, seen.status, office.settings.situs.jawaban_berlaku)
            codes = [event.time for event in filed.events if event.kind in {"didaftar", applicant_status.NEW_CODE}]
            return codes[-1] if last is None or office.now().date() <= last else None
    except (PayungError, OSError):
        return None  # told by ``check_cases``


def check_folders(settings: Settings) -> Iterator[Problem]:
    """Check that neither register, inbox nor keys lie where the site is made from or published."""
    public = [settings.root / "docs", settings.root / "forms", settings.opinions, settings.site]
    for name, path in (
        ("register", settings.register),
        ("masuk", settings.inbox),
        ("kunci", settings.office_key.parent),
    ):
        if any(path == place or place in path.parents for place in public):
            yield Problem(str(settings.path), None, f"Folder {name} berada di bahan situs.", f"Ubah folder.{name}.")
    register = settings.register
    if os.name != "nt" and register.is_dir() and stat.S_IMODE(register.stat().st_mode) & 0o077:
        yield Problem(str(register), None, "Register dapat dibaca orang lain di komputer ini.", f"chmod 700 {register}")


def check_disk(office: Office) -> Iterator[Problem]:
    """Check that the register lies where files can be locked, and where what was written is flushed to the disk."""
    folder = office.register.state_folder
    try:
        with file_locks.hold(folder / "periksa.lock", 0, "Payung periksa yang lain sedang berjalan."):
            flushed = atomic_files.sync_folder(folder)
    except PayungError as error:
        yield Problem(str(folder), None, str(error))
        return
    if not flushed:
        message = (
            "Sistem berkas folder ini, biasanya folder bersama di jaringan, tidak memastikan tulisan sampai ke disk."
        )
        mend = "Register tetap dapat dipakai; lebih aman di disk komputer ini, dengan cadangan ke folder bersama."
        yield Problem(str(folder), None, message, mend)


def check_schedule(office: Office) -> Iterator[Problem]:
    """Check that the schedule is alive."""
    last = office.register.state("putaran").get("selesai")
    place = str(Path(office.settings.path.name))
    if last is None:
        yield Problem(place, None, "Belum pernah ada putaran yang selesai.", "Jalankan: payung jalankan")
    elif (office.now().astimezone(UTC) - datetime.fromisoformat(last)).total_seconds() > _LATE:
        yield Problem(
            place, None, "Putaran terakhir lebih dari sehari yang lalu.", "Periksa jadwalnya, lalu payung jalankan."
        )
