"""What applicants send with their code: done once, kept where the request moved on, told to who must act."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest

from processor.cases import applicant_messages, office_keys
from processor.cases.applicant_messages import MessageKind
from processor.cases.case_file import CaseFile
from processor.cases.dossier import attachments, open_dossier
from processor.cases.register import Filed
from processor.desk import home_page, message_page, sealed_pages
from processor.desk.officer_pages import case_page
from processor.desk.step_acts import step_page
from processor.desk.tickets import Tickets
from processor.desk.visit import Elsewhere, Posted, Sent, Visit
from processor.foundation import yaml_editor
from processor.foundation.errors import BrokenFiles, Busy, PayungError
from processor.operations import (
    case_notes,
    daily_pass,
    identity,
    message_acts,
    objection_steps,
    overview,
    status_words,
    steps,
)
from processor.operations.act_journal import Person
from processor.operations.status_store import UndatedStatus
from processor.operations.status_words import FollowedCase
from processor.site import sealed_packages
from tests import packages
from tests.commands import payung
from tests.office import applicant_keys, response
from tests.opened_statuses import history
from tests.packages import PDF
from tests.smtp_server import running
from tests.story import Story, delivered

TODAY = date(2026, 3, 2)
KEYS = [applicant_keys() for _ in range(6)]
ASKS, WITHDRAWS, MOVES, OBJECTS, FOLLOWS, WAITS = (f"BH-2026-{at:04}" for at in range(1, 7))
_COUNT = count()
NEW = {"email": "baru@example.org", "telepon": "0813 1111 1111"}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """An office without LibreOffice, with six requests by code: of the last three, one is rejected, one answered."""
    with pytest.MonkeyPatch.context() as patch, running() as server:
        patch.setenv("PATH", "")
        told = Story(tmp_path_factory.mktemp("pesan"), server)
        codes = [{"kode_lacak": one.locator, "kunci_balasan": one.recipient} for one in KEYS]
        told.receives(
            *(response(at, minute=at, cara_jawaban="loket", **code) for at, code in enumerate(codes, start=1))
        )
        rejection = steps.verify("ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan="Perkara berjalan.")
        for change in (steps.verify("diteruskan", "pengelola", TODAY), steps.assign("analis", "kabag", [])):
            steps.apply(told.office, FOLLOWS, change)
        told.studies(FOLLOWS)
        for number, change in (
            (OBJECTS, rejection),
            (FOLLOWS, steps.set_study_ready(done=True)),
            (FOLLOWS, steps.review("disetujui", "kabag", TODAY)),
        ):
            steps.apply(told.office, number, change)
        daily_pass.run_pass(told.office)
        for at, number in enumerate((OBJECTS, FOLLOWS), start=1):
            steps.apply(told.office, number, delivered(f"180/{at}/Huk-2026", TODAY, TODAY))
        daily_pass.run_pass(told.office)
        yield told


def drops(story: Story, number: str, kind: MessageKind, serial: int, *names: str, **words: str) -> None:
    """Who has the code of that request sends a message about it, with files of these names."""
    said: dict[str, Any] = packages.said(
        serial, dict.fromkeys(names, PDF), untuk=KEYS[int(number[-4:]) - 1].proof, jawaban=words
    )
    keys = office_keys.load(story.settings.office_key, story.settings.recipients)
    sealed = packages.sealed(keys, said | {"pesan": kind, "nomor": number})
    path = packages.dropped(story.settings.packages, sealed, f"{next(_COUNT)}")
    os.utime(path, (story.now.timestamp(),) * 2)


def sends(story: Story, number: str, kind: MessageKind, serial: int, *names: str, **words: str) -> None:
    """They send it, and a pass takes it in."""
    drops(story, number, kind, serial, *names, **words)
    daily_pass.run_pass(story.office)
    assert sealed_packages.waiting_packages(story.settings.packages) == ()


def read(story: Story, number: str) -> tuple[Filed, CaseFile]:
    filed = story.office.register.read(number)
    assert filed.case
    return filed, filed.case


def kinds(story: Story, number: str) -> list[str]:
    return [one.kind for one in read(story, number)[0].events if applicant_messages.KIND in one.data]


def waiting(story: Story, number: str) -> str:
    return overview.fresh_row(story.office, number).messages


def undated(story: Story, number: str) -> UndatedStatus:
    filed, case = read(story, number)
    seen = overview.derive_for(story.office, filed)
    assert seen
    return status_words.undated(story.office, FollowedCase(filed, case, seen, None, {}, ""))


def shown(story: Story, number: str) -> Mapping[str, Any]:
    """What the applicant reads, but for by when."""
    return undated(story, number).words


def dated(story: Story, number: str) -> Mapping[str, Any]:
    """What the applicant reads now."""
    return status_words.dated(undated(story, number), story.now)


def visit(story: Story, number: str = "", me: str = "pengelola", *, step: str = "keberatan", **texts: str) -> Visit:
    posted = Posted({key: (text,) for key, text in texts.items()})
    return Visit(story.office, "/", me, {"number": number, "step": step}, posted, "t", signed_in=True)


def identity_page(story: Story, number: str) -> str:
    """What the pengelola reads of the identity, for a reason."""
    tickets = Tickets()
    led = sealed_pages.open_identity(replace(visit(story, number, alasan="Memeriksa."), tickets=tickets))
    assert isinstance(led, Elsewhere)
    asked = {"number": number, "tiket": led.address.rpartition("/")[2].partition("?")[0]}
    shown = sealed_pages.identity_page(replace(visit(story), tickets=tickets, asked=asked))
    assert isinstance(shown, Sent)
    return shown.content.decode()


def test_a_question_waits_at_the_desk_until_the_office_writes_back(story: Story) -> None:
    drops(story, ASKS, "tanya", 21, "surat.pdf", keterangan="Perlukah surat tugas?")
    sends(story, ASKS, "tanya", 21, "surat.pdf", keterangan="Perlukah surat tugas?")  # the browser saw no answer
    assert (kinds(story, ASKS), waiting(story, ASKS)) == (["ditanyakan"], "tanya")
    assert dict(attachments(story.office.register, ASKS)) == {"1-surat.pdf": PDF}
    assert f"{ASKS}</a>: pertanyaan" in home_page.front_page(visit(story))
    page = case_page(visit(story), ASKS)
    assert ("Pemohon bertanya" in page, "Perlukah surat tugas?" in page) == (True, True)
    leaves = steps.withdraw(TODAY, "Lewat telepon.")
    [look] = steps.apply(story.office, ASKS, leaves, simulate=True).slips
    assert look.message == "Pertanyaan pemohon belum dibalas."
    assert "Perlukah surat tugas?" in step_page(visit(story, ASKS, step="pesan")), "beside the reply"
    note = case_notes.write_to_applicant("Perlu. Tulis kepada orang1@example.org.", "pengelola", TODAY)
    with pytest.raises(BrokenFiles, match="tidak boleh memuat identitas"):
        steps.apply(story.office, ASKS, note)
    steps.apply(story.office, ASKS, case_notes.write_to_applicant("Perlu, bila ada.", "pengelola", TODAY))
    daily_pass.run_pass(story.office)
    assert waiting(story, ASKS) == ""
    assert steps.apply(story.office, ASKS, leaves, simulate=True).slips == ()
    assert shown(story, ASKS)["pesan"] == [{"tanggal": "2 Maret 2026", "isi": "Perlu, bila ada."}]
    assert story.mail()[-1] == f"{ASKS}: ada pesan dari kami"
    assert "Perlu" not in story.texts()[-1]


def test_words_to_the_applicant_are_of_who_may_write_them(story: Story) -> None:
    path = story.office.register.path(WAITS) / "permohonan.yaml"
    text = path.read_text("utf-8")
    path.write_text(f"{text}\npesan:\n  - {{tanggal: 2026-03-02, oleh: analis, isi: Menurut saya boleh.}}\n", "utf-8")
    daily_pass.run_pass(story.office)
    assert "pesan" not in shown(story, WAITS)
    seen = overview.derive_for(story.office, read(story, WAITS)[0])
    assert seen
    assert ["tidak berperan" in problem.message for problem in seen.problems] == [True]
    path.write_text(f"{text}\npesan:\n", "utf-8")
    daily_pass.run_pass(story.office)


def test_an_addition_completes_what_was_asked_and_else_waits_to_be_dealt_with(story: Story) -> None:
    steps.apply(story.office, WAITS, steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat"]))
    assert shown(story, WAITS)["kirim"] == ["tambahan", "tanya", "data", "tarik"]
    sends(story, WAITS, "tanya", 30, keterangan="Surat yang mana?")
    assert story.status(WAITS) == "menunggu_kelengkapan", "a question is no completion"
    sends(story, WAITS, "tambahan", 31, "surat.pdf")
    assert (story.status(WAITS), waiting(story, WAITS)) == ("diajukan", "tanya")
    sends(story, WAITS, "tambahan", 32, keterangan="Satu lagi.")
    assert waiting(story, WAITS) == "tanya tambahan"
    folder = story.settings.path.parent
    listed = payung("pesan", WAITS, folder=folder).splitlines()
    assert [line.partition(",")[0] for line in listed] == ["perubahan-1.yaml: tanya", "perubahan-3.yaml: tambahan"]
    assert "Sebutkan --oleh" in payung("pesan", WAITS, "--tangani", "perubahan-1.yaml", folder=folder, code=1)
    payung("pesan", WAITS, "--tangani", "perubahan-1.yaml", "--oleh", "analis", folder=folder)
    assert message_page.read_act(visit(story, WAITS, "analis", berkas="perubahan-3.yaml")) == Elsewhere(f"/{WAITS}")
    with pytest.raises(Busy):
        message_page.read_act(visit(story, WAITS, berkas="perubahan-3.yaml"))
    assert waiting(story, WAITS) == ""
    said = [words for _, words in history(shown(story, WAITS)["riwayat"]) if "tanpa balasan" in words]
    assert len(said) == 1, "of the question, not of the addition"


def test_a_withdrawal_can_be_undone_for_a_day_and_is_then_final(story: Story) -> None:
    sends(story, WITHDRAWS, "tarik", 41, keterangan="Sudah selesai di kantor.")
    assert (story.status(WITHDRAWS), waiting(story, WITHDRAWS)) == ("diajukan", "tarik")
    assert shown(story, WITHDRAWS)["kirim"] == ["urungkan", "tanya"]
    until = applicant_messages.pending_withdrawal(read(story, WITHDRAWS)[0].events)
    assert until
    assert shown(story, WITHDRAWS)["selanjutnya"] == {
        "kode": "ditarik",
        "sampai": status_words.minute(until.time) + 1440,
    }
    assert story.mail("orang2@example.org")[-1] == f"{WITHDRAWS}: permohonan ditarik"
    assert shown(story, WITHDRAWS)["tahap"] == "ditarik"
    assert dated(story, WITHDRAWS).get("tenggat") is None, "nobody who withdrew is promised an answer"
    with pytest.raises(BrokenFiles, match="dapat mengurungkannya sampai"):
        steps.apply(story.office, WITHDRAWS, delivered("180/9/Huk-2026", TODAY, TODAY))
    sends(story, WITHDRAWS, "urungkan", 42)
    assert (waiting(story, WITHDRAWS), "tarik" in shown(story, WITHDRAWS)["kirim"]) == ("", True)
    assert (shown(story, WITHDRAWS)["tahap"], "tenggat" in dated(story, WITHDRAWS)) == ("diajukan", True)
    drops(story, WITHDRAWS, "tarik", 41, keterangan="Sudah selesai di kantor.")  # an old one, put back
    sends(story, WITHDRAWS, "tarik", 43)
    story.later(hours=23)
    daily_pass.run_pass(story.office)
    assert story.status(WITHDRAWS) == "diajukan"
    story.later(hours=2)
    daily_pass.run_pass(story.office)
    assert (story.status(WITHDRAWS), story.mail("orang2@example.org")[-1][14:]) == (
        "dibatalkan",
        "permohonan dibatalkan",
    )
    sends(story, WITHDRAWS, "urungkan", 44)
    assert (story.status(WITHDRAWS), waiting(story, WITHDRAWS)) == ("dibatalkan", "urungkan")
    assert "tidak mengubah apa pun" in case_page(visit(story), WITHDRAWS)
    assert "sesudah keadaan" in history(shown(story, WITHDRAWS)["riwayat"])[-1][1]
    with pytest.raises(BrokenFiles, match="pesan pemohon yang menunggu: urung menarik"):
        steps.apply(story.office, WITHDRAWS, steps.archive(story.now.date()))
    path = read(story, WITHDRAWS)[0].document.path
    before = path.read_text("utf-8")
    yaml_editor.write(path, before, steps.archive(story.now.date()))
    report = daily_pass.run_pass(story.office)
    assert [one.line for one in report.problems if "menunggu: urung menarik" in one.message] != []
    assert story.status(WITHDRAWS) == "dibatalkan"
    path.write_text(before, "utf-8")
    [late] = message_acts.waiting(read(story, WITHDRAWS)[0])
    message_page.read_act(visit(story, WITHDRAWS, berkas=late.data["berkas"]))
    assert not steps.apply(story.office, WITHDRAWS, steps.archive(story.now.date())).after.problems
    daily_pass.run_pass(story.office)


def test_other_contact_data_wait_for_the_verifier_and_are_told_to_the_old_address(story: Story) -> None:
    sends(story, MOVES, "data", 51, **NEW, nama="Orang Lain")
    register = story.office.register
    before = open_dossier(register, MOVES).applicant
    assert (before.email, waiting(story, MOVES)) == ("orang3@example.org", "data")
    assert story.mail("orang3@example.org")[-1] == f"{MOVES}: permintaan mengganti kontak"
    assert identity.mistakes(register, read(story, MOVES)[0]) == []
    clear = b"".join(
        path.read_bytes() for path in register.path(MOVES).rglob("*") if path.suffix in {".yaml", ".jsonl"}
    )
    assert [text for text in (*NEW.values(), "Orang Lain") if text.encode() in clear] == []
    opened = sealed_pages.open_identity(visit(story, MOVES, alasan="memastikan kontak"))
    assert isinstance(opened, Elsewhere)
    with pytest.raises(PayungError, match="putuskan"):
        message_acts.mark_read(story.office, MOVES, "perubahan-1.yaml", Person("pengelola"))
    done = message_page.data_act(visit(story, MOVES, berkas="perubahan-1.yaml", putusan="diterapkan"))
    assert (done, waiting(story, MOVES)) == (Elsewhere(f"/{MOVES}"), "")
    after = open_dossier(register, MOVES).applicant
    assert (after.email, after.telepon, after.nama) == (*NEW.values(), before.nama)
    sends(story, MOVES, "data", 52, email="lagi@example.org")
    message_page.data_act(visit(story, MOVES, berkas="perubahan-2.yaml", putusan="tidak"))
    assert open_dossier(register, MOVES).applicant == after
    told = " ".join(said for _, said in history(shown(story, MOVES)["riwayat"]))
    assert ("sudah kami ganti" in told, "tidak kami ganti" in told) == (True, True)


def test_an_objection_is_recorded_with_its_words_and_day_and_only_once(story: Story) -> None:
    assert shown(story, OBJECTS)["kirim"][:2] == ["terima", "keberatan"]
    sends(story, OBJECTS, "keberatan", 61, keterangan="Saya tidak meminta didampingi.")
    arrived = story.now.date()
    story.later(days=1)
    seen = shown(story, OBJECTS)
    assert (waiting(story, OBJECTS), "keberatan" in seen["kirim"]) == ("keberatan", False)
    assert seen["selanjutnya"] == {"kode": "keberatan_masuk"}
    assert "<dt>keterangan pada pesan terakhir (keberatan)</dt>" in identity_page(story, OBJECTS)
    with pytest.raises(PayungError, match="payung keberatan"):
        message_acts.mark_read(story.office, OBJECTS, "perubahan-1.yaml", Person("pengelola"))
    page = step_page(visit(story, OBJECTS))
    assert ("Saya tidak meminta didampingi.</textarea>" in page, f'value="{arrived}"' in page) == (True, True)
    steps.apply(story.office, OBJECTS, objection_steps.record(arrived, "Saya tidak meminta didampingi."))
    assert (story.status(OBJECTS), waiting(story, OBJECTS)) == ("keberatan", "")
    sends(story, OBJECTS, "keberatan", 62, keterangan="Sekali lagi.")
    assert (story.status(OBJECTS), waiting(story, OBJECTS)) == ("keberatan", "keberatan")
    assert history(shown(story, OBJECTS)["riwayat"])[-1][1].startswith("Keberatan Anda yang pertama")
    assert "Sekali lagi." in case_page(visit(story), OBJECTS)
    assert f"{OBJECTS}: pesan pemohon" in story.texts("pengelola@example.org")[-1], "in the morning's summary"


def test_a_question_about_an_answer_is_a_request_of_its_own_filed_once(story: Story) -> None:
    assert shown(story, FOLLOWS)["kirim"] == ["terima", "lanjutan", "tambahan", "data"]
    drops(story, FOLLOWS, "lanjutan", 71, "baru.pdf", keterangan="Bila pimpinan memaksa?", setuju="ya")
    sends(story, FOLLOWS, "lanjutan", 71, "baru.pdf", keterangan="Bila pimpinan memaksa?", setuju="ya")
    numbers = [one for one in story.office.register.numbers() if one > WAITS]
    assert len(numbers) == 1
    _, new = read(story, numbers[0])
    assert (new.lanjutan_dari, new.pertanyaan, new.sumber) == (FOLLOWS, "Bila pimpinan memaksa?", "situs")
    assert new.balasan.kode_lacak == KEYS[4].locator
    assert (shown(story, numbers[0])["lanjutan"], "lanjutan" in shown(story, FOLLOWS)) == (FOLLOWS, False)
    assert new.persetujuan.versi
    assert dict(attachments(story.office.register, numbers[0])) == {"1-baru.pdf": PDF}
    assert [one.kind for one in read(story, FOLLOWS)[0].events].count("dilanjutkan") == 1


def test_who_says_that_the_letter_arrived_ends_the_request_and_can_no_longer_withdraw_it(story: Story) -> None:
    sends(story, FOLLOWS, "tarik", 81)
    assert (story.status(FOLLOWS), waiting(story, FOLLOWS)) == ("disampaikan", "tarik")
    sends(story, FOLLOWS, "terima", 82)
    assert (story.status(FOLLOWS), "terima" in shown(story, FOLLOWS)["kirim"]) == ("selesai", False)
    last = next(one for one in reversed(read(story, FOLLOWS)[0].events) if one.kind == "status")
    assert last.actor == "pemohon"


def test_a_message_is_about_the_request_that_its_sender_saw_or_about_none(story: Story) -> None:
    said = packages.said(91, untuk=KEYS[0].proof, jawaban={"keterangan": "?"}, pesan="tanya", nomor=OBJECTS)
    keys = office_keys.load(story.settings.office_key, story.settings.recipients)
    before = kinds(story, OBJECTS), kinds(story, ASKS)
    packages.dropped(story.settings.packages, packages.sealed(keys, said), "asing")
    report = daily_pass.run_pass(story.office)
    assert ["tidak menyebut kode lacak" in one.message for one in report.problems] == [True]
    assert (kinds(story, OBJECTS), kinds(story, ASKS)) == before
    gone = said | {"kunci": packages.said(92)["kunci"], "nomor": "BH-2026-0099"}
    packages.dropped(story.settings.packages, packages.sealed(keys, gone), "dahulu")  # before a backup was put back
    assert not daily_pass.run_pass(story.office).problems
    assert kinds(story, ASKS) == [*before[1], "ditanyakan"]
