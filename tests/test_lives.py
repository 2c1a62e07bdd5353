"""Lives made up at random: whatever officers try, in whatever order, the case stands where a simple model says."""

import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from processor.cases.case_status import DELIVERED, OVER, STAGES, Status
from processor.foundation.errors import BrokenFiles
from processor.operations import advance, overview, steps
from tests.office import edited, response
from tests.story import NUMBER, Story, delivered

TODAY = date(2026, 3, 2)
OFFICERS = {
    "ani": {"nama": "Petugas Contoh", "peran": ["pengelola_layanan"]},
    "bima": {"nama": "Analis Contoh", "peran": ["analis_hukum"]},
    "citra": {"nama": "Kabag Contoh", "peran": ["kepala_bagian", "analis_hukum"]},
    "dedi": {"nama": "Kabag Lain", "peran": ["kepala_bagian"]},
}
ANYBODY = st.sampled_from([*OFFICERS, "orang asing"])


@dataclass
class Model:
    """What the rules come to, said as plainly as possible."""

    decision: str = ""
    by: str = ""
    analyst: str = ""
    reviewer: str = ""
    barred: frozenset[str] = frozenset()
    written: bool = False
    done: bool = False
    review: str = ""
    reviewed_by: str = ""
    reviewed_text: int | None = None
    """The text that was reviewed."""
    text: int = 0
    delivered: bool = False
    confirmed: bool = False
    withdrawn: bool = False
    archived: bool = False
    completed: bool = False
    answered: frozenset[str] = frozenset()
    drafters: frozenset[str] = frozenset()
    taken_back: bool = False
    count: int = 1

    def status(self) -> Status:
        if self.archived:
            return "diarsipkan"
        if self.delivered and (self.decision == "ditolak" or self.kind in self.answered):
            return self.sent()
        if self.withdrawn and not self.delivered:
            return "dibatalkan"
        if self.decision == "ditolak":
            return "ditolak"
        if self.decision != "diteruskan":
            return "menunggu_kelengkapan" if self.decision == "dilengkapi" and not self.completed else "diajukan"
        if not self.analyst:
            return "diteruskan"
        if self.review == "dikembalikan" and not self.stale:
            return "dikembalikan"
        if not self.done:
            return "disusun"
        if not self.review or self.stale:
            return "diperiksa"
        return self.sent() if self.delivered else "disetujui"

    @property
    def stale(self) -> bool:
        """Whether the study is another than the one that was reviewed."""
        return bool(self.review) and self.reviewed_text != self.text

    @property
    def kind(self) -> str:
        """Which letter answers."""
        return "penolakan" if self.decision == "ditolak" else "kajian"

    def told(self) -> bool:
        """Whether what the file says of a delivery can stand."""
        if self.archived and not self.over():
            return False
        if not self.delivered or self.decision == "ditolak":
            return True
        sound = not self.stale or self.kind in self.answered
        return self.decision != "dilengkapi" and self.review == "disetujui" and sound

    def over(self) -> bool:
        """Whether it may be put away."""
        return (self.delivered and self.kind in self.answered) or (self.withdrawn and self.taken_back)

    def sent(self) -> Status:
        return "selesai" if self.confirmed else "disampaikan"


def may(who: str, role: str, model: Model) -> bool:
    return who in OFFICERS and role in OFFICERS[who]["peran"] and who not in model.barred


