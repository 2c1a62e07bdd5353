"""Work that lasts longer than anybody waits for a page: done beside the desk, one of a name at a time, told as it goes.

What it gave is kept in memory until it is done again or the desk ends; nothing of it is written down.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock, Thread

from processor.foundation import disk_errors
from processor.foundation.errors import PayungError
from processor.operations.office import Office


@dataclass(frozen=True, slots=True)
class WorkState:
    """How far work is: who began it (short name, "" for nobody in particular) and when (aware).

    ``done`` of ``total`` in ``stage`` while it goes on; once it ``ended``, its ``result``, or what was ``wrong``.
    """

    by: str
    began: datetime
    stage: str = ""
    done: int = 0
    total: int = 0
    ended: datetime | None = None
    result: object = field(default=None, repr=False)
    wrong: str = ""


class BackgroundWork:
    """What a served desk does beside answering, by name."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._states: dict[str, WorkState] = {}
        self._threads: dict[str, Thread] = {}

    def state(self, name: str) -> WorkState | None:
        """Tell how far the work of a name is; None where it was never begun here."""
        with self._lock:
            return self._states.get(name)

    def begin(self, name: str, office: Office, by: str, work: Callable[[Office], object]) -> None:
        """Begin work on an open office, which tells its progress; where it goes on already, it is left to go on."""
        with self._lock:
            known = self._states.get(name)
            if known is None or known.ended is not None:
                self._states[name] = WorkState(by, office.now())
                self._threads[name] = Thread(target=self._do, args=(name, office, work), daemon=True)
                self._threads[name].start()

    def wait(self, name: str, seconds: float) -> None:
        """Wait until work that was begun has ended, or so long."""
        self._threads[name].join(seconds)

    def _do(self, name: str, office: Office, work: Callable[[Office], object]) -> None:
        """Do the work, and keep what came of it."""

        def tell(stage: str, done: int, total: int) -> None:
            self._change(name, lambda state: replace(state, stage=stage, done=done, total=total))

        result, wrong = None, ""
        try:
            result = work(replace(office, progress=tell))
        except PayungError as error:
            wrong = str(error)
        except OSError as error:
            wrong = disk_errors.sentence(error)
        except Exception as error:  # noqa: BLE001 -- a traceback could hold an applicant's words
            wrong = f"Kesalahan program ({type(error).__name__})."
        self._change(name, lambda state: replace(state, ended=office.now(), result=result, wrong=wrong))

    def _change(self, name: str, change: Callable[[WorkState], WorkState]) -> None:
        with self._lock:
            self._states[name] = change(self._states[name])
