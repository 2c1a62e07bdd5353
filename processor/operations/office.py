"""What every step of a pass and every command works with: settings, form, register, clock and calendar."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from processor.cases import office_keys, register_version
from processor.cases.register import Register
from processor.cases.register_memory import RegisterMemory
from processor.foundation import form_definition, working_time
from processor.foundation.form_definition import Form
from processor.foundation.progress import Progress, silent
from processor.foundation.settings import Settings
from processor.foundation.working_time import Calendar
from processor.mail.outbox import FOLDER, Outbox
from processor.operations import desk_accounts, register_watch
from processor.operations.row_store import RowMemory


@dataclass(frozen=True)
class Office:
    """An open office.

    ``quiet``: seconds that a dropped file must have lain still; ``progress``: shows long work;
    ``confirmed_since``: since when decisions count only once they are confirmed at the desk, None where they need not;
    ``rows``: what the process remembers of the rows of cases, None where it looks at them once.
    """

    settings: Settings
    form: Form
    register: Register
    clock: Callable[[], datetime]
    calendar: Calendar
    outbox: Outbox
    quiet: float = 2.0
    progress: Progress = silent
    confirmed_since: datetime | None = None
    rows: RowMemory | None = None

    def now(self) -> datetime:
        """Give this moment on the office's clock."""
        return self.clock().astimezone(self.settings.layanan.zone)

    @property
    def memory(self) -> RegisterMemory:
        """Give what this computer remembers of the register."""
        return RegisterMemory(self.settings.office_key.parent)

    def missing(self, filed: Collection[str]) -> list[str]:
        """List numbers that were given out and have no folder among those that are ``filed``.

        What was lost with a register that somebody restored knowingly was told then, and is not looked for.
        """
        found = self.register.missing(filed)
        known = self.memory.load() if found else None
        return [number for number in found if known is None or number not in known.lost]

    def numbers(self, filed: Collection[str] | None = None) -> Iterator[str]:
        """Give the registration numbers to give out next; ``filed`` are those in use, if they were looked at already.

        They come oldest first.
        """
        return self.register.next_numbers(self.settings.surat.awalan, self.now().year, filed)


def open_office(
    settings: Settings,
    clock: Callable[[], datetime],
    quiet: float = 2.0,
    progress: Progress = silent,
    *,
    any_register: bool = False,
) -> Office:
    """Open the office: its form, keys, register and outbox.

    Args:
        settings: The settings.
        clock: Gives the time (aware); asked whenever it matters.
        quiet: Seconds for which an export must not have grown to be read.
        progress: Where long work is shown.
        any_register: Whether to open also a register that is older than this computer knows it, gone or another's.

    Raises:
        RegisterRefused: When the register is one of these.
        BrokenFiles, PayungError: With what to mend.
    """
    register_version.check(settings.register)
    keys = office_keys.load(settings.key_file, settings.recipients)
    form = form_definition.load(settings.form, settings.unit_options)
    register = Register(settings.register, keys, settings.taksonomi)
    if not any_register:
        register_watch.check(register, RegisterMemory(settings.office_key.parent))
    if not any_register or settings.register.is_dir():
        register.check_key()
    calendar, _ = working_time.read_calendar(settings.days_off)
    outbox = Outbox(settings.register / FOLDER, keys)
    confirmed_since = desk_accounts.of(settings).since() if settings.meja.peneguhan else None
    return Office(settings, form, register, clock, calendar, outbox, quiet, progress, confirmed_since)
