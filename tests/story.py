"""An office at work, for tests that tell a story: its clock is moved by hand, its mail server is real."""

import shutil
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from processor.cases import office_keys, survey_store
from processor.cases.case_status import Derived
from processor.cases.records import Response
from processor.cases.register import Register
from processor.foundation import blind_signatures, yaml_editor
from processor.foundation.blind_signatures import SigningKey
from processor.foundation.settings import FILE_NAME, Settings
from processor.operations import daily_pass, response_filing, steps
from processor.operations.office import Office, open_office
from processor.operations.pass_report import PassReport
from processor.site import publish
from tests.office import ROOT, START, agency
from tests.smtp_server import Server

_SETTINGS = shutil.ignore_patterns(FILE_NAME)
NUMBER = "BH-2026-0001"
APPLICANT = "orang1@example.org"
STUDY: Mapping[tuple[str, str], Any] = {
    ("kajian", "kasus_posisi"): "Pemohon diminta menandatangani berita acara yang tidak sesuai fakta.",
    ("kajian", "isu_hukum"): ["Apakah pemohon boleh menolak?"],
    ("kajian", "dasar_hukum"): ["uu-30-2014"],
    ("kajian", "analisis"): "Boleh: **karena** isinya tidak sesuai fakta.",
    ("kajian", "kesimpulan"): "Pemohon boleh menolak.",
    ("kajian", "saran"): "Tolak secara tertulis.",
}
OFFICERS = {
    "pengelola": {"nama": "Petugas Contoh", "peran": ["pengelola_layanan"], "email": "pengelola@example.org"},
    "analis": {"nama": "Analis Contoh", "peran": ["analis_hukum"], "email": "analis@example.org"},
    "kabag": {"nama": "Kepala Bagian Contoh", "peran": ["kepala_bagian"], "email": "kabag@example.org"},
}


@cache
def _signing_key() -> SigningKey:
    """The key that signs ballots, one for every office of a run: a new one takes a third of a second."""
    return blind_signatures.new_key()


def delivered(number: str, dated: date, today: date) -> steps.StepChanges:
    """The letter gets its number and goes out at once, as somebody may write by hand."""
    return {**steps.record_letter_number(number, dated), **steps.deliver(today)}


