"""Carries an upgrade out, and takes it back byte for byte.

All that is replaced is kept in one file first, which stays until the next upgrade: broken off anywhere, an upgrade can
be gone on with or taken back.
"""

import glob
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from processor.foundation import atomic_files, file_locks
from processor.foundation.errors import Busy, PayungError
from processor.foundation.settings import Settings
from processor.operations.upgrade import upgrade_plan
from processor.operations.upgrade.folder_version import MARK
from processor.operations.upgrade.upgrade_plan import UpgradePlan

KEPT = ".payung/sebelum-perbarui.zip"
_LIST = "daftar.json"
_WAIT = 10.0  # seconds for a pass that is under way
_CHANGED = "{} berubah sejak rencana dibuat; tidak ada yang ditulis. Ulangi: payung perbarui"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What an upgrade replaced: the version from which it began, and by name the content before, the digest after."""

    base: str
    before: Mapping[str, bytes | None]
    after: Mapping[str, str]


def carry_out(settings: Settings, plan: UpgradePlan) -> None:
    """Do what a plan says. Raises Busy where a file has changed since; then nothing was written."""
    with _alone(settings):
        for one in plan.writes:
            if upgrade_plan.content(settings, one.name) != one.before:
                raise Busy(_CHANGED.format(one.name))
        _keep(settings, plan)
        for one in plan.writes:
            _put(settings, one.name, one.after)


def take_back(settings: Settings) -> tuple[str, ...]:
    """Put everything back as it was before the last upgrade; give the names of the files.

    Raises:
        PayungError: When there is none, or a file was changed since; then nothing was put back.
    """
    with _alone(settings):
        kept = _read(settings)
        if kept is None:
            raise PayungError("Tidak ada pembaruan yang dapat dikembalikan di folder ini.")
        now = {name: upgrade_plan.content(settings, name) for name in kept.before}
        if changed := [name for name in now if not _is_of(kept, name, now[name])]:
            raise PayungError(
                f"Sesudah diperbarui berkas ini diubah lagi: {', '.join(changed)}. Tidak ada yang dikembalikan. Yang "
                f"dulu tersimpan di {settings.root / KEPT}."
            )
        back = [name for name, before in kept.before.items() if now[name] != before]
        for name in reversed(back):  # the mark, which was written last, goes first: broken off, it is an upgrade begun
            _put(settings, name, kept.before[name])
        atomic_files.remove(settings.root / KEPT)
        aside = settings.root / upgrade_plan.ASIDE
        if not any(path.is_file() for path in aside.rglob("*")):
            atomic_files.remove_folder(aside)
        return tuple(back)


def begun_from(settings: Settings) -> str:
    """Give the version from which an upgrade began that was broken off; "" where the last one is whole."""
    kept = _read(settings)
    mark = upgrade_plan.content(settings, MARK)
    return kept.base if kept and MARK in kept.after and _digest(mark) != kept.after[MARK] else ""


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Keep a second upgrade away, and passes, which read what is being replaced."""
    atomic_files.make_folder((settings.root / KEPT).parent, 0o755)
    state = settings.register / ".payung"
    with ExitStack() as held:
        lock = settings.root / ".payung" / "perbarui.lock"
        held.enter_context(file_locks.hold(lock, 0, "Pembaruan lain sedang berjalan di folder ini."))
        if state.is_dir():
            busy = "Sebuah putaran sedang berjalan. Hentikan, atau ulangi sesudah selesai."
            held.enter_context(file_locks.hold(state / "putaran.lock", _WAIT, busy))
        _sweep(settings)
        yield


def _sweep(settings: Settings) -> None:
    """Take away what an upgrade that was killed left half written beside its files."""
    kept = _read(settings)
    for name in (KEPT, *(kept.before if kept else ())):
        path = upgrade_plan.place(settings, name)
        for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
            atomic_files.remove(left)


def _keep(settings: Settings, plan: UpgradePlan) -> None:
    """Keep all that the plan replaces, with what an upgrade that was broken off replaced before."""
    former = _read(settings) if begun_from(settings) else None
    before = {one.name: one.before for one in plan.writes}
    after = {one.name: _digest(one.after) for one in plan.writes}
    if former:
        same = {name: old for name, old in former.before.items() if _is_of(former, name, before.get(name, old))}
        before, after = {**before, **same}, {**former.after, **after}
        after[MARK] = after.pop(MARK)  # still the last
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_LIST, json.dumps({"dari": plan.base, "sesudah": after}))
        for name, content in before.items():
            if content is not None:
                archive.writestr(f"berkas/{name}", content)
    atomic_files.replace(settings.root / KEPT, file.getvalue())


def _read(settings: Settings) -> _Kept | None:
    """Read what the last upgrade replaced; None where there was none. Raises PayungError where that is damaged."""
    path = settings.root / KEPT
    if not path.is_file():
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            said = json.loads(archive.read(_LIST))
            held = {name.removeprefix("berkas/"): archive.read(name) for name in archive.namelist() if name != _LIST}
        return _Kept(said["dari"], {name: held.get(name) for name in said["sesudah"]}, said["sesudah"])
    except (zipfile.BadZipFile, ValueError, LookupError, TypeError) as error:
        raise PayungError(f"{path} rusak. Pulihkan dari cadangan, atau hapus bila tidak perlu lagi.") from error


def _is_of(kept: _Kept, name: str, content: bytes | None) -> bool:
    """Tell whether a file is as it was before the upgrade, or as the upgrade left it."""
    return _digest(content) in {_digest(kept.before.get(name)), kept.after.get(name)}


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _put(settings: Settings, name: str, content: bytes | None) -> None:
    """Put a file where it belongs, for whoever could read the one before."""
    path = upgrade_plan.place(settings, name)
    if content is None:
        atomic_files.remove(path)
        return
    mode = path.stat().st_mode if path.is_file() else 0o644
    atomic_files.make_folder(path.parent, 0o755)
    atomic_files.replace(path, content)
    path.chmod(mode)
