"""``payung siapkan``: everything an agency needs before its first pass. Doing it again changes nothing."""

import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from processor.cases import office_keys, register_version
from processor.cases.register import Register
from processor.cases.register_memory import RegisterMemory
from processor.foundation import atomic_files, settings, shipped
from processor.foundation.errors import PayungError
from processor.foundation.form_definition import Form
from processor.foundation.progress import Progress, silent
from processor.foundation.settings import Settings
from processor.intake.google import client
from processor.intake.google.form_publisher import publish
from processor.mail.outbox import FOLDER, Outbox
from processor.operations import register_watch
from processor.operations.upgrade import folder_version, releases


def prepare_office(
    path: Path, *, recovery: bool = False, progress: Progress = silent, program: str = "payung"
) -> Iterator[str]:
    """Prepare an office for its first pass; done again, it changes nothing.

    A recovery key that stands in the office key's place becomes the office's.

    Args:
        path: The settings file.
        recovery: Whether to make a recovery key and tell its secret half, once.
        progress: Where long work is shown.
        program: How the program is typed.

    Yields:
        What was done, a line each.

    Raises:
        RegisterRefused: When the register is older than this computer knows it, empty or another's.
        PayungError: When the office key is missing although there are cases sealed to it, or a newer program has
            written in the register; then nothing was made.
    """
    found = settings.load(path)
    register_version.check(found.register)
    if not found.office_key.exists() and any(found.register.glob("[0-9]*/*-*")):
        raise PayungError(
            f"Register {found.register} sudah berisi permohonan, tetapi kuncinya tidak ada. Pulihkan "
            f"{found.office_key} dari cadangan; kunci baru tidak dapat membukanya."
        )
    made = office_keys.create_key_files(found.office_key, found.recipients)
    register_watch.check(_register(found), RegisterMemory(found.office_key.parent))
    yield f"Kunci kantor {'dibuat' if made else 'sudah ada'}: {found.office_key}"
    register = _register(found)
    register.prepare()
    yield from _adopt_recovery_key(found, register)
    if recovery:
        yield "Kunci pemulihan ini tidak disimpan di mana pun. Cetak, simpan di tempat terkunci, lalu bersihkan layar:"
        yield f"  {office_keys.make_recovery_key(found.recipients)}"
    yield from _reseal_everything(found, progress)
    _keep_history(found.register)
    yield f"Register siap: {found.register}"
    found.inbox.mkdir(parents=True, exist_ok=True, mode=0o700)
    yield f"Folder masuk siap: {found.inbox} (taruh ekspor formulir di sini)"
    yield from _next_steps(found, program)


def _register(found: Settings) -> Register:
    """Open the register with the keys as they are now."""
    return Register(found.register, office_keys.load(found.key_file, found.recipients), found.taksonomi)


def _adopt_recovery_key(found: Settings, register: Register) -> Iterator[str]:
    """Let a recovery key take the place of the office's; what was sealed for before stays so, and the old key opens."""
    others = register.sealing.former_recipients()
    if not others:
        return
    named = office_keys.public_keys(found.recipients)
    office_keys.add_recipients(
        found.recipients, *(f"# penerima sebelum kunci kantor diganti\n{key}" for key in others if key not in named)
    )
    yield "Kunci pemulihan ini sekarang kunci kantor. Kunci kantor yang lama tetap dapat membuka register."
    yield f"  Bila kunci lama mungkin dipegang orang lain: hapus {others[0]} dari {found.recipients},"
    yield "  lalu jalankan payung siapkan sekali lagi."
    yield "  Buat kunci pemulihan yang baru: payung siapkan --kunci-pemulihan"


def _reseal_everything(found: Settings, progress: Progress) -> Iterator[str]:
    """Seal everything to the recipients of today."""
    register, keys = _register(found), office_keys.load(found.key_file, found.recipients)
    with register.lock(10):
        done = register.reseal(progress)
        if done:
            Outbox(found.register / FOLDER, keys).reseal()
            count = len(register.numbers())
            yield f"{done} dari {count} permohonan disegel ulang untuk {len(register.recipients)} kunci."


