"""The mail room: what a notice says and never says, what the server answered, and that nothing is lost or doubled."""

import json
import os
import re
import shutil
import sys
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from socket import socket
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from processor import dispatch, mail, notices, outbox, seal, smtp
from processor.case import Attachment
from processor.dispatch import send_due
from processor.errors import BrokenFiles, Busy, PayungError
from processor.mail import FOLDER, KINDS, Kind, Notice, compose
from processor.outbox import MOST_TRIES, Entry, Message, Outbox, after, begun, hold, release, retry
from processor.settings import Settings
from processor.smtp import Mail, Outcome, Secret, secret
from tests.office import ROOT, START, agency, keys
from tests.smtp_server import DROP, DROP_UNKEPT, PASSWORD, USER, Server, certificate, running

TEMPLATES = ROOT / "opinions" / FOLDER
PAUSE = timedelta(minutes=5)
TO = "orang1@example.org"
NUMBER = "BH-2026-0001"


def server_at(port: int = 25, **changes: Any) -> Mail:
    given = {"server": "127.0.0.1", "port": port, "keamanan": "tanpa", "pengirim": "layanan@biro.example.go.id"}
    return Mail(**{**given, "nama_pengirim": "Biro Hukum", **changes})


def notice(kind: Kind = "diterima", **changes: Any) -> Notice:
    said: dict[str, dict[str, Any]] = {
        "perlu_dilengkapi": {"missing": ("Surat tugas",)},
        "ditolak": {"reason": "Perkara sudah di pengadilan."},
        "pengingat_petugas": {"number": "", "numbers": (NUMBER, "BH-2026-0002"), "mark": "2026-03-02-1"},
    }
    return Notice(**{"kind": kind, "number": NUMBER, "to": TO, "time": START, **said.get(kind, {}), **changes})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return agency(tmp_path)


@pytest.fixture
def box(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "register" / outbox.FOLDER, keys(tmp_path / "kunci"))


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as started:
        yield started


def message(count: int = 1) -> Message:
    number = f"BH-2026-{count:04d}"
    content = f"To: orang{count}@example.org\r\nMessage-ID: <{count}>\r\n\r\nIsi.\r\n.titik\r\n"
    return Message(number, "diterima", "diterima", content.encode())


def parsed(made: Message) -> Any:
    return message_from_bytes(made.content, policy=SMTP)