class Lives(RuleBasedStateMachine):
    """Officers at one case, on a computer without LibreOffice."""

    @initialize()
    def filed(self) -> None:
        self.path, os.environ["PATH"] = os.environ["PATH"], ""
        self.folder = Path(tempfile.mkdtemp())
        self.story = Story(self.folder, officers=OFFICERS)
        self.sent = response(1, source="google", key="a1")
        self.story.receives(self.sent)
        self.model = Model()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)
        os.environ["PATH"] = self.path

    def tries(self, changes: steps.StepChanges, after: Model, *, allowed: bool, late: bool = False) -> None:
        """Take a step to ``after``; it is refused just when the model says so, and then nothing is written.

        ``late`` steps are those that may still be taken once the answer is out.
        """
        before = self.model.status()
        allowed = allowed and (late or before not in DELIVERED | OVER)
        withdrawn = after.status() == "dibatalkan" and before not in DELIVERED | OVER
        follows = {before, *STAGES[before].leads_to, *STAGES[before].back_to}
        if changes.get(("verifikasi", "keputusan")) == "diteruskan" and "diteruskan" in follows:
            follows |= {"disusun", "dikembalikan", "diperiksa"}  # where a study was begun before
        known = after.status() in follows or withdrawn
        path = self.story.office.register.path(NUMBER) / "permohonan.yaml"
        text = path.read_bytes()
        if allowed and known and after.told():
            steps.apply(self.story.office, NUMBER, changes)
            self.model = after
            return
        with pytest.raises(BrokenFiles) as refused:
            steps.apply(self.story.office, NUMBER, changes)
        assert path.read_bytes() == text
        assert all(problem.mend for problem in refused.value.problems)

    @rule(who=ANYBODY, decision=st.sampled_from(["diteruskan", "dilengkapi", "ditolak"]))
    def verify(self, who: str, decision: str) -> None:
        self.model.count += 1
        count = self.model.count
        more = {"kekurangan": [f"Lampiran {count}"], "alasan_jenis": "litigasi", "alasan": f"Alasan {count}."}
        after = replace(self.model, decision=decision, by=who, completed=False)
        self.tries(steps.verify(decision, who, TODAY, **more), after, allowed=may(who, "pengelola_layanan", self.model))

    @rule(analyst=ANYBODY, reviewer=ANYBODY, barred=st.sets(st.sampled_from(list(OFFICERS)), max_size=1))
    def assign(self, analyst: str, reviewer: str, barred: set[str]) -> None:
        model = self.model
        after = replace(model, analyst=analyst, reviewer=reviewer, barred=frozenset(barred or model.barred))
        at_work = {model.by, model.reviewed_by} & after.barred
        roles = may(analyst, "analis_hukum", after) and may(reviewer, "kepala_bagian", after)
        allowed = roles and analyst not in {reviewer, model.reviewed_by} and not at_work
        self.tries(steps.assign(analyst, reviewer, sorted(barred)), after, allowed=allowed)

    @rule()
    def write_the_study(self) -> None:
        self.model.count += 1
        self.model.text = self.model.count
        self.story.studies(saran=f"Tolak secara tertulis ({self.model.count}).")
        self.model.written = True

    @rule(done=st.booleans())
    def finish(self, *, done: bool) -> None:
        unchanged = self.model.status() == "dikembalikan"  # once it changes, it is another status
        allowed = self.model.written and not unchanged if done else self.model.review != "disetujui"
        self.tries(steps.set_study_ready(done=done), replace(self.model, done=done), allowed=allowed)

    @rule(who=ANYBODY, decision=st.sampled_from(["disetujui", "dikembalikan"]))
    def review(self, who: str, decision: str) -> None:
        model = self.model
        model.count += 1
        ready = decision == "dikembalikan" or model.done
        allowed = may(who, "kepala_bagian", model) and who not in {model.analyst, *model.drafters} and ready
        done = model.done and decision == "disetujui"
        after = replace(model, review=decision, reviewed_by=who, reviewed_text=model.text, done=done)
        self.tries(steps.review(decision, who, TODAY, "Catatan."), after, allowed=allowed)

    @rule()
    def deliver(self) -> None:
        self.tries(delivered("180/1/Huk-2026", TODAY, TODAY), replace(self.model, delivered=True), allowed=True)

    @rule()
    def go_on(self) -> None:
        """What the status asks for, so that lives come far."""
        status = self.model.status()
        if status in {"diajukan", "menunggu_kelengkapan"}:
            self.verify(who="ani", decision="diteruskan")
        elif status == "diteruskan":
            self.assign(analyst="bima", reviewer="dedi", barred=set())
        elif status in {"disusun", "dikembalikan"}:
            self.write_the_study()
            self.finish(done=True)
        elif status == "diperiksa":
            self.review(who="dedi", decision="disetujui")
        elif status in {"disetujui", "ditolak"}:
            self.deliver()

    @rule()
    def confirm(self) -> None:
        self.tries(
            steps.confirm_receipt(TODAY), replace(self.model, confirmed=True), allowed=self.model.delivered, late=True
        )

    @precondition(lambda self: self.model.count > 12)
    @rule()
    def withdraw(self) -> None:
        self.tries(steps.withdraw(TODAY, "Lewat telepon."), replace(self.model, withdrawn=True), allowed=True)

    @precondition(lambda self: self.model.count > 8)
    @rule()
    def archive(self) -> None:
        self.tries(steps.archive(TODAY), replace(self.model, archived=True), allowed=True, late=True)

    @precondition(lambda self: self.model.status() == "menunggu_kelengkapan")
    @rule()
    def complete(self) -> None:
        self.sent = edited(self.sent, minute=self.model.count, uraian=f"Dilengkapi {self.model.count}.")
        self.model.count += 1
        self.model.completed = True
        self.story.receives(self.sent)

    @invariant()
    def the_case_stands_where_the_model_says(self) -> None:
        office = self.story.office
        advance.advance(office)
        before = self.story.kept()
        advance.advance(office)
        assert self.story.kept() == before, "one look leaves nothing to do"
        assert next(overview.rows(office)).status == self.model.status()
        event(self.model.status())
        if self.model.status() in DELIVERED:
            self.model.answered |= {self.model.kind}
        if self.model.status() == "diperiksa":
            self.model.drafters |= {self.model.analyst}
        self.model.taken_back |= self.model.status() == "dibatalkan"
        filed = office.register.read(NUMBER)
        assert filed.problems == ()
        told = [one.data["menjadi"] for one in filed.events if one.kind == "status"]
        assert (told or ["diajukan"])[-1] == self.model.status()


TestLives = Lives.TestCase
TestLives.settings = settings(
    max_examples=settings().max_examples // 25,
    stateful_step_count=30,
    phases=(Phase.generate,),  # every step writes files: shrinking would take longer than reading
    suppress_health_check=list(HealthCheck),
)
