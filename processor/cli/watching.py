"""Wakes a schedule when somebody changes a case, page, form, template or setting; what a pass itself writes does not.

Where the system tells of no changes (a folder on the network, too many folders) the next pass looks, as ever.
"""

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

from processor.foundation.settings import Settings

_TICK = 0.5  # seconds between two looks at what was told
_SILENCE, _LONGEST = 500, 5000  # milliseconds without another change, until a change counts; and at most
_COARSE = 20_000_000  # nanoseconds by which the disk's clock may be behind
_YEARS = 2  # of cases, the newest: each folder that is watched costs the system a kilobyte
_CASES = frozenset({"permohonan.yaml", "pengaduan.yaml"})
_SOURCES = ("docs", "forms", "opinions")
_DRAFT_BEGINS, _DRAFT_ENDS = ("~", ".~", ".#"), (".tmp", "~", ".swp", ".swx", ".part", ".DS_Store")


@dataclass(frozen=True, slots=True)
class LastPass:
    """When a pass began and ended (nanoseconds since 1970), and the numbers of what it filed."""

    begun: int
    ended: int
    filed: Collection[str] = ()

    def has_seen(self, path: Path) -> bool:
        """Tell whether a file is still as it was when this pass began, or as this pass itself has written it."""
        try:
            found = path.stat()
        except OSError:
            return False  # it is gone
        changed = max(found.st_mtime_ns, found.st_ctime_ns)
        own = path.parent.name in self.filed or (bool(self.filed) and path.name.isdigit())  # a year's first cases
        return changed < self.begun - _COARSE or (own and changed <= self.ended)


@dataclass(slots=True)
class Changes:
    """Files that changed and were not looked at since."""

    _paths: set[Path] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def note(self, paths: Iterable[Path]) -> None:
        """Take in what changed."""
        with self._lock:
            self._paths.update(paths)

    def wait(self, pause: float, stop: Event, last: LastPass) -> bool:
        """Wait for ``pause`` seconds, or until something changed that the ``last`` pass has not seen.

        Returns:
            Whether it is time for a pass; False once ``stop`` is set.
        """
        until = time.monotonic() + pause
        while not stop.wait(min(_TICK, max(0.0, until - time.monotonic()))):
            if time.monotonic() >= until or self._unseen(last):
                return True
        return False

    def _unseen(self, last: LastPass) -> bool:
        with self._lock:
            paths, self._paths = self._paths, set()
        return any(not last.has_seen(path) for path in paths)


@contextmanager
def watched(found: Settings) -> Iterator[Changes]:
    """Watch what an office's people write, while the block runs."""
    changes, stop = Changes(), Event()
    looks = (
        (lambda: _whole_folders(found), _is_written),
        (lambda: [one for one in {found.path.parent, found.root, found.register} if one.is_dir()], _is_setting),
    )
    threads = [
        Thread(target=_watch, args=(changes, stop, *look), kwargs={"recursive": look[1] is _is_written}, daemon=True)
        for look in looks
    ]
    for thread in threads:
        thread.start()
    try:
        yield changes
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _whole_folders(found: Settings) -> list[Path]:
    """Give the folders of which all is watched: sources of the site, the newest cases, complaints, events."""
    years = sorted(found.register.glob("[0-9][0-9][0-9][0-9]"))[-_YEARS:]
    several = (
        *(found.root / name for name in _SOURCES),
        *years,
        found.register / "pengaduan",
        found.register / "kegiatan",
    )
    return [folder for folder in several if folder.is_dir()]


def _is_written(path: Path) -> bool:
    """Tell whether people write this file: in sources any but drafts, in a case its YAML."""
    if path.name in _CASES or path.parent.name == "kegiatan":
        return True
    if not any(name in path.parts for name in _SOURCES):
        return False
    return not (path.name.startswith(_DRAFT_BEGINS) or path.name.endswith(_DRAFT_ENDS))


def _is_setting(path: Path) -> bool:
    """Tell whether this file, right in the office's folder or the register's, is one that a pass reads."""
    return path.suffix == ".yaml" or path.name == "mkdocs.yml"


def _watch(
    changes: Changes, stop: Event, folders: Callable[[], list[Path]], wanted: Callable[[Path], bool], *, recursive: bool
) -> None:
    """Note what changes in ``folders`` until ``stop`` is set; begin anew once there are others."""
    from watchfiles import watch  # noqa: PLC0415 -- only a schedule needs it

    while not stop.is_set():
        watching = folders()
        if not watching:
            stop.wait(_TICK)
            continue
        try:
            for some in watch(
                *watching, watch_filter=lambda _, path: wanted(Path(path)), stop_event=stop, recursive=recursive,
                step=_SILENCE, debounce=_LONGEST, rust_timeout=1000, yield_on_timeout=True, raise_interrupt=False,
                poll_delay_ms=2000, ignore_permission_denied=True,
            ):  # fmt: skip
                changes.note(Path(path) for _, path in some)
                if new := {*folders()} ^ {*watching}:
                    changes.note(new)  # what came into it meanwhile nobody watched
                    break
        except (OSError, RuntimeError):
            return  # the system watches no more: the next pass looks
