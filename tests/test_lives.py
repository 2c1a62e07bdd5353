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

from processor import advance, overview, steps
from processor.errors import BrokenFiles
from tests.office import edited, response
from tests.story import NUMBER, Story

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
    """The text that stood when the journal first told of the review that stands in the file."""
    text: int = 0
    delivered: bool = False
    confirmed: bool = False
    withdrawn: bool = False
    archived: bool = False
    completed: bool = False
    count: int = 1

    def status(self) -> str:
        if self.archived:
            return "diarsipkan"
        if self.withdrawn and not self.delivered:
            return "dibatalkan"
        if self.decision == "ditolak":
            return self.sent() if self.delivered else "ditolak"
        if self.decision != "diteruskan":
            return "menunggu_kelengkapan" if self.decision == "dilengkapi" and not self.completed else "diajukan"
        if not self.analyst:
            return "diteruskan"
        if not self.done:
            return "disusun"
        if not self.review or self.reviewed_text not in {None, self.text}:
            return "diperiksa"
        if self.review == "dikembalikan":
            return "dikembalikan"
        return self.sent() if self.delivered else "disetujui"

    def sent(self) -> str:
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

    def tries(self, changes: steps.Changes, *, allowed: bool) -> bool:
        """Take a step; the case refuses it just when the model says so, and then nothing is written."""
        path = self.story.office.register.path(NUMBER) / "permohonan.yaml"
        before = path.read_bytes()
        if allowed:
            steps.take(self.story.office, NUMBER, changes)
        else:
            with pytest.raises(BrokenFiles) as refused:
                steps.take(self.story.office, NUMBER, changes)
            assert path.read_bytes() == before
            assert all(problem.mend for problem in refused.value.problems)
        return allowed

    @rule(who=ANYBODY, decision=st.sampled_from(["diteruskan", "dilengkapi", "ditolak"]))
    def verify(self, who: str, decision: str) -> None:
        model = self.model
        more = {
            "kekurangan": [f"Lampiran {model.count}"],
            "alasan_jenis": "litigasi",
            "alasan": f"Alasan {model.count}.",
        }
        unsaid = model.delivered and decision != "ditolak" and model.review != "disetujui"
        allowed = may(who, "pengelola_layanan", model) and not unsaid
        if self.tries(steps.verify(decision, who, TODAY, **more), allowed=allowed):
            model.decision, model.by, model.completed = decision, who, False
        model.count += 1

    @rule(analyst=ANYBODY, reviewer=ANYBODY, barred=st.sets(st.sampled_from(list(OFFICERS)), max_size=1))
    def assign(self, analyst: str, reviewer: str, barred: set[str]) -> None:
        model = self.model
        after = replace(model, barred=frozenset(barred or model.barred))
        at_work = {model.by, model.reviewed_by} & after.barred
        roles = may(analyst, "analis_hukum", after) and may(reviewer, "kepala_bagian", after)
        allowed = roles and analyst not in {reviewer, model.reviewed_by} and not at_work
        if self.tries(steps.assign(analyst, reviewer, sorted(barred)), allowed=allowed):
            model.analyst, model.reviewer, model.barred = analyst, reviewer, after.barred

    @rule()
    def write_the_study(self) -> None:
        self.model.count += 1
        self.model.text = self.model.count
        self.story.studies(saran=f"Tolak secara tertulis ({self.model.count}).")
        self.model.written = True

    @rule(done=st.booleans())
    def finish(self, *, done: bool) -> None:
        model = self.model
        allowed = model.written if done else model.review != "disetujui"
        if self.tries(steps.finish(done=done), allowed=allowed):
            # A study that is opened again is another text than the one that was reviewed.
            model.text += done != model.done
            model.done = done

    @rule(who=ANYBODY, decision=st.sampled_from(["disetujui", "dikembalikan"]))
    def review(self, who: str, decision: str) -> None:
        model = self.model
        model.count += 1
        ready = decision == "dikembalikan" or model.done
        unsaid = model.delivered and decision == "dikembalikan" and model.decision != "ditolak"
        allowed = may(who, "kepala_bagian", model) and who != model.analyst and ready and not unsaid
        if self.tries(steps.review(decision, who, TODAY, f"Catatan {model.count}."), allowed=allowed):
            model.review, model.reviewed_by, model.reviewed_text = decision, who, None

    @rule()
    def deliver(self) -> None:
        allowed = self.model.decision == "ditolak" or self.model.review == "disetujui"
        self.model.delivered |= self.tries(steps.deliver("180/1/Huk-2026", TODAY, TODAY), allowed=allowed)

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

    @precondition(lambda self: self.model.delivered)
    @rule()
    def confirm(self) -> None:
        self.model.confirmed |= self.tries(steps.confirm(TODAY), allowed=True)

    @precondition(lambda self: self.model.count > 12)
    @rule()
    def withdraw(self) -> None:
        self.model.withdrawn |= self.tries(steps.withdraw(TODAY, "Lewat telepon."), allowed=True)

    @precondition(lambda self: self.model.count > 8)
    @rule()
    def archive(self) -> None:
        allowed = self.model.delivered or self.model.withdrawn
        self.model.archived |= self.tries(steps.archive(TODAY), allowed=allowed)

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
        advance.advance(office)
        assert next(overview.rows(office)).status == self.model.status()
        event(self.model.status())
        if self.model.reviewed_text is None and self.model.status() in {"disetujui", "dikembalikan"}:
            self.model.reviewed_text = self.model.text
        filed = office.register.read(NUMBER)
        assert filed.problems == ()
        told = [one.data["menjadi"] for one in filed.events if one.kind == "status"]
        assert (told or ["diajukan"])[-1] == self.model.status()


TestLives = Lives.TestCase
TestLives.settings = settings(
    max_examples=30,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),  # every step writes files: shrinking would take longer than reading
    suppress_health_check=list(HealthCheck),
)
