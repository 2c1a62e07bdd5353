"""One year of an office, drawn from a seed: requests, steps, mistakes, mail, clocks, kills and power cuts."""

import os
import signal
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random

from processor.cases import office_keys
from processor.foundation.errors import BrokenFiles, PayungError
from processor.mail import outbox
from processor.operations import daily_pass, overview, steps
from tests import killing, packages
from tests.simulation import invariants
from tests.simulation.disk import Disk
from tests.smtp_server import DROP, DROP_UNKEPT, Server
from tests.story import Story, delivered

PEOPLE = 9
_STEPS = 60  # writes of a pass among which one is the last before a kill
_LATER, _NEVER, _OK = "451 4.3.0 nanti", "550 5.1.1 tidak ada", "250 2.1.5 OK"
_MISTAKES = ("\nverifikasi: [rusak\n", "\n<<<<<<< HEAD\n", "\nkunci_asing: 1\n", "\n\tx: 1\n")


class Broken(AssertionError):
    """Something that must always hold does not."""


class Year:
    """An office in ``folder`` whose mail goes to ``server``; ``told`` says what happened, step by step."""

    def __init__(self, seed: int, folder: Path, server: Server) -> None:
        self.chance, self.server = Random(seed), server
        self.story = Story(folder, server)
        self.disk = Disk(folder)
        self.told: list[str] = []
        self._sent: dict[str, int] = {}
        self._packages: dict[Path, str] = {}
        self._known: Mapping[str, frozenset[str]] = {}
        self._before_mistake: dict[Path, str] = {}

    def run(self, count: int) -> None:
        """Let ``count`` things happen, check after each, and then let a quiet week pass."""
        with self.disk.under_the_program():
            for _ in range(count):
                act = self.chance.choices(_ACTS, _WEIGHTS)[0]
                self._do(act.__name__.removeprefix("_"), partial(act, self))
            self._do("a quiet week", self._quiet_week)

    def _do(self, name: str, act: Callable[[], object]) -> None:
        self.told.append(f"{self.story.now:%d %b %H:%M} {name}")
        try:
            act()
            self._check()
        except Exception as error:
            raise Broken("\n".join((*self.told[-12:], f"{type(error).__name__}: {error}"))) from error

    # what happens

    def _request(self) -> None:
        """Somebody new sends the form and has the receipt."""
        if len(self._sent) < PEOPLE:
            self._send(len(self._sent) + 1)

    def _again(self) -> None:
        """A browser that saw no answer sends the same once more."""
        if self._sent:
            self._send(self.chance.choice([*self._sent.values()]))

    def _send(self, person: int) -> None:
        said, settings = packages.said(person), self.story.settings
        keys = office_keys.load(settings.office_key, settings.recipients)
        path = packages.dropped(settings.packages, packages.sealed(keys, said), f"{len(self._packages):06d}")
        os.utime(path, (self.story.now.timestamp(),) * 2)
        key = f"situs:{said['kunci']}"
        self._sent[key], self._packages[path] = person, key
        self.disk.flush_all()

    def _pass(self) -> None:
        daily_pass.run_pass(self.story.office)

    def _killed_pass(self) -> None:
        """A pass is killed at some write; what it wrote stays."""
        self._in_a_process(self._pass, self.chance.randint(1, _STEPS), lambda: None)

    def _pass_in_a_power_cut(self) -> None:
        """A pass loses power at some write; what was not flushed goes or is torn."""
        last = Random(self.chance.random())
        self._in_a_process(self._pass, self.chance.randint(1, _STEPS), lambda: self.disk.cut(last))

    def _step_in_a_power_cut(self) -> None:
        last, change = Random(self.chance.random()), self._chosen_step()
        if change:
            self._in_a_process(change, self.chance.randint(1, 12), lambda: self.disk.cut(last))

    def _two_processors(self) -> None:
        """Two passes at once: one waits for the other, or says that it is busy."""
        children = [self._begun(self._pass, 0, lambda: None) for _ in range(2)]
        for child in children:
            self._ended(child)
        self.disk.flush_all()

    def _step(self) -> None:
        """An officer does what is due in some case, or something else; what is refused changes nothing."""
        change = self._chosen_step()
        if change:
            change()

    def _mistake(self) -> None:
        """An officer spoils a case file."""
        numbers = self.story.office.register.numbers()
        if numbers:
            path = self.story.office.register.path(self.chance.choice(numbers)) / "permohonan.yaml"
            text = path.read_text("utf-8")
            self._before_mistake.setdefault(path, text)
            path.write_text(text + self.chance.choice(_MISTAKES), "utf-8")
            self.disk.flush_all()

    def _mend(self) -> None:
        """Officers take back what they spoiled."""
        for path, text in self._before_mistake.items():
            path.write_text(text, "utf-8")
        self._before_mistake.clear()
        self.disk.flush_all()

    def _mail_mood(self) -> None:
        """The mail server refuses some people, for now or for good, or breaks off after the next content."""
        people = [f"orang{person}@example.org" for person in range(1, PEOPLE + 1)]
        self.server.recipients[self.chance.choice(people)] = self.chance.choice([_LATER, _NEVER, DROP, _OK])
        self.server.contents.append(self.chance.choice([DROP, DROP_UNKEPT, _LATER, _NEVER]))

    def _time(self) -> None:
        """Minutes, hours or weeks go by."""
        self.story.now += timedelta(minutes=self.chance.choice([1, 31, 300, 1440, 4 * 1440, 20 * 1440]))

    def _clock_goes_back(self) -> None:
        self.story.now -= timedelta(minutes=self.chance.choice([1, 59, 180]))

    def _quiet_week(self) -> None:
        """Everything works again: all that came is filed, and then nothing is left to do."""
        self._mend()
        self.server.recipients.clear()
        self.server.contents.clear()
        for _ in range(3):
            self.story.now += timedelta(days=2)
            for entry in self.story.office.outbox.entries():
                with suppress(PayungError):  # what may still go by itself
                    outbox.send_again(self.story.office.outbox, entry.name, self.story.now)
            report = daily_pass.run_pass(self.story.office)
        known = invariants.keys_by_number(self.story.office.register)
        if missing := self._sent.keys() - {key for keys in known.values() for key in keys}:
            raise Broken(f"never filed: {sorted(missing)} {report.failures} {report.problems}")
        if report.problems or report.failures:
            raise Broken(f"not quiet: {report.problems} {report.failures}")

    # how it happens

    def _chosen_step(self) -> Callable[[], None] | None:
        rows = [*overview.rows(self.story.office)]
        if not rows:
            return None
        row, today = self.chance.choice(rows), self.story.office.now().date()
        change = self.chance.choices([_due(row.status, today), self.chance.choice(_ANY)(today)], [5, 1])[0]
        number, writes = row.number, row.status in {"disusun", "dikembalikan"}

        def act() -> None:
            with suppress(BrokenFiles, PayungError):
                if writes:
                    self.story.studies(number)
                steps.apply(self.story.office, number, change)

        return act

    def _in_a_process(self, act: Callable[[], object], step: int, last: Callable[[], object]) -> None:
        self._ended(self._begun(act, step, last))
        self.disk.flush_all()

    def _begun(self, act: Callable[[], object], step: int, last: Callable[[], object]) -> int:
        child = os.fork()
        if child:
            return child
        try:
            killing.die_at(self.story.settings.path.parent, step, last)
            with suppress(PayungError):
                act()
        except BaseException:  # noqa: BLE001 -- the parent only sees the exit code
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    def _ended(self, child: int) -> None:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code not in {0, -signal.SIGKILL}:
            raise Broken("a process ended with an error, see above")

    def _check(self) -> None:
        """Raise Broken where something does not hold that always must."""
        register, mail = self.story.office.register, self.server.messages()
        known = invariants.keys_by_number(register)
        waiting = [key for path, key in self._packages.items() if [*path.parent.rglob(path.name)]]
        owners = {n: f"orang{self._sent[key]}@example.org" for n, keys in known.items() for key in keys}
        wrong = [
            *invariants.lost_or_doubled(known, self._sent, waiting),
            *invariants.numbers_that_changed_hands(known, self._known),
            *invariants.damaged_journals(register),
            *invariants.mail_sent_twice(mail),
            *invariants.mail_to_others(mail, owners),
            *invariants.identities_in_the_clear(register.folder, self._sent.values()),
        ]
        self._known = known
        if wrong:
            raise Broken("; ".join(wrong))