def bodies(made: Message) -> tuple[str, str]:
    text, html = (parsed(made).get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    return text, html


# What a notice says


@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_tells_number_event_and_link_in_text_and_html(settings: Settings, kind: Kind) -> None:
    made = compose(notice(kind), server_at(), settings)
    text, html = bodies(made)
    assert NUMBER in text
    assert NUMBER in html
    assert '<html lang="id">' in html
    assert kind == "pengingat_petugas" or f'<a href="{settings.situs.alamat}">' in html
    assert made.content.isascii()
    assert max(map(len, made.content.split(b"\r\n"))) < 998
    assert b"\n" not in made.content.replace(b"\r\n", b"")
    assert (parsed(made)["Auto-Submitted"], parsed(made)["Content-Language"]) == ("auto-generated", "id")
    assert [part.defects for part in parsed(made).walk()] == [[]] * len(list(parsed(made).walk()))


def test_the_subject_is_the_number_and_what_happened(settings: Settings) -> None:
    subjects = [parsed(compose(notice(kind), server_at(), settings))["Subject"] for kind in KINDS]
    assert subjects == [
        "BH-2026-0001: permohonan diterima",
        "BH-2026-0001: permohonan perlu dilengkapi",
        "BH-2026-0001: permohonan tidak dapat diproses",
        "BH-2026-0001: permohonan sudah dijawab",
        "Pengingat: 2 permohonan menunggu Anda",
    ]


def test_the_same_notice_gives_the_same_bytes_and_a_later_one_answers_the_first(settings: Settings) -> None:
    first, second = (compose(notice(), server_at(), settings) for _ in range(2))
    assert first == second
    later = parsed(compose(notice("perlu_dilengkapi", mark="2"), server_at(), settings))
    assert later["Message-ID"] == "<bh-2026-0001.perlu_dilengkapi-2@biro.example.go.id>"
    assert later["In-Reply-To"] == later["References"] == parsed(first)["Message-ID"]
    assert parsed(first)["In-Reply-To"] is None
    assert parsed(compose(notice("pengingat_petugas"), server_at(), settings))["References"] is None
    assert parsed(first)["Date"].datetime == START


def test_reasons_and_what_is_missing_are_words_and_never_code(settings: Settings) -> None:
    evil = "{{ nomor }} <b>tebal</b> & lain\r\nbaris dua\x00"
    text, html = bodies(compose(notice("ditolak", reason=evil), server_at(), settings))
    assert "{{ nomor }} <b>tebal</b> & lain\nbaris dua" in text
    assert "{{ nomor }} &lt;b&gt;tebal&lt;/b&gt; &amp; lain<br>" in html
    text, html = bodies(
        compose(notice("perlu_dilengkapi", missing=("Surat\ntugas", "KTP <asli>")), server_at(), settings)
    )
    assert "- Surat tugas\n- KTP <asli>\n" in text
    assert "<ul>\n<li>Surat tugas</li>\n<li>KTP &lt;asli&gt;</li>\n</ul>" in html


def test_only_our_own_link_can_be_clicked(settings: Settings) -> None:
    html = bodies(compose(notice("ditolak", reason="https://palsu.example.org/"), server_at(), settings))[1]
    assert re.findall(r'href="(.*?)"', html) == [settings.situs.alamat]


@pytest.mark.parametrize(
    "to",
    [
        "a@b.id\r\nBcc: c@d.id", "a@b.id\n", "a@b.id, c@d.id", "a b@c.id", "", "bukan", "a@b", "<a@b.id>", "é@b.id",
        "a@b.id\x00", "a@-b.id", ".a@b.id", '"a\\"b"@c.id', "a" * 65 + "@b.id", "a@b.id\u2028", "Nama <a@b.id>",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_a_problem_that_does_not_repeat_it(settings: Settings, to: str) -> None:
    with pytest.raises(BrokenFiles) as caught:
        compose(notice(to=to), server_at(), settings)
    assert "Alamat surel penerima tidak sah" in str(caught.value)
    assert not to.strip() or to.strip() not in str(caught.value)


@pytest.mark.parametrize(
    "changes",
    [{"number": "BH-2026-0001\nX: y"}, {"number": ""}, {"mark": "../x"}, {"mark": "2\n"}, {"link": 'https://a/"x'},
     {"link": "https://a/\nX: y"}],
)  # fmt: skip
def test_no_data_gets_into_a_header_or_a_file_name(settings: Settings, changes: dict[str, Any]) -> None:
    with pytest.raises(BrokenFiles):
        compose(notice(**changes), server_at(), settings)


def test_a_reminder_holds_numbers_and_nothing_else(settings: Settings) -> None:
    with pytest.raises(BrokenFiles, match="hanya memuat nomor"):
        compose(notice("pengingat_petugas", numbers=(NUMBER, "perceraian")), server_at(), settings)


@pytest.mark.parametrize("reason", ["Perkara Orang  Rekaan1 lain.", "Lihat NIP 198001012005011901."])
def test_a_reason_that_names_the_applicant_is_not_sent(settings: Settings, reason: str) -> None:
    private = ("Orang Rekaan1", "198001012005011901", "", "-")
    with pytest.raises(BrokenFiles, match="memuat identitas") as caught:
        compose(notice("ditolak", reason=reason, private=private), server_at(), settings)
    assert "Rekaan1" not in str(caught.value)
    compose(notice("ditolak", private=private), server_at(), settings)


@pytest.mark.parametrize(("kind", "changes"), [
    ("ditolak", {"reason": " "}), ("perlu_dilengkapi", {"missing": ("",)}), ("pengingat_petugas", {"numbers": ()}),
])  # fmt: skip
def test_a_notice_that_would_say_nothing_is_a_problem(settings: Settings, kind: Kind, changes: dict[str, Any]) -> None:
    with pytest.raises(BrokenFiles, match="belum memuat"):
        compose(notice(kind, **changes), server_at(), settings)


def test_documents_go_along_only_when_told_so(settings: Settings) -> None:
    letter = (Attachment("../Pendapat tentang cerai.docx\r\nX: y.docx", b"isi"),)
    without = compose(notice("dijawab", until="2 Juli 2026"), server_at(), settings, letter)
    assert not list(parsed(without).iter_attachments())
    assert "kode Anda" in bodies(without)[0]
    assert "sampai 2 Juli 2026." in bodies(without)[0]
    given = compose(notice("dijawab"), server_at(), settings, letter, attach=True)
    (attached,) = parsed(given).iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("BH-2026-0001-1.docx", b"isi")
    assert "terlampir" in bodies(given)[0]
    assert given == compose(notice("dijawab"), server_at(), settings, letter, attach=True)
    assert not list(parsed(compose(notice(), server_at(), settings, letter, attach=True)).iter_attachments())


def test_neither_a_notice_nor_a_message_shows_what_it_holds(settings: Settings) -> None:
    one = notice("ditolak", private=("Orang Rekaan1",))
    shown = repr(one) + repr(compose(one, server_at(), settings))
    assert not any(word in shown for word in (TO, "pengadilan", "Rekaan1"))


# Templates that staff edit


def test_the_shipped_templates_have_no_mistake() -> None:
    assert mail.check_templates(TEMPLATES) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "words"),
    [
        ("diterima.txt", "{{ tautan }}", "{{ tautn }}", 10, "“tautn” tidak dikenal. Maksudnya “tautan”?"),
        ("diterima.txt", "Perihal: ", "", 1, "tanpa perihal"),
        ("diterima.txt", "Perihal: {{ nomor }}", "Perihal: {{ nomr }}", 1, "“nomr” tidak dikenal. Maksudnya “nomor”?"),
        ("ditolak.txt", "Perihal: ", "Perihal: {{ alasan }} ", 1, "“alasan” tidak boleh di perihal"),
        ("ditolak.txt", "{{ alasan }}", "{{ kekurangan }}", 5, "“kekurangan” tidak dikenal"),
        ("perlu_dilengkapi.txt", "- {{ butir }}", "- {{ kekurangan }}", 6, "tidak cocok di sini"),
        ("perlu_dilengkapi.txt", "{% endfor %}", "", None, "yang belum ditutup"),
        ("diterima.txt", "{{ tautan }}", "{{ tautan }", 10, "Susunan tempat isian tidak terbaca"),
        ("dijawab.txt", "{% if dilampirkan %}", "{% set x = 1 %}{% if dilampirkan %}", 5, "Perintah “assign”"),
        ("diterima.txt", "{{ tautan }}", "{{ tautan.__class__ }}", 10, "“tautan.__class__” tidak dikenal"),
        ("diterima.txt", "{{ tautan }}", "{{ tautan | safe }}", 10, "Saringan “safe” tidak dikenal"),
        ("kerangka.html", "{{ isi }}", "{{ isi }}{{ alasan }}", 11, "“alasan” tidak dikenal"),
        ("kerangka.html", "{{ isi }}", "", None, "tanpa {{ isi }}"),
        ("kerangka.html", "{{ isi }}", '{{ isi }}<img src="https://a/b.png">', 11, "dari luar"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_template_is_told_with_its_line(
    tmp_path: Path, name: str, old: str, new: str, line: int | None, words: str
) -> None:
    folder = Path(shutil.copytree(TEMPLATES, tmp_path / FOLDER))
    path = folder / name
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    (problem,) = mail.check_templates(folder)
    assert (problem.place, problem.line) == (str(path), line)
    assert words in problem.sentence


def test_a_broken_template_stops_its_own_kind_only(tmp_path: Path) -> None:
    changed = Path(shutil.copytree(ROOT / "opinions", tmp_path / "opinions")) / FOLDER
    (changed / "ditolak.txt").unlink()
    (changed / "dijawab.txt").write_bytes(b"\xff")
    settings = agency(tmp_path, root=tmp_path)
    compose(notice(), server_at(), settings)
    for kind in get_args(Kind)[2:4]:
        with pytest.raises(BrokenFiles, match=f"{kind}.txt"):
            compose(notice(kind), server_at(), settings)
    assert len(notices.check_templates(changed)) == 2


# Settings and secrets


@pytest.mark.parametrize("changes", [
    {"server": "surat.example.go.id"}, {"pengguna": "a", "sandi_dari": ""}, {"sandi_dari": "SANDI"},
    {"pengirim": "bukan"}, {"nama_pengirim": "a\nBcc: b"}, {"port": 0}, {"server": "a b"}, {"asing": "x"},
])  # fmt: skip
def test_settings_that_would_be_unsafe_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        server_at(**changes)


def test_a_password_comes_from_the_environment_or_a_private_file_and_is_never_shown(tmp_path: Path) -> None:
    variable = server_at(pengguna=USER, sandi_dari="SANDI_SUREL")
    assert secret(variable, {"SANDI_SUREL": PASSWORD}, tmp_path).text == PASSWORD
    assert PASSWORD not in repr(Secret(PASSWORD)) + str(Secret(PASSWORD))
    file = server_at(pengguna=USER, sandi_dari="sandi.txt")
    with pytest.raises(PayungError, match="tidak terbaca"):
        secret(file, {}, tmp_path)
    (tmp_path / "sandi.txt").write_text(f"{PASSWORD}\n")
    (tmp_path / "sandi.txt").chmod(0o640)
    with pytest.raises(PayungError, match="terbaca orang lain"):
        secret(file, {}, tmp_path)
    (tmp_path / "sandi.txt").chmod(0o600)
    assert secret(file, {}, tmp_path).text == PASSWORD
    with pytest.raises(PayungError, match="kosong"):
        secret(variable, {}, tmp_path)
    assert secret(server_at(), {}, tmp_path).text == ""


# The server


def test_what_is_due_is_sent_once_and_arrives_whole(box: Outbox, server: Server, settings: Settings) -> None:
    made = compose(notice(), server_at(), settings)
    assert box.queue(made, START)
    assert not box.queue(replace(made, content=b"lain"), START)
    for _ in range(2):
        report = send_due(box, server_at(server.port), START)
    assert (report.tried, report.waiting, report.failures) == ((), 0, ())
    (arrived,) = server.messages()
    assert arrived["Subject"] == "BH-2026-0001: permohonan diterima"
    assert server.received == [made.content]
    assert [(one.state, one.tries, one.number) for one in box.entries()] == [("dikirim", 1, NUMBER)]


def test_lines_that_begin_with_a_dot_stay_as_they_were(box: Outbox, server: Server) -> None:
    box.queue(message(), START)
    send_due(box, server_at(server.port), START)
    assert server.received == [message().content]


def test_a_refusal_for_now_is_tried_again_after_the_pause_also_after_a_restart(box: Outbox, server: Server) -> None:
    server.recipients["orang1@example.org"] = "451 4.7.1 <orang1@example.org> greylisted"
    box.queue(message(), START)
    send_due(box, server_at(server.port), START)
    again = Outbox(box.folder, box._office)
    (entry,) = again.entries()
    assert (entry.state, entry.tries, entry.next) == ("ditunda", 1, START + PAUSE)
    assert "451 4.7.1" in entry.reason
    assert "orang1" not in entry.reason
    send_due(again, server_at(server.port), START + PAUSE - timedelta(seconds=1))
    assert again.entries()[0].tries == 1
    send_due(again, server_at(server.port), START + PAUSE)
    assert again.entries()[0].tries == 2
    server.recipients.clear()
    send_due(again, server_at(server.port), START + 2 * PAUSE)
    assert (again.entries()[0].state, again.entries()[0].tries, len(server.received)) == ("dikirim", 3, 1)


def test_a_refusal_for_good_is_told_and_not_repeated(box: Outbox, server: Server) -> None:
    server.recipients["orang1@example.org"] = "550 5.1.1 <orang1@example.org> unknown"
    for count in (1, 2):
        box.queue(message(count), START)
    report = send_due(box, server_at(server.port), START)
    assert report.tried == (("BH-2026-0001.diterima", "gagal"), ("BH-2026-0002.diterima", "dikirim"))
    send_due(box, server_at(server.port), START + PAUSE)
    assert server.offered.count("orang1@example.org") == 1
    assert "alamat penerima tidak dikenal" in box.entries()[0].reason
    assert "orang1" not in box.entries()[0].reason


@pytest.mark.parametrize(
    ("answer", "state"), [("451 4.3.0 x", "ditunda"), ("550 5.7.1 x", "gagal"), ("421 x", "ditunda")]
)
def test_a_refusal_of_the_content_is_no_doubt(box: Outbox, server: Server, answer: str, state: str) -> None:
    server.contents.append(answer)
    for count in (1, 2):
        box.queue(message(count), START)
    report = send_due(box, server_at(server.port), START)
    assert [state for _, state in report.tried] == [state, "dikirim"]


@pytest.mark.parametrize(("answer", "arrived"), [(DROP, 1), (DROP_UNKEPT, 0)])
def test_a_drop_after_the_content_is_uncertain_and_never_sent_again_by_itself(
    box: Outbox, server: Server, answer: str, arrived: int
) -> None:
    server.contents.append(answer)
    for count in (1, 2):
        box.queue(message(count), START)
    for day in range(3):
        send_due(box, server_at(server.port), START + timedelta(days=day))
    assert [entry.state for entry in box.entries()] == ["tidak_pasti", "dikirim"]
    assert server.offered.count("orang1@example.org") == 1
    assert len(server.received) == arrived + 1
    assert "mungkin sampai, mungkin tidak" in box.entries()[0].reason
    retry(box, "BH-2026-0001.diterima", START)
    send_due(box, server_at(server.port), START)
    assert (box.entries()[0].state, len(server.received)) == ("dikirim", arrived + 2)


def test_a_drop_before_the_content_is_tried_again(box: Outbox, server: Server) -> None:
    server.recipients["orang1@example.org"] = DROP
    for count in (1, 2):
        box.queue(message(count), START)
    send_due(box, server_at(server.port), START)
    assert [(entry.state, entry.tries) for entry in box.entries()] == [("ditunda", 1), ("dikirim", 1)]


def test_a_sender_that_the_server_refuses_uses_up_no_tries(box: Outbox, server: Server) -> None:
    server.senders.append("553 5.7.1 <layanan@biro.example.go.id> not yours")
    for count in (1, 2):
        box.queue(message(count), START)
    report = send_due(box, server_at(server.port), START)
    assert [(entry.state, entry.tries) for entry in box.entries()] == [("ditunda", 0)] * 2
    assert "surel.pengirim" in report.trouble
    assert not server.received


@pytest.mark.parametrize("implicit", [False, True])
def test_a_secured_connection_with_a_login(tmp_path: Path, box: Outbox, *, implicit: bool) -> None:
    path = certificate(tmp_path)
    secured: dict[str, Any] = {
        "keamanan": "tls" if implicit else "starttls", "pengguna": USER, "sandi_dari": "SANDI", "sertifikat": path,
    }  # fmt: skip
    box.queue(message(), START)
    with running(path, implicit=implicit, login=True) as server:
        report = send_due(box, server_at(server.port, **secured), START, Secret("salah"))
        assert "menolak nama masuk atau sandi (535)" in report.trouble
        assert (report.waiting, box.entries()[0].state, box.entries()[0].tries) == (1, "ditunda", 0)
        send_due(box, server_at(server.port, **secured), START + PAUSE, Secret(PASSWORD))
        assert len(server.received) == 1
    assert PASSWORD not in "".join(p.read_text("utf-8", "replace") for p in box.folder.rglob("*") if p.is_file())


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2"])
def test_a_certificate_that_cannot_be_trusted_stops_before_anything_is_said(
    tmp_path: Path, box: Outbox, host: str
) -> None:
    path = certificate(tmp_path, host)
    box.queue(message(), START)
    with running(path) as server:
        trusted = {"sertifikat": path} if host != "127.0.0.1" else {}
        report = send_due(box, server_at(server.port, keamanan="starttls", **trusted), START)
        assert not server.offered
    assert "tidak dapat dipercaya" in report.trouble
    assert (box.entries()[0].state, box.entries()[0].reason) == ("ditunda", report.trouble)


def test_a_server_without_starttls_gets_nothing(box: Outbox, server: Server) -> None:
    box.queue(message(), START)
    report = send_due(box, server_at(server.port, keamanan="starttls"), START)
    assert "tidak mengenal STARTTLS" in report.trouble
    assert not server.offered


def test_no_server_at_the_address_is_told_once_and_everything_waits(box: Outbox) -> None:
    with running() as server:
        gone = server_at(server.port)
    for count in (1, 2):
        box.queue(message(count), START)
    for turn in range(60):
        report = send_due(box, gone, START + turn * PAUSE)
    assert "Tidak ada server surat di 127.0.0.1" in report.trouble
    assert [(entry.state, entry.tries) for entry in box.entries()] == [("ditunda", 0)] * 2


def test_with_no_server_set_everything_waits_visibly(box: Outbox) -> None:
    assert send_due(box, None, START) == dispatch.Report()
    box.queue(message(), START)
    report = send_due(box, None, START)
    assert (report.waiting, report.trouble) == (1, dispatch.NO_SERVER)
    assert box.entries()[0].state == "antre"


# States


def entry(state: str = "antre", tries: int = 0) -> Entry:
    return Entry("n", NUMBER, "diterima", "diterima", state, tries)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "state", "tries", "wait"), [
    ("terkirim", "dikirim", 1, False), ("sementara", "ditunda", 1, True), ("tetap", "gagal", 1, False),
    ("putus", "tidak_pasti", 1, False), ("gangguan", "ditunda", 0, True),
])  # fmt: skip
def test_the_state_after_an_attempt(kind: Any, state: str, tries: int, *, wait: bool) -> None:
    done = after(begun(entry(), START, PAUSE), Outcome(kind, "sebab"), START, PAUSE)
    assert (done.state, done.tries, done.reason) == (state, tries, "sebab")
    assert done.next == (START + PAUSE if wait else None)


def test_the_48th_refusal_is_the_last() -> None:
    now, one = START, entry()
    while one.state != "gagal":
        assert one.due(now)
        one = after(begun(one, now, PAUSE), Outcome("sementara", "sebab"), now, PAUSE)
        now += PAUSE
    assert (one.tries, now) == (MOST_TRIES, START + 48 * PAUSE)
    assert "48 kali dicoba" in one.reason


def test_what_is_held_while_a_round_runs_is_not_sent(box: Outbox, server: Server) -> None:
    for count in (1, 2):
        box.queue(message(count), START)
    round_ = dispatch._Round(box, smtp.Line(server_at(server.port), Secret()), START, PAUSE)
    round_.try_one(message(1).name)
    hold(box, message(2).name, START)
    round_.try_one(message(2).name)
    round_.line.close()
    assert server.offered == ["orang1@example.org"]


def test_a_person_holds_releases_and_sends_again(box: Outbox, server: Server) -> None:
    name = message().name
    box.queue(message(), START)
    assert hold(box, name, START).state == "ditahan"
    send_due(box, server_at(server.port), START)
    assert not server.offered
    with pytest.raises(PayungError, match="tidak dapat ditahan: keadaannya ditahan"):
        hold(box, name, START)
    assert release(box, name, START).state == "antre"
    send_due(box, server_at(server.port), START)
    for change in (retry, hold, release):
        with pytest.raises(PayungError, match="keadaannya dikirim"):
            change(box, name, START)
    with pytest.raises(PayungError, match="Tidak ada surel bernama"):
        retry(box, "../2026", START)


def test_held_and_released_tries_still_count(box: Outbox, server: Server) -> None:
    server.recipients["orang1@example.org"] = "451 x"
    box.queue(message(), START)
    send_due(box, server_at(server.port), START)
    hold(box, message().name, START)
    assert release(box, message().name, START).tries == 1
    assert retry(box, message().name, START).tries == 0


# Files


def test_no_file_of_the_outbox_shows_an_address_or_a_content(box: Outbox, settings: Settings) -> None:
    box.queue(compose(notice("ditolak"), server_at(), settings), START)
    for path in box.folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0 or not path.stat().st_size, path
        if path.is_file():
            content = path.read_bytes()
            assert not any(word in content for word in (TO.encode(), b"pengadilan"))
    assert b"pengadilan" in box.content(f"{NUMBER}.ditolak")


@pytest.mark.parametrize("damage", ["", "{}", "[]", "null", '{"keadaan": "lain"}', None])
def test_a_lost_or_damaged_state_is_uncertain_and_stops_only_itself(
    box: Outbox, server: Server, damage: str | None
) -> None:
    for count in (1, 2):
        box.queue(message(count), START)
    state = box.folder / message().name / "keadaan.json"
    state.unlink() if damage is None else state.write_text(damage)
    send_due(box, server_at(server.port), START)
    assert [one.state for one in box.entries()] == ["tidak_pasti", "dikirim"]
    assert box.entries()[0].number == NUMBER
    assert retry(box, message().name, START).state == "antre"


def test_a_message_that_does_not_open_fails_and_stops_only_itself(box: Outbox, server: Server) -> None:
    for count in (1, 2, 3):
        box.queue(message(count), START)
    (box.folder / message(1).name / "pesan.age").write_bytes(b"rusak")
    (box.folder / message(2).name / "pesan.age").unlink()
    send_due(box, server_at(server.port), START)
    assert [one.state for one in box.entries()] == ["gagal", "gagal", "dikirim"]


def test_an_attempt_that_cannot_be_recorded_is_not_made(box: Outbox, server: Server) -> None:
    for count in (1, 2):
        box.queue(message(count), START)
    full = [str(box.folder / message().name)]

    def disk(name: str, args: tuple[object, ...]) -> None:
        if name == "open" and full and re.fullmatch(rf"{full[0]}.*\.tmp", str(args[0])):
            raise OSError(28, "penuh")

    sys.addaudithook(disk)
    report = send_due(box, server_at(server.port), START)
    full.clear()
    assert server.offered == ["orang2@example.org"]
    assert "Periksa ruang disk" in report.failures[0]
    send_due(box, server_at(server.port), START)
    assert [one.state for one in box.entries()] == ["dikirim", "dikirim"]


def test_a_disk_that_is_full_after_the_content_went_out_leaves_it_uncertain(box: Outbox, server: Server) -> None:
    box.queue(message(), START)
    written = [0, 3]  # attempt, uncertain, and the outcome that finds no room

    def disk(name: str, args: tuple[object, ...]) -> None:
        if name == "open" and args[1] is None and re.fullmatch(rf"{box.folder}.*\.tmp", str(args[0])):
            written[0] += 1
            if written[0] == written[1]:
                raise OSError(28, "penuh")

    sys.addaudithook(disk)
    send_due(box, server_at(server.port), START)
    assert (box.entries()[0].state, len(server.received)) == ("tidak_pasti", 1)


def test_a_server_that_says_nothing_is_told(box: Outbox) -> None:
    box.queue(message(), START)
    with socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        report = send_due(box, server_at(silent.getsockname()[1]), START, timeout=0.2)
    assert "tidak menjawab" in report.trouble
    assert box.entries()[0].state == "ditunda"


def test_what_cannot_be_recorded_at_the_last_moment_is_not_sent(box: Outbox, server: Server) -> None:
    line = smtp.Line(server_at(server.port), Secret())

    def full() -> None:
        raise OSError(28, "penuh")

    with pytest.raises(OSError, match="penuh"):
        line.send(message().content, "orang1@example.org", full)
    assert line.send(message(2).content, "orang2@example.org", lambda: None).kind == "terkirim"
    line.close()
    assert server.received == [message(2).content]


def test_two_processes_do_not_change_the_outbox_at_once(box: Outbox) -> None:
    box.queue(message(), START)
    with box.lock(), pytest.raises(Busy), Outbox(box.folder, box._office).lock(0.1):
        pytest.fail("both hold the outbox")


def test_a_recovery_key_that_joins_later_opens_what_waits(box: Outbox, tmp_path: Path) -> None:
    box.queue(message(), START)
    recovery = seal.recovery(tmp_path / "kunci" / "penerima.txt")
    Outbox(box.folder, keys(tmp_path / "kunci")).reseal()
    assert Outbox(box.folder, seal.Office([recovery], [])).content(message().name) == message().content


def test_the_state_is_small_json_that_a_person_can_read(box: Outbox) -> None:
    box.queue(message(), START)
    data = json.loads((box.folder / message().name / "keadaan.json").read_text("utf-8"))
    assert (data["keadaan"], data["percobaan"], datetime.fromisoformat(data["diubah"])) == ("antre", 0, START)


# Killed at every step

HOLDERS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def sent_until_killed(box: Outbox, port: int, step: int) -> bool:
    """Queue and send in a child that dies before its ``step``-th write or word; whether it got through."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    steps = 0

    def kill(name: str, args: tuple[object, ...]) -> None:
        nonlocal steps
        writing = name in HOLDERS and str(box.folder) in str(args[0])
        if name == "open" and writing:
            writing = (isinstance(args[2], int) and bool(args[2] & WRITES)) or args[1] in {"xb", "ab"}
        if writing or name in {"smtplib.connect", "smtplib.send"}:
            steps += 1
            if steps == step:
                os._exit(9)

    try:
        sys.addaudithook(kill)
        box.queue(message(1), START)
        box.queue(message(2), START)
        send_due(box, server_at(port), START)
    except BaseException:  # noqa: BLE001 -- the parent only sees the exit code
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_killed_at_every_step_nothing_is_lost_and_nothing_is_sent_twice(tmp_path: Path, server: Server) -> None:
    step, through, uncertain = 0, False, []
    office = keys(tmp_path / "kunci")
    while not through:
        step += 1
        server.received.clear()
        box = Outbox(tmp_path / str(step), office)
        through = sent_until_killed(box, server.port, step)
        for count in (1, 2):
            box.queue(message(count), START)
        for day in range(1, 4):
            send_due(box, server_at(server.port), START + timedelta(days=day))
        assert [one.name for one in box.entries()] == [message(1).name, message(2).name]
        for count, one in enumerate(box.entries(), start=1):
            arrived = server.received.count(message(count).content)
            assert one.state in {"dikirim", "tidak_pasti"}, f"step {step}"
            assert arrived == 1 or (one.state == "tidak_pasti" and arrived == 0), f"step {step}"
            uncertain += [arrived] if one.state == "tidak_pasti" else []
        assert not list(box.folder.glob(".baru-*"))
    assert step > 30, "the kill switch saw too few steps"
    assert set(uncertain) == {0, 1}, "killed on both sides of the moment that nobody can see"
    assert len(uncertain) < step / 3
