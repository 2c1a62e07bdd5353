"""``payung periksa``: looks at keys, register, form, templates and every case, and says what needs a hand."""

import contextlib
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from processor.cases import misplaced
from processor.foundation import atomic_files, file_locks, law_catalogue, shipped, working_time
from processor.foundation.errors import BrokenFiles, PayungError, Problem
from processor.foundation.law_catalogue import Catalogue
from processor.foundation.progress import counted
from processor.foundation.settings import Settings
from processor.intake.google import form_ids
from processor.letters import documents, report_letter
from processor.mail import composer
from processor.operations import (
    applicant_status,
    case_check,
    confirming,
    counter_drafts,
    dropped_exports,
    edit_session,
    identity,
    letter_signatures,
    notices,
    office_clock,
    office_records,
    overview,
    referrals,
    register_watch,
    restoring,
)
from processor.operations.complaints import complaint_check
from processor.operations.figures import aggregate_files, release_check
from processor.operations.office import Office
from processor.operations.overview import KnownRows
from processor.operations.survey import survey_votes
from processor.site import applicant_code, page_lines, publish, sealed_files, sealed_packages

_LATE = 3600 * 24  # seconds without a pass that deserve a word


def check(office: Office) -> Iterator[Problem]:
    """Give everything that a person should mend, beginning with what the rest stands on: keys, seal, settings."""
    settings = office.settings
    yield from _check_keys(office)
    yield from _check_sealing(office)
    yield from _check_register(office)
    yield from _check_sample_values(settings)
    yield from letter_signatures.mistakes(settings)
    yield from confirming.lifted(settings)
    yield from _check_codes(office)
    yield from _check_folders(settings)
    yield from _check_disk(office)
    yield from documents.check_templates(settings.opinions)
    yield from report_letter.check_templates(settings.opinions)
    yield from composer.check_templates(settings.opinions / composer.FOLDER)
    yield from page_lines.page_problems(settings.root / "docs")
    yield from notices.needing_a_person(office)
    yield from working_time.read_calendar(settings.days_off)[1]
    yield from _check_inbox(office)
    yield from _check_google_terms(office)
    yield from _check_counter(office)
    yield from complaint_check.check(office)
    yield from survey_votes.damage(office)
    yield from aggregate_files.problems(office)
    yield from _check_law(office)
    yield from office_records.mistakes(office)
    yield from release_check.check(office)
    yield from dict.fromkeys(_check_cases(office))
    yield from office_clock.problems(office)
    yield from _check_schedule(office)


def notes(settings: Settings) -> Iterator[str]:
    """Say what nobody need mend: files that come from the program, and law that no lawyer of the office confirmed."""
    with contextlib.suppress(PayungError):  # a broken catalogue is told by ``check``
        if keys := law_catalogue.unconfirmed(law_catalogue.load(settings.law_catalogue)):
            yield f"{law_catalogue.FILE_NAME}: belum dipastikan petugas hukum kantor Anda: {', '.join(keys)}."
    yield from (f"{name}: tidak ada di folder Anda; dipakai yang bawaan." for name in shipped.lacking(settings.root))


def _check_counter(office: Office) -> Iterator[Problem]:
    """Find requests that the counter has not filed yet, and what is wrong with the journal of referrals."""
    for path in sorted((office.register.folder / counter_drafts.FOLDER).glob("*.age")):
        yield Problem(str(path), None, "Ada isian loket yang belum didaftarkan.", "Lanjutkan: payung terima")
    yield from referrals.read(office.register)[1]


def _check_law(office: Office) -> Iterator[Problem]:
    """Find law to compare with its source again, and what the program knows to be repealed and the office does not."""
    path = office.settings.law_catalogue
    with contextlib.suppress(PayungError):  # told with the cases
        own = law_catalogue.load(path)
        yield from law_catalogue.check(own, office.now().date())
        yield from law_catalogue.overtaken(own, law_catalogue.load(shipped.sources() / "opinions" / path.name))


def _check_cases(office: Office) -> Iterator[Problem]:
    """Check every case file, its journal, its seal, and numbers without a folder."""
    register = office.register
    try:
        catalogue = law_catalogue.load(office.settings.law_catalogue)
    except BrokenFiles as error:
        yield from error.problems
        return
    left_behind, known = list[str](), KnownRows.load(office)
    for number in counted(office.progress, "Memeriksa permohonan", register.numbers()):
        try:
            with overview.one_case_at_a_time():
                yield from _check_case(office, number, catalogue, left_behind, known)
        except (PayungError, OSError) as error:
            yield Problem(number, None, str(error), case_check.RESTORE)
    yield from case_check.without_letters(office, left_behind)
    yield from misplaced.folders(register.folder, register.numbers(), office.missing(register.numbers()))


