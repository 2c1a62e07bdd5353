"""One year of an office, drawn from a seed: requests, complaints, steps, mistakes, mail, clocks, kills, power cuts."""

import os
import shutil
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import get_args

from processor.cases.applicant_messages import MessageKind
from processor.foundation.errors import BrokenFiles, PayungError
from processor.foundation.settings import Scanner
from processor.mail import outbox
from processor.operations import counter, daily_pass, overview, restoring, steps
from processor.operations.complaints import complaint_duties
from processor.operations.office import open_office
from tests import fake_clamd, killing
from tests.fake_clamd import Clamd
from tests.simulation import invariants, officers
from tests.simulation.arrivals import Arrivals
from tests.simulation.disk import Disk
from tests.simulation.invariants import Broken
from tests.smtp_server import DROP, DROP_UNKEPT, Server
from tests.story import Story

PEOPLE = 9
_STEPS = 60  # writes of a pass among which one is the last before a kill
_LATER, _NEVER, _OK = "451 4.3.0 nanti", "550 5.1.1 tidak ada", "250 2.1.5 OK"
_SCANNER = (fake_clamd.DOWN, b"stream: Can't write to file ERROR", b"stream: Eicar FOUND", b"", b"")
_KEPT_DAYS = 25  # packages are kept for 30, so that a backup of this age loses nothing
_MESSAGES: tuple[MessageKind, ...] = get_args(MessageKind)
_MISTAKES = ("\nverifikasi: [rusak\n", "\n<<<<<<< HEAD\n", "\nkunci_asing: 1\n", "\n\tx: 1\n")