def _due(status: str, day: date) -> steps.StepChanges:
    """What an officer does next with a case of this status."""
    if status in {"diajukan", "menunggu_kelengkapan"}:
        return steps.verify("diteruskan", "pengelola", day)
    if status == "diteruskan":
        return steps.assign("analis", "kabag", ())
    if status in {"disusun", "dikembalikan"}:
        return steps.set_study_ready(done=True)
    if status == "diperiksa":
        return steps.review("disetujui", "kabag", day)
    return delivered("180/1/Huk-2026", day, day) if status == "disetujui" else steps.archive(day)


_ANY: tuple[Callable[[date], steps.StepChanges], ...] = (
    lambda day: steps.verify("dilengkapi", "pengelola", day, kekurangan=["Surat tugas"]),
    lambda day: steps.verify("ditolak", "pengelola", day, alasan_jenis="litigasi", alasan="Perkara berjalan."),
    lambda day: steps.review("dikembalikan", "kabag", day, "Lengkapi."),
    steps.deliver,
    lambda day: steps.withdraw(day, "Lewat telepon."),
    steps.archive,
)
_ACTS = (
    Year._request, Year._again, Year._pass, Year._killed_pass, Year._pass_in_a_power_cut, Year._step_in_a_power_cut,
    Year._two_processors, Year._step, Year._mistake, Year._mend, Year._mail_mood, Year._time, Year._clock_goes_back,
)  # fmt: skip
_WEIGHTS = (5, 1, 4, 4, 6, 3, 1, 8, 1, 1, 2, 5, 1)