class Story:
    """What happens in an office, one sentence after another. Its clock starts on Monday 2 March 2026 at 08.00 WIB.

    Where it ``publishes``, each due pass seals all that codes open, which takes half of the time that a story lasts.
    """

    def __init__(
        self,
        folder: Path,
        server: Server | None = None,
        officers: Mapping[str, Any] = OFFICERS,
        root: Path = ROOT,
        *,
        publishes: bool = False,
    ) -> None:
        port = {"server": "127.0.0.1", "port": str(server.port), "keamanan": "tanpa"} if server else {}
        self.settings = agency(folder, root, petugas=officers, email=port)
        self.server = server
        self.now = START
        self.office = self._opened()
        self.settings.site.mkdir(exist_ok=True)
        if publishes:
            self.opens_site()
        self._counts_site_as_built()

    def opens_site(self) -> None:
        """From now on each due pass publishes what codes open."""
        (self.settings.site / ".payung-situs").touch()
        self.signs_ballots()

    def signs_ballots(self) -> None:
        """The office has a key for ballots of the survey, so that none has to be made."""
        survey_store.write_signing_key(self.office.register, _signing_key())

    def copied(self, folder: Path, server: Server | None = None, root: Path = ROOT) -> "Story":
        """The same office at the same moment in a folder of its own, which a test may change.

        Its ``server`` has what the office had sent.
        """
        other = Story(folder, server, root=root)
        if server and self.server:
            server.received += self.server.received
        shutil.copytree(self.settings.path.parent, folder, dirs_exist_ok=True, ignore=_SETTINGS)
        other.office, other.now = other._opened(), self.now
        other._counts_site_as_built()
        return other

    def reopens(self, settings: Settings | None = None) -> None:
        """Whoever comes next opens the office with its keys, or these ``settings``; its site counts as built."""
        self.settings = settings or self.settings
        self.office = open_office(self.settings, lambda: self.now, quiet=0)
        self._counts_site_as_built()

    def _counts_site_as_built(self) -> None:
        state = self.office.register.state("terbit")
        self.office.register.save_state("terbit", {**state, "dari": publish.inputs_digest(self.settings)})

    def _opened(self) -> Office:
        found: Settings = self.settings
        office_keys.create_key_files(found.office_key, found.recipients)
        Register(found.register, office_keys.load(found.office_key, found.recipients), found.taksonomi).prepare()
        return open_office(found, lambda: self.now, quiet=0)

    def receives(self, *responses: Response) -> None:
        """Responses arrive, and a pass files them and does what follows."""
        with self.office.register.lock(1):
            response_filing.take_in(self.office, PassReport(), responses)
        self.passes()

    def passes(self) -> PassReport:
        """Two passes: what the first did may let something follow."""
        first = daily_pass.run_pass(self.office)
        first.add(daily_pass.run_pass(self.office))
        return first

    def later(self, **time: float) -> None:
        """Time goes by."""
        self.now += timedelta(**time)

    def at(self, moment: str) -> None:
        """The clock stands at ``moment``, in the office's time."""
        self.now = datetime.fromisoformat(moment).replace(tzinfo=self.settings.layanan.zone)

    def writes(self, *changes: steps.StepChanges, number: str = NUMBER) -> Derived:
        """An officer takes steps, and a pass follows."""
        for one in changes:
            done = steps.apply(self.office, number, one)
        self.passes()
        return done.after

    def studies(self, number: str = NUMBER, **changes: str) -> None:
        """The analyst writes a whole study by hand."""
        path = self.office.register.path(number) / "permohonan.yaml"
        words = {**STUDY, **{("kajian", key): text for key, text in changes.items()}}
        yaml_editor.write(path, path.read_text("utf-8"), words)

    def status(self, number: str = NUMBER) -> str:
        """The status that the journal told last."""
        events = self.office.register.read(number).events
        return next((event.data["menjadi"] for event in reversed(events) if event.kind == "status"), "diajukan")

    def way(self, number: str = NUMBER) -> list[str]:
        """Every status that the case went through, as the journal tells."""
        return [e.data["menjadi"] for e in self.office.register.read(number).events if e.kind == "status"]

    def mail(self, to: str = APPLICANT) -> list[str]:
        """The subjects of what somebody was sent, in order."""
        assert self.server is not None
        return [str(message["Subject"]) for message in self.server.messages() if message["To"] == to]

    def texts(self, to: str = APPLICANT) -> list[str]:
        """The words of what somebody was sent, in order."""
        assert self.server is not None
        bodies = (m.get_body(("plain",)) for m in self.server.messages() if m["To"] == to)
        return [str(body.get_content()) for body in bodies if body]

    def attachments(self, to: str = APPLICANT) -> list[tuple[str, bytes]]:
        """Name and content of every file that somebody was sent."""
        assert self.server is not None
        mine = (message for message in self.server.messages() if message["To"] == to)
        return [(str(p.get_filename()), p.get_content()) for m in mine for p in m.iter_attachments()]

    def kept(self) -> dict[Path, bytes]:
        """Every file of the register, but for locks and the moment of the last pass."""
        passing = {"proses.lock", "putaran.lock", "putaran.json", ".proses.lock"}
        files = (path for path in self.settings.register.rglob("*") if path.is_file() and path.name not in passing)
        return {path: path.read_bytes() for path in files}

    def outgoing(self, number: str = NUMBER) -> list[str]:
        """The files in ``keluar``."""
        return sorted(path.name for path in (self.office.register.path(number) / "keluar").iterdir())
