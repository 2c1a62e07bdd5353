"""One pass does all that follows from a step, holds the register only to write, and reads nothing that it wrote."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, date
from pathlib import Path
from select import select
from socket import AF_UNIX, create_server, socket

import pytest
import yaml

from processor.cases import office_keys
from processor.cases.register import Filed
from processor.foundation import law_catalogue, yaml_editor
from processor.foundation.errors import Busy
from processor.operations import advance, case_hold, daily_pass, response_filing, steps
from processor.operations.case_hold import CaseChanged
from processor.operations.case_letters import CasePass
from processor.operations.overview import KnownRows
from processor.operations.pass_report import PassReport
from tests import packages
from tests.fake_google import FakeGoogle, user_token
from tests.office import response, sources
from tests.smtp_server import Server, running
from tests.story import NUMBER, Story, delivered

TODAY = date(2026, 3, 2)
SECOND = "BH-2026-0002"


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as made:
        yield made


def unread(story: Story) -> bool:
    """Whether the next pass will read no case."""
    known, now = KnownRows.load(story.office), story.now.astimezone(UTC).isoformat()
    return all(known.unchanged_and_sound(n, mark, now) for n, mark in story.office.register.change_marks().items())


def once(story: Story) -> None:
    """One pass; the next finds nothing to do, reads no case and changes no byte."""
    report = daily_pass.run_pass(story.office)
    assert (unread(story), report.problems, report.failures) == (True, [], [])
    before = story.kept()
    daily_pass.run_pass(story.office)
    assert story.kept() == before


def to_the_answer(story: Story, number: str = NUMBER) -> Iterator[Callable[[], object]]:
    """What officers do from one pass to the next, until the answer goes out."""
    office = story.office
    yield lambda: steps.apply(office, number, steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat"]))
    yield lambda: steps.apply(office, number, steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"))
    yield lambda: steps.apply(office, number, steps.assign("analis", "kabag", []))
    yield lambda: story.studies(number)
    yield lambda: steps.apply(office, number, steps.set_study_ready(done=True))
    yield lambda: steps.apply(office, number, steps.review("disetujui", "kabag", TODAY))
    yield lambda: steps.apply(office, number, delivered(f"180/{number[-1]}/Huk-2026", TODAY, TODAY))


@pytest.mark.parametrize("way", ["email", "loket"])
def test_one_pass_does_all_that_follows_from_a_step(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setenv("PATH", "")
    story = Story(tmp_path, server)
    with story.office.register.lock(1):
        response_filing.take_in(story.office, PassReport(), [response(1, cara_jawaban=way)])
    once(story)
    for act in to_the_answer(story):
        act()
        once(story)
    assert story.status() == ("selesai" if way == "email" else "disampaikan")
    assert len(story.attachments()) == (way == "email")


@pytest.fixture(scope="module")
def approved_office(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """An office whose two answers wait to be delivered; copied, never changed."""
    story = Story(tmp_path_factory.mktemp("kantor"))
    with pytest.MonkeyPatch.context() as here:
        here.setenv("PATH", "")
        story.receives(response(1, minute=1), response(2, minute=2))
        for acts in zip(*([*to_the_answer(story, number)][:-1] for number in (NUMBER, SECOND)), strict=True):
            for act in acts:
                act()
            daily_pass.run_pass(story.office)
    return story


@pytest.fixture
def approved(approved_office: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """That office on a computer without LibreOffice."""
    monkeypatch.setenv("PATH", "")
    return approved_office.copied(tmp_path)


def outgoing(story: Story, name: str) -> Path:
    return story.office.register.path(NUMBER) / "keluar" / name


@contextmanager
def a_pass(story: Story, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A pass in a process of its own, killed at the end of the block."""
    command = [sys.executable, "-m", "processor", "jalankan"]
    given = {**os.environ, "PAYUNG_PENGATURAN": str(story.settings.path), **environment}
    with subprocess.Popen(command, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


class Halfway:
    """A program that says that it has come halfway and then waits until it is let go."""

    def __init__(self, folder: Path) -> None:
        self._here, self._go = folder / "di-sini", folder / "lanjut"
        os.mkfifo(self._here)
        os.mkfifo(self._go)
        self.shell = f"echo > {self._here}; read _ < {self._go}"

    @contextmanager
    def of(self, story: Story, **environment: str) -> Iterator[None]:
        """A pass in a process of its own, until it has come halfway; then let go and waited for."""
        with a_pass(story, **environment) as process:
            with os.fdopen(os.open(self._here, os.O_RDONLY | os.O_NONBLOCK)) as here:
                while not select([here], [], [], 0.2)[0]:
                    assert process.poll() is None, "the pass ended before it came there"
            yield
            self._go.write_text("\n")
            process.wait(120)


needs_pipes = pytest.mark.skipif(os.name == "nt", reason="named pipes and a shell script stand for LibreOffice")
PDF = "%%PDF-1.7\\n%%%%EOF\\n"


def libreoffice(folder: Path, halfway: Halfway) -> str:
    """The search path of a computer whose LibreOffice stops halfway."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    made = f'for one in "$@"; do case $one in *.docx) printf "{PDF}" > "${{one%.docx}}.pdf";; esac; done'
    program.write_text(f"#!/bin/sh\n{halfway.shell}\n{made}\n")
    program.chmod(0o755)
    return f"{program.parent}:/usr/bin:/bin"


@needs_pipes
def test_while_libreoffice_works_officers_go_on(tmp_path: Path, approved: Story) -> None:
    steps.apply(approved.office, NUMBER, delivered("180/1/Huk-2026", TODAY, TODAY))
    halfway = Halfway(tmp_path)
    with halfway.of(approved, PATH=libreoffice(tmp_path, halfway)):
        steps.apply(approved.office, SECOND, steps.record_letter_number("180/2/Huk-2026", TODAY))
    assert outgoing(approved, "pendapat-hukum.pdf").is_file()
    told = [event.data["berkas"] for event in approved.office.register.read(NUMBER).events if event.kind == "jawaban"]
    assert told == ["pendapat-hukum.pdf"]


def changed(story: Story, **sections: object) -> None:
    """The office's settings get other sections."""
    data = yaml.safe_load(story.settings.path.read_text("utf-8"))
    story.settings.path.write_text(yaml.safe_dump(data | sections, allow_unicode=True), "utf-8")


def ask_google(story: Story) -> socket:
    """An office that asks a service of Google, which never answers."""
    listener = create_server(("127.0.0.1", 0))
    google = FakeGoogle()
    google.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    key = user_token(google, story.settings.path.with_name("kredensial.json"))
    changed(story, sumber={"google": {"formulir": "F1", "kredensial": str(key), "layanan": google.url}})
    return listener


def ask_the_scanner(story: Story) -> socket:
    """An office that asks its virus scanner, which never answers."""
    listener, place = socket(AF_UNIX), story.settings.path.with_name("clamd.ctl")
    listener.bind(str(place))
    listener.listen()
    changed(story, pemindai={"soket": str(place)})
    keys = office_keys.load(story.settings.office_key, story.settings.recipients)
    packages.dropped(story.settings.packages, packages.sealed(keys, packages.said(1, {"surat.pdf": packages.PDF})))
    return listener


@pytest.mark.skipif(os.name == "nt", reason="no Unix sockets")
@pytest.mark.parametrize("ask", [ask_google, ask_the_scanner])
def test_while_a_pass_waits_for_others_officers_go_on(tmp_path: Path, ask: Callable[[Story], socket]) -> None:
    story = Story(tmp_path)
    story.receives(response(1))
    with ask(story) as listener, a_pass(story) as process:
        listener.settimeout(60)
        with listener.accept()[0]:
            steps.apply(story.office, NUMBER, steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"))
            assert process.poll() is None, "it still waits"
    assert story.office.register.read(NUMBER).case


@needs_pipes
def test_while_the_site_is_built_officers_go_on_and_no_second_pass_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sumber").mkdir()
    story, halfway = Story(tmp_path, root=sources(tmp_path / "sumber")), Halfway(tmp_path)
    story.receives(response(1))
    builder = f"import subprocess\nsubprocess.run({halfway.shell!r}, shell=True, check=True)\n"
    (tmp_path / "sumber" / "mkdocs.py").write_text(builder)  # the first that is found under this name
    shutil.rmtree(story.settings.site)
    with halfway.of(story, PYTHONPATH=str(tmp_path / "sumber")):
        steps.apply(story.office, NUMBER, steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"))
        monkeypatch.setattr(daily_pass, "_WAIT", 0.1)
        with pytest.raises(Busy):
            daily_pass.run_pass(story.office)


@needs_pipes
def test_a_letter_edited_while_its_pdf_is_made_is_neither_overwritten_nor_delivered(
    tmp_path: Path, approved: Story
) -> None:
    steps.apply(approved.office, NUMBER, delivered("180/1/Huk-2026", TODAY, TODAY))
    halfway, letter = Halfway(tmp_path), outgoing(approved, "pendapat-hukum.docx")
    with halfway.of(approved, PATH=libreoffice(tmp_path, halfway)):
        letter.write_bytes(b"disunting")
    assert letter.read_bytes() == b"disunting"
    assert not outgoing(approved, "pendapat-hukum.pdf").exists()
    assert [event for event in approved.office.register.read(NUMBER).events if event.kind == "jawaban"] == []


@pytest.mark.long
@needs_pipes
def test_a_delivery_taken_back_while_its_pdf_is_made_is_none(tmp_path: Path, approved: Story) -> None:
    steps.apply(approved.office, NUMBER, delivered("180/1/Huk-2026", TODAY, TODAY))
    halfway, path = Halfway(tmp_path), approved.office.register.path(NUMBER) / "permohonan.yaml"
    with halfway.of(approved, PATH=libreoffice(tmp_path, halfway)):
        yaml_editor.write(path, path.read_text("utf-8"), {("penyampaian", "tanggal"): None})
    assert [event for event in approved.office.register.read(NUMBER).events if event.kind == "jawaban"] == []
    assert approved.status() == "disetujui"


def edit_the_case(filed: Filed) -> None:
    with filed.document.path.open("a") as file:
        file.write("# catatan\n")


def put_a_scan_there(filed: Filed) -> None:
    (filed.folder / "keluar" / "pindaian.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")


def do_nothing(_: Filed) -> None:
    pass


HANDS = [(edit_the_case, False), (put_a_scan_there, False), (do_nothing, True)]


def looking(story: Story) -> tuple[CasePass, Filed]:
    """A pass that looks at the case."""
    desk = CasePass(
        story.office, law_catalogue.load(story.settings.opinions / law_catalogue.FILE_NAME), story.now, frozenset()
    )
    return desk, story.office.register.read(NUMBER)


@pytest.mark.parametrize(("hand", "same"), HANDS)
def test_an_edit_before_the_first_write_has_the_case_read_again(
    tmp_path: Path, hand: Callable[[Filed], None], *, same: bool
) -> None:
    story = Story(tmp_path)
    story.receives(response(1))
    desk, filed = looking(story)
    with desk.case(NUMBER):
        hand(filed)
        with nullcontext() if same else pytest.raises(CaseChanged):
            desk.record(filed, "catatan", "payung", {})


@pytest.mark.parametrize(("hand", "same"), HANDS)
def test_an_edit_between_two_writes_is_looked_at_by_the_next_pass(
    tmp_path: Path, hand: Callable[[Filed], None], *, same: bool
) -> None:
    story = Story(tmp_path)
    story.receives(response(1))
    desk, filed = looking(story)
    with desk.case(NUMBER) as hold:
        desk.record(filed, "catatan", "payung", {})
        hand(filed)
        own = filed.folder / "keluar" / "surat.docx"
        own.write_bytes(b"isi")
        hold.write_outgoing(own)
        assert hold.mark_after() == (story.office.register.change_mark(NUMBER) if same else "")


@pytest.mark.parametrize(("hand", "same"), HANDS)
def test_an_edit_in_the_instant_of_the_first_write_is_looked_at_by_the_next_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hand: Callable[[Filed], None], *, same: bool
) -> None:
    story = Story(tmp_path)
    story.receives(response(1))
    desk, filed = looking(story)
    with desk.case(NUMBER) as hold, monkeypatch.context() as patch:
        look = hold.register.change_mark

        def looked_then_edited(number: str, *names: str) -> str:
            patch.undo()
            found = look(number, *names)
            hand(filed)
            return found

        patch.setattr(hold.register, "change_mark", looked_then_edited)
        with suppress(CaseChanged):
            desk.record(filed, "catatan", "payung", {})
            assert hold.mark_after() == (story.office.register.change_mark(NUMBER) if same else "")


def test_nobody_is_reminded_while_the_journal_cannot_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story(tmp_path)
    story.receives(response(1))
    story.later(days=9)
    monkeypatch.setattr(case_hold, "_WAIT", 0.1)

    def reminders() -> list[str]:
        return [one.name for one in story.office.outbox.entries() if one.kind == "pengingat_petugas"]

    with story.office.register.lock(1), pytest.raises(Busy):
        advance.advance(story.office)
    assert reminders() == []
    advance.advance(story.office)
    assert reminders()


def test_two_who_look_at_the_same_case_at_once_write_everything_once(tmp_path: Path) -> None:
    story = Story(tmp_path)
    with story.office.register.lock(1):
        response_filing.take_in(story.office, PassReport(), [response(1)])
    desk, filed = looking(story)
    with desk.case(NUMBER):
        advance.advance(story.office)
        with pytest.raises(CaseChanged):
            desk.record(filed, "catatan", "payung", {})
    kinds = [event.kind for event in story.office.register.read(NUMBER).events]
    assert (kinds.count("surat"), kinds.count("catatan")) == (1, 0)