class Year:
    """An office in ``folder`` whose mail goes to ``server`` and files to ``clamd``; ``told`` says what happened."""

    def __init__(self, seed: int, folder: Path, server: Server, clamd: Clamd) -> None:
        self.chance, self.server, self.clamd = Random(seed), server, clamd
        self.story = Story(folder, server, publishes=True)
        scanned = {"pemindai": Scanner(soket=Path(str(clamd.server_address)))}
        self.story.reopens(self.story.settings.model_copy(update=scanned))
        self.disk = Disk(folder)
        self.told: list[str] = []
        self.arrivals = Arrivals(self.story)
        self._sent = self.arrivals.sent
        self._known: Mapping[str, frozenset[str]] = {}
        self._ever: dict[str, frozenset[str]] = {}
        self._people = 0
        self._before_mistake: dict[Path, str] = {}
        self._backup = folder.with_suffix(".cadangan")
        self._backed_up: tuple[datetime, dict[Path, str]] | None = None

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
        """Somebody new sends the form and has the receipt, or an export or the counter has somebody new."""
        if self._people < PEOPLE:
            self._people += 1
            way = self.chance.choices([self._by_site, self.arrivals.by_export, self.arrivals.at_counter], [4, 1, 1])[0]
            way(self._people)
            self.disk.flush_all()

    def _by_site(self, person: int) -> None:
        self.arrivals.by_site(person, files=self.chance.random() < 0.5)

    def _again(self) -> None:
        """A browser that saw no answer sends the same once more."""
        if self.arrivals.from_site:
            self._by_site(self.chance.choice(self.arrivals.from_site))
            self.disk.flush_all()

    def _message(self) -> None:
        """Somebody whose request is filed sends a message with the code, fitting or not."""
        filed = {(self._sent[key], number) for number, keys in self._known.items() for key in keys & {*self._sent}}
        coded = sorted((who, number) for who, number in filed if who in self.arrivals.from_site and who % 2)
        if coded:
            self.arrivals.by_message(*self.chance.choice(coded), self.chance.choice(_MESSAGES))
            self.disk.flush_all()

    def _message_read(self) -> None:
        """An officer deals with what applicants sent with their codes."""
        for number in self.story.office.register.numbers():
            officers.read_messages(self.story.office, number)
        self.disk.flush_all()

    def _complaint(self) -> None:
        """Somebody complains by the page, or sees no answer and sends the same once more."""
        self.arrivals.by_complaint(self.chance.randint(1, 4))
        self.disk.flush_all()

    def _complaint_step(self) -> None:
        """An officer does what is due in a complaint, or loses power meanwhile."""
        known = [(row.number, row.standing.status) for row in complaint_duties.rows(self.story.office) if row.standing]
        if known:
            act = partial(officers.handle, self.story.office, *self.chance.choice(known))
            last = Random(self.chance.random())
            self._in_a_process(act, self.chance.randint(5, 60), lambda: self.disk.cut(last))

    def _follow_up(self) -> None:
        """Somebody asks on at the counter about an answer, where there is one."""
        officers.ask_on(self.story.office)
        self.disk.flush_all()

    def _counter(self) -> None:
        """What the counter has asked is filed, or loses power meanwhile."""
        last = Random(self.chance.random())
        self._in_a_process(self._file_drafts, self.chance.randint(1, 40), lambda: self.disk.cut(last))

    def _file_drafts(self) -> None:
        for _ in self.arrivals.drafts().left():
            counter.receive(self.story.office, "pengelola", lambda _: "", lambda _: None)

    def _back_up(self) -> None:
        """The register is copied elsewhere."""
        shutil.rmtree(self._backup, ignore_errors=True)
        shutil.copytree(self.story.settings.register, self._backup)
        self._backed_up = self.story.now, {**self._before_mistake}

    def _restore(self) -> None:
        """The register is lost, and its backup accepted."""
        if not self._backed_up or self.story.now - self._backed_up[0] > timedelta(days=_KEPT_DAYS):
            return
        drafts = {f"loket:{key}" for key in self.arrivals.drafts().left()}
        shutil.rmtree(self.story.settings.register)
        shutil.copytree(self._backup, self.story.settings.register)
        self._before_mistake = {**self._backed_up[1]}
        self.arrivals.forget_lost_drafts(drafts)
        restoring.accept(
            open_office(self.story.settings, lambda: self.story.now, quiet=0, any_register=True), "petugas"
        )
        self.story.reopens()
        self._known = {}
        self.disk.flush_all()

    def _scanner_mood(self) -> None:
        """The scanner is away, disturbed, or finds harm in everything."""
        self.clamd.mood = self.chance.choice(_SCANNER)

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
        self.clamd.mood = b""
        for _ in range(3):
            self.story.now += timedelta(days=2)
            for entry in self.story.office.outbox.entries():
                with suppress(PayungError):  # what may still go by itself
                    outbox.send_again(self.story.office.outbox, entry.name, self.story.now)
            report = daily_pass.run_pass(self.story.office)
            self._file_drafts()
        known = invariants.keys_by_number(self.story.office.register)
        if missing := self._sent.keys() - {key for keys in known.values() for key in keys}:
            raise Broken(f"never filed: {sorted(missing)} {report.failures} {report.problems}")
        if missing := self.arrivals.added - {*invariants.messages(self.story.office.register, self.arrivals.asked)}:
            raise Broken(f"never added: {sorted(missing)} {report.failures} {report.problems}")
        if wrong := [*invariants.complaints_lost_or_doubled(self.story.office.register, self.arrivals.complained, ())]:
            raise Broken(f"{wrong} {report.failures} {report.problems}")
        if report.problems or report.failures:
            raise Broken(f"not quiet: {report.problems} {report.failures}")

    # how it happens

    def _chosen_step(self) -> Callable[[], None] | None:
        rows = [*overview.rows(self.story.office)]
        if not rows:
            return None
        row, today = self.chance.choice(rows), self.story.office.now().date()
        change = self.chance.choices(
            [officers.due(row.status, today), self.chance.choice(officers.ANY)(today)], [5, 1]
        )[0]
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
        def allowed() -> None:
            with suppress(PayungError):
                act()

        return killing.begun(self.story.settings.path.parent, step, allowed, last)

    def _ended(self, child: int) -> None:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code not in {0, -signal.SIGKILL}:
            raise Broken("a process ended with an error, see above")

    def _check(self) -> None:
        """Raise Broken where something does not hold that always must."""
        register, mail = self.story.office.register, self.server.messages()
        known = invariants.keys_by_number(register)
        before, self._ever = self._ever, {**self._ever, **known}
        waiting, added = [*self.arrivals.waiting()], invariants.messages(register, self.arrivals.asked)
        owners = {
            n: f"orang{self._sent[key]}@example.org" for n, keys in self._ever.items() for key in keys & {*self._sent}
        }
        wrong = [
            *invariants.lost_or_doubled(known, self._sent, waiting),
            *invariants.numbers_that_changed_hands(known, before),
            *(f"{number} is gone" for number in self._known.keys() - known.keys()),
            *(f"the message {key} is there {count} times" for key, count in added.items() if count > 1),
            *(f"the message {key} is lost" for key in self.arrivals.added - {*added} if f"situs:{key}" not in waiting),
            *invariants.complaints_lost_or_doubled(register, self.arrivals.complained, waiting),
            *invariants.damaged_journals(register),
            *invariants.mail_sent_twice(mail),
            *invariants.message_ids_of_two(mail),
            *invariants.mail_to_others(mail, owners),
            *invariants.identities_in_the_clear(register.folder, self._sent.values()),
        ]
        self._known = known
        if wrong:
            raise Broken("; ".join(wrong))


_ACTS = (
    Year._request, Year._again, Year._pass, Year._killed_pass, Year._pass_in_a_power_cut, Year._step_in_a_power_cut,
    Year._two_processors, Year._step, Year._mistake, Year._mend, Year._mail_mood, Year._time, Year._clock_goes_back,
    Year._message, Year._counter, Year._back_up, Year._restore, Year._scanner_mood, Year._complaint,
    Year._complaint_step, Year._follow_up, Year._message_read,
)  # fmt: skip
_WEIGHTS = (5, 1, 4, 4, 6, 3, 1, 8, 1, 1, 2, 5, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1)