def _check_case(
    office: Office, number: str, catalogue: Catalogue, left_behind: list[str], known: KnownRows
) -> Iterator[Problem]:
    """Check one case: whether its seal opens, whether an edit waits, and what the steps would tell."""
    register = office.register
    for copy in sorted(register.path(number).glob(edit_session.COPIES)):
        own = copy.name == edit_session.COPY
        mend = f"Lanjutkan: payung sunting {number}" if own else "Pindahkan yang perlu, lalu hapus berkas itu."
        yield Problem(str(copy), None, "Ada suntingan yang belum selesai.", mend)
    filed = register.read(number)
    yield from identity.mistakes(register, filed)
    seen = overview.derive_for(office, filed)
    yield from case_check.check_case(office, filed, seen, catalogue)
    yield from case_check.files(filed, content=True)
    yield from case_check.slips(filed, seen)
    yield from case_check.of_its_letter(office, filed, seen, known, catalogue)
    if case_check.left_behind(office, filed):
        left_behind.append(number)
    runs = overview.deadlines_of(office, filed, seen)
    for warning in runs.whole.warnings if runs else ():
        yield Problem(str(office.settings.days_off), None, warning)


def _check_keys(office: Office) -> Iterator[Problem]:
    """Check who can read the office key, where it lies, and whether a second one exists."""
    settings = office.settings
    key = settings.office_key
    if os.name != "nt" and stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield Problem(
            str(key), None, "Kunci kantor dapat dibaca orang lain di komputer ini.", f"Jalankan: chmod 600 {key}"
        )
    if settings.register in key.parents:
        yield Problem(str(key), None, "Kunci berada di dalam register.", "Pindahkan, lalu ubah folder.kunci.")
    if len(office.register.recipients) == 1:
        message = "Belum ada kunci pemulihan; bila kunci kantor hilang, register tidak dapat dibuka lagi."
        yield Problem(str(settings.recipients), None, message, "Jalankan: payung siapkan --kunci-pemulihan")


def _check_sealing(office: Office) -> Iterator[Problem]:
    """Check that the register's own seal is there, and that all is sealed to every key of today."""
    sealing = office.register.sealing
    try:
        if not sealing.all_sealed_for_today:
            message = "Permohonan lama belum disegel untuk kunci yang ditambahkan."
            yield Problem(str(office.settings.recipients), None, message, "Jalankan: payung jalankan")
    except PayungError as error:
        yield Problem(str(sealing.path), None, str(error))


def _check_register(office: Office) -> Iterator[Problem]:
    """Check that the register is the one that this computer knows, and lacks nothing that was seen of it."""
    missing = restoring.compare(office)
    if missing.refused:
        yield Problem(str(office.register.folder), None, missing.refused)
    elif missing.older:
        message = f"Riwayat lebih lama daripada yang pernah dilihat: {', '.join(missing.older)}."
        yield Problem(str(office.register.folder), None, message, register_watch.OLDER_MEND)


def _check_sample_values(settings: Settings) -> Iterator[Problem]:
    """Find values that every office must replace by its own."""
    path = str(settings.path)
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


def _check_codes(office: Office) -> Iterator[Problem]:
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
        return None  # told by ``_check_cases``


def _check_folders(settings: Settings) -> Iterator[Problem]:
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


def _check_disk(office: Office) -> Iterator[Problem]:
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


def _check_inbox(office: Office) -> Iterator[Problem]:
    """Find files in the inbox that no pass could read, and packages that were put aside."""
    yield from dropped_exports.check(office)
    for path in sorted((office.settings.packages / sealed_packages.ASIDE).glob("*.age")):
        mend = f"Baca {path.stem[:12]}….alasan.txt di sampingnya, lalu kembalikan ke folder di atasnya atau hapus."
        yield Problem(str(path), None, "Kiriman dari situs ini disisihkan.", mend)


def _check_google_terms(office: Office) -> Iterator[Problem]:
    """Check that it is known which terms the Google Form shows, and that these are the ones of today."""
    if office.settings.sumber.google is None:
        return
    shown = form_ids.read(office.settings.google_lock).shown_at(office.now())
    place, mend = office.settings.google_lock.name, "Perbarui formulirnya: payung formulir google"
    if shown is None:
        message = (
            "Belum tercatat naskah ketentuan mana yang tampil di Formulir Google, jadi versi persetujuan tidak pasti."
        )
        yield Problem(place, None, message, mend)
    elif shown.terms.sidik != office.form.ketentuan.digest:
        yield Problem(place, None, f"Formulir Google masih menampilkan ketentuan versi {shown.terms.versi}.", mend)


def _check_schedule(office: Office) -> Iterator[Problem]:
    """Check that the schedule is alive."""
    last = office.register.state("putaran").get("selesai")
    place = str(Path(office.settings.path.name))
    if last is None:
        yield Problem(place, None, "Belum pernah ada putaran yang selesai.", "Jalankan: payung jalankan")
    elif (office.now().astimezone(UTC) - datetime.fromisoformat(last)).total_seconds() > _LATE:
        yield Problem(
            place, None, "Putaran terakhir lebih dari sehari yang lalu.", "Periksa jadwalnya, lalu payung jalankan."
        )