def copy_sources(folder: Path, own: Mapping[str, str]) -> None:
    """Put everything public that an agency starts from into its folder; what is there already stays.

    Args:
        folder: Made where there is none.
        own: The texts of files that are not the shipped ones, by their paths; the settings are written last, so that
            what was broken off can be done again.

    Raises:
        PayungError: When ``folder`` is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise PayungError(f"{folder} sudah ada dan bukan folder. Sebutkan folder lain.")
    is_new = not any((folder / name).exists() for name in shipped.PUBLIC)
    folder.mkdir(parents=True, exist_ok=True)
    if is_new:
        folder_version.mark(folder)
    for name, text in own.items():
        if name != settings.FILE_NAME and not (folder / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            _put(folder / name, partial(_write, text))
    for name in (one for one in shipped.PUBLIC if one not in own):
        source = shipped.sources() / name
        if source.is_dir():
            shutil.copytree(source, folder / name, dirs_exist_ok=True, copy_function=_copy_where_nothing_is)
        else:
            _copy_where_nothing_is(source, folder / name)
    _put(folder / settings.FILE_NAME, partial(_write, own[settings.FILE_NAME]))


def _copy_where_nothing_is(source: str | Path, target: str | Path) -> None:
    """Copy a file, unless something has its name already, or it is another office's news or official text."""
    if not Path(target).exists() and not releases.is_the_shippers(Path(source)):
        _put(Path(target), partial(shutil.copy2, source))


def _put(path: Path, make: Callable[[Path], object]) -> None:
    """Let ``make`` write a file whole: whoever does it again leaves alone what is there."""
    beside = atomic_files.temporary(path)
    try:
        make(beside)
        atomic_files.move(beside, path)
    finally:
        atomic_files.remove(beside)


def _write(text: str, path: Path) -> None:
    path.write_text(text, "utf-8")


def _keep_history(register: Path) -> None:
    """Make the register a git repository of its own, so that who changed what, and when, can be seen."""
    git = shutil.which("git")
    if git and not (register / ".git").exists():
        subprocess.run([git, "init", "--quiet", str(register)], check=True)  # noqa: S603 -- fixed words and our path


def _next_steps(found: Settings, program: str) -> Iterator[str]:
    """Tell what a person does next."""
    yield ""
    yield "Berikutnya:"
    steps = [
        f"Lihat situs Anda di komputer ini: {program} layani. Meja petugas: {program} meja",
        f"Lihat yang masih perlu tangan, dengan caranya: {program} periksa",
        f"Jalankan setiap hari: {program} jalankan --tiap 5m",
    ]
    if len(_register(found).recipients) == 1:
        steps.insert(0, f"Buat kunci kedua untuk disimpan di kertas: {program} siapkan --kunci-pemulihan")
    if found.path.parent != Path.cwd():
        steps.insert(0, f"Pindah ke folder kerja: cd {shlex.quote(str(found.path.parent))}")
    yield from (f"  {count}. {step}" for count, step in enumerate(steps, start=1))


def google_form(found: Settings, form: Form) -> Iterator[str]:
    """Make or update the Google Form; tell its links and what a person must still do there, a line each."""
    if found.sumber.google is None:
        raise PayungError(
            "sumber.google belum diisi di payung.yaml. Isi formulir dan kredensial; caranya ada di "
            "docs/petugas/instansi-lain.md."
        )
    google = found.sumber.google
    service = client.connect(found.resolve(google.kredensial), client.WRITE)
    try:
        done = publish(service, form, found.google_lock, google.formulir, now=datetime.now(UTC))
    finally:
        service.close()
    yield f"Formulir: {done.responder_uri}"
    yield f"Tautan terisi: {done.prefilled}"
    yield "Yang masih harus dikerjakan tangan di Google Formulir:"
    yield from (f"  - {step}" for step in done.manual_steps)
