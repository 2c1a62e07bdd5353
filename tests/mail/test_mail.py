"""The mail room: what a notice says and never says, what the server answered, and that nothing is lost or doubled."""

import json
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP
from functools import partial
from pathlib import Path
from socket import SHUT_RDWR, socket
from threading import Thread
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from processor.cases import office_keys
from processor.cases.case_file import Way
from processor.cases.records import Attachment
from processor.foundation import settings as settings_room
from processor.foundation.errors import BrokenFiles, Busy, PayungError, Problem
from processor.foundation.settings import Settings
from processor.foundation.settings_mail import Mail, Secret
from processor.mail import composer, delivery, outbox, smtp, templates
from processor.mail.composer import FOLDER, KINDS, Notice, NoticeKind, NoticeLine, compose
from processor.mail.delivery import send_due
from processor.mail.message import MOST_TRIES, STATES, Entry, Message, Outcome, State, attempt_ended, attempt_started
from processor.mail.outbox import Outbox, cancel, hold, release, send_again
from processor.mail.templates import STAFF
from tests.killing import done_until_killed
from tests.office import ROOT, START, agency, keys
from tests.smtp_server import DROP, DROP_UNKEPT, PASSWORD, USER, Server, certificate, running

TEMPLATES = ROOT / "opinions" / FOLDER
PAUSE = timedelta(minutes=5)
TO = "orang1@example.org"
NUMBER = "BH-2026-0001"


def server_at(port: int = 25, **changes: Any) -> Settings:
    """The shipped settings with a mail server on this computer."""
    given = {"server": "127.0.0.1", "port": port, "keamanan": "tanpa", "pengirim": "layanan@biro.example.go.id"}
    return SHIPPED.model_copy(update={"email": Mail(**{**given, "nama_pengirim": "Biro Hukum", **changes})})


SHIPPED = settings_room.load(ROOT / "payung.yaml")
OFFICE = server_at()


def notice(kind: NoticeKind = "diterima", **changes: Any) -> Notice:
    lines = (NoticeLine(NUMBER, "kajian", START), NoticeLine("BH-2026-0002", "kelengkapan dari pemohon"))
    staff = {"number": "", "lists": {"terlambat": lines[:1], "menjelang": lines}, "mark": "2026-03-02-kabag"}
    said: dict[str, dict[str, Any]] = {
        "perlu_dilengkapi": {"missing": ("Surat tugas",)},
        "ditolak": {"cara": "email", "reason": "Perkara sudah di pengadilan."},
        "pengingat_petugas": staff,
        "ringkasan_petugas": staff,
    }
    return Notice(**{"kind": kind, "number": NUMBER, "to": TO, "time": START, **said.get(kind, {}), **changes})


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
def test_a_notice_tells_number_event_and_link_in_text_and_html(kind: NoticeKind) -> None:
    made = compose(notice(kind), OFFICE)
    text, html = bodies(made)
    assert NUMBER in text
    assert NUMBER in html
    assert '<html lang="id">' in html
    assert kind in STAFF or f'<a href="{OFFICE.situs.alamat}">' in html
    assert made.content.isascii()
    assert max(map(len, made.content.split(b"\r\n"))) < 998
    assert b"\n" not in made.content.replace(b"\r\n", b"")
    assert (parsed(made)["Auto-Submitted"], parsed(made)["Content-Language"]) == ("auto-generated", "id")
    assert [part.defects for part in parsed(made).walk()] == [[]] * len(list(parsed(made).walk()))


def test_the_subject_is_the_number_and_what_happened() -> None:
    subjects = [parsed(compose(notice(kind), OFFICE))["Subject"] for kind in KINDS]
    assert subjects == [
        "BH-2026-0001: permohonan diterima",
        "BH-2026-0001: permohonan perlu dilengkapi",
        "BH-2026-0001: permohonan tidak dapat diproses",
        "BH-2026-0001: permohonan sudah dijawab",
        "BH-2026-0001: permohonan dibatalkan",
        "Pengingat: 2 permohonan",
        "Ringkasan harian: 2 permohonan",
    ]


def test_the_same_notice_gives_the_same_bytes_and_a_later_one_answers_the_first() -> None:
    first, second = (compose(notice(), OFFICE) for _ in range(2))
    assert first == second
    later = parsed(compose(notice("perlu_dilengkapi", mark="2"), OFFICE))
    assert later["Message-ID"] == "<bh-2026-0001.perlu_dilengkapi-2@biro.example.go.id>"
    assert later["In-Reply-To"] == later["References"] == parsed(first)["Message-ID"]
    assert parsed(first)["In-Reply-To"] is None
    assert parsed(first)["Date"].datetime == START


def test_reasons_and_what_is_missing_are_words_and_never_code() -> None:
    evil = "{{ nomor }} <b>tebal</b> & lain\r\nbaris dua\x00"
    text, html = bodies(compose(notice("ditolak", reason=evil), OFFICE))
    assert "{{ nomor }} <b>tebal</b> & lain\nbaris dua" in text
    assert "{{ nomor }} &lt;b&gt;tebal&lt;/b&gt; &amp; lain<br>" in html
    text, html = bodies(compose(notice("perlu_dilengkapi", missing=("Surat\ntugas", "KTP <asli>")), OFFICE))
    assert "- Surat tugas\n- KTP <asli>\n" in text
    assert "<ul>\n<li>Surat tugas</li>\n<li>KTP &lt;asli&gt;</li>\n</ul>" in html


@pytest.mark.parametrize(
    ("kind", "way", "coded", "page"),
    [
        ("diterima", "email", True, "lacak/"),
        ("diterima", "loket", False, ""),
        ("perlu_dilengkapi", "email", True, "lacak/"),
        ("perlu_dilengkapi", "loket", False, ""),
        ("dijawab", "kode", True, "lacak/"),
        ("dijawab", "loket", True, ""),
        ("dibatalkan", "kode", True, ""),
    ],
)
def test_the_link_leads_to_the_page_that_the_words_speak_of(kind: NoticeKind, way: Way, coded: bool, page: str) -> None:  # noqa: FBT001
    html = bodies(compose(notice(kind, cara=way, coded=coded), OFFICE))[1]
    assert re.findall(r'href="(.*?)"', html) == [OFFICE.situs.alamat + page]


def test_a_rejection_by_code_links_to_its_reasons_and_to_a_new_request() -> None:
    html = bodies(compose(notice("ditolak", cara="kode", coded=True), OFFICE))[1]
    assert re.findall(r'href="(.*?)"', html) == [f"{OFFICE.situs.alamat}lacak/", OFFICE.situs.alamat]


def test_only_our_own_link_can_be_clicked() -> None:
    html = bodies(compose(notice("ditolak", reason="https://palsu.example.org/"), OFFICE))[1]
    assert re.findall(r'href="(.*?)"', html) == [OFFICE.situs.alamat]


@pytest.mark.parametrize(
    "to",
    [
        "a@b.id\r\nBcc: c@d.id", "a@b.id\n", "a@b.id, c@d.id", "a b@c.id", "", "bukan", "a@b", "<a@b.id>", "é@b.id",
        "a@b.id\x00", "a@-b.id", ".a@b.id", '"a\\"b"@c.id', "a" * 65 + "@b.id", "a@b.id\u2028", "Nama <a@b.id>",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_a_problem_that_does_not_repeat_it(to: str) -> None:
    with pytest.raises(BrokenFiles) as caught:
        compose(notice(to=to), OFFICE)
    assert "Alamat email penerima tidak sah" in str(caught.value)
    assert not to.strip() or to.strip() not in str(caught.value)


@pytest.mark.parametrize(
    "changes",
    [{"number": "BH-2026-0001\nX: y"}, {"number": ""}, {"mark": "../x"}, {"mark": "2\n"}],
)  # fmt: skip
def test_no_data_gets_into_a_header_or_a_file_name(changes: dict[str, Any]) -> None:
    with pytest.raises(BrokenFiles):
        compose(notice(**changes), OFFICE)


def test_a_notice_to_staff_lists_cases_and_belongs_to_no_thread() -> None:
    lists = {
        "terlambat": (NoticeLine(NUMBER, "kajian", datetime(2026, 7, 3, 3, 0, tzinfo=UTC)),),
        "menunggu": (NoticeLine("BH-2026-0002", "kelengkapan dari pemohon"), NoticeLine(NUMBER, "seluruhnya")),
    }
    made = compose(notice("ringkasan_petugas", lists=lists), OFFICE)
    text = bodies(made)[0]
    assert "Sudah lewat tenggat:\n\n- BH-2026-0001: kajian, tenggat 3 Juli 2026 10.00 WIB\n\n" in text
    assert "Menunggu:\n\n- BH-2026-0002: kelengkapan dari pemohon\n- BH-2026-0001: seluruhnya\n\n" in text
    assert "Jatuh tempo" not in text
    assert parsed(made)["Subject"] == "Ringkasan harian: 2 permohonan"
    assert parsed(made)["References"] is parsed(made)["In-Reply-To"] is None
    assert (made.name, made.number) == ("ringkasan_petugas-2026-03-02-kabag", "")


@pytest.mark.parametrize("kind", STAFF)
@pytest.mark.parametrize(
    "changes",
    [{"lists": {"terlambat": (NoticeLine(NUMBER, "perceraian"),)}},
     {"lists": {"terlambat": (NoticeLine("Rekaan1", "kajian"),)}},
     {"lists": {"terlambat": ()}}, {"number": NUMBER}, {"mark": ""}, {"mark": "Orang Rekaan1"}],
)  # fmt: skip
def test_a_notice_to_staff_takes_no_free_text(kind: NoticeKind, changes: dict[str, Any]) -> None:
    with pytest.raises(BrokenFiles) as caught:
        compose(notice(kind, **changes), OFFICE)
    assert not re.search("Rekaan1|perceraian", str(caught.value))


@pytest.mark.parametrize(("kind", "changes"), [
    ("ditolak", {"reason": " "}), ("perlu_dilengkapi", {"missing": ("",)}), ("dijawab", {"cara": "email"}),
])  # fmt: skip
def test_a_notice_that_would_say_nothing_is_a_problem(kind: NoticeKind, changes: dict[str, Any]) -> None:
    with pytest.raises(BrokenFiles, match="belum memuat"):
        compose(notice(kind, **changes), OFFICE)


LETTER = Attachment("../Pendapat tentang cerai.docx", b"isi")


@pytest.mark.parametrize(("kind", "cara", "attached", "said", "unsaid"), [
    ("diterima", "email", 0, "ke alamat email ini", "kode"),
    ("diterima", "kode", 0, "dengan kode Anda", "loket"),
    ("diterima", "loket", 0, "di loket kami", "kode"),
    ("perlu_dilengkapi", "kode", 0, "- Surat tugas", "Telepon kami"),
    ("perlu_dilengkapi", "loket", 0, "Telepon kami", "kode"),
    ("dijawab", "email", 1, "terlampir pada email ini", "kode"),
    ("dijawab", "kode", 0, "Buka jawabannya dengan kode Anda di:\nhttps://", "terlampir"),
    ("dijawab", "loket", 0, "Bawa kartu identitas, dan sebutkan nomor BH-2026-0001", "kode"),
    ("ditolak", "email", 1, "Alasannya:\n\nPerkara sudah di pengadilan.\n\nSuratnya terlampir", "kode"),
    ("ditolak", "kode", 0, "Alasannya dapat dibaca dengan kode Anda", "pengadilan"),
    ("ditolak", "loket", 0, "dapat diambil di loket kami", "pengadilan"),
    ("dibatalkan", "email", 0, "dibatalkan sesuai permintaan Anda", "kode"),
])  # fmt: skip
def test_the_answer_goes_the_way_that_the_applicant_chose(
    kind: NoticeKind, cara: Way, attached: int, said: str, unsaid: str
) -> None:
    one = notice(kind, cara=cara, coded=cara == "kode")
    made = compose(one, OFFICE, [LETTER])
    assert said in bodies(made)[0]
    assert unsaid not in "".join(bodies(made))
    assert len(list(parsed(made).iter_attachments())) == attached
    assert made == compose(one, OFFICE, [LETTER])


def test_a_rejection_by_email_may_go_without_its_letter() -> None:
    made = compose(notice("ditolak"), OFFICE)
    assert "pengadilan" in bodies(made)[0]
    assert "terlampir" not in bodies(made)[0]
    assert not list(parsed(made).iter_attachments())


def test_the_answer_says_until_when_it_can_be_opened() -> None:
    text = bodies(compose(notice("dijawab", cara="kode", until=date(2026, 7, 2)), OFFICE))[0]
    assert "\n\nJawaban dapat dibuka sampai 2 Juli 2026.\n\n" in text


@pytest.mark.parametrize(("name", "ending", "kind"), [
    ("Surat.PDF", ".pdf", "application/pdf"), (LETTER.name, ".docx", "officedocument"),
    ("a.docx\r\nX: y", "", "octet-stream"), ("cerai", "", "octet-stream"), (".pdf", "", "octet-stream"),
])  # fmt: skip
def test_an_attachment_is_called_after_the_number_and_nothing_else(name: str, ending: str, kind: str) -> None:
    made = compose(notice("dijawab", cara="email"), OFFICE, [LETTER, Attachment(name, b"dua")])
    first, second = parsed(made).iter_attachments()
    assert (first.get_filename(), first.get_content()) == ("BH-2026-0001-1.docx", b"isi")
    assert (second.get_filename(), second.get_content()) == (f"BH-2026-0001-2{ending}", b"dua")
    assert kind in second.get_content_type()
    assert not re.search(b"cerai|X: y", made.content)


@pytest.mark.parametrize("cara", ["kode", "loket"])
def test_no_template_can_tell_a_reason_by_email_to_who_does_not_want_that(tmp_path: Path, cara: Way) -> None:
    changed = Path(shutil.copytree(ROOT / "opinions", tmp_path / "opinions")) / FOLDER
    (changed / "ditolak.txt").write_text("Perihal: {{ nomor }}\n\n{{ nomor }}: {{ alasan }}.\n", "utf-8")
    settings = agency(tmp_path, root=tmp_path)
    assert bodies(compose(notice("ditolak", cara=cara), settings))[0] == "BH-2026-0001: .\n"
    assert "pengadilan" in bodies(compose(notice("ditolak"), settings))[0]


def test_neither_a_notice_nor_a_message_shows_what_it_holds() -> None:
    one = notice("ditolak")
    shown = repr(one) + repr(compose(one, OFFICE))
    assert not any(word in shown for word in (TO, "pengadilan"))


# Templates that staff edit


def test_the_shipped_templates_have_no_mistake() -> None:
    assert composer.check_templates(TEMPLATES) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "words"),
    [
        ("diterima.txt", "{{ tautan }}", "{{ tautn }}", 21, "“tautn” tidak dikenal. Maksudnya “tautan”?"),
        ("diterima.txt", "Perihal: ", "", 1, "tanpa perihal"),
        ("diterima.txt", "Perihal: {{ nomor }}", "Perihal: {{ nomr }}", 1, "“nomr” tidak dikenal. Maksudnya “nomor”?"),
        ("ditolak.txt", "Perihal: ", "Perihal: {{ alasan }} ", 1, "“alasan” tidak boleh di perihal"),
        ("ditolak.txt", "{{ alasan }}", "{{ kekurangan }}", 8, "“kekurangan” tidak dikenal"),
        ("perlu_dilengkapi.txt", "- {{ butir }}", "- {{ kekurangan }}", 6, "tidak cocok di sini"),
        ("perlu_dilengkapi.txt", "{% endfor %}", "", None, "yang belum ditutup"),
        ("diterima.txt", "{{ tautan }}", "{{ tautan }", 21, "Susunan tempat isian tidak terbaca"),
        ("dijawab.txt", "{% if lewat_email %}", "{% set x = 1 %}{% if lewat_email %}", 5, "Perintah “assign”"),
        ("diterima.txt", "{{ tautan }}", "{{ tautan.__class__ }}", 21, "“tautan.__class__” tidak dikenal"),
        ("diterima.txt", "{{ tautan }}", "{{ tautan | safe }}", 21, "Saringan “safe” tidak dikenal"),
        ("diterima.txt", "{% elif lewat_loket %}", "{% elif lewat_lokt %}", 12, "Maksudnya “lewat_loket”?"),
        ("dijawab.txt", "{% else %}", "{% else %}{{ lewat_loket }}", 19, "berisi ya/tidak, tidak cocok di sini"),
        ("dijawab.txt", "{% if lewat_email %}", '{% if cara == "email" %}', 5, "“cara” tidak dikenal. Yang dikenal: "),
        ("dibatalkan.txt", "{{ nomor }}.", "{{ jumlah }}.", 5, "“jumlah” tidak dikenal"),
        ("pengingat_petugas.txt", "in menjelang", "in menjelanh", 22, "Maksudnya “menjelang”?"),
        ("ringkasan_petugas.txt", "- {{ butir }}", "- {{ nomor }}", 7, "“nomor” tidak dikenal"),
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
    (problem,) = composer.check_templates(folder)
    assert (problem.place, problem.line) == (str(path), line)
    assert words in problem.sentence


def test_a_broken_template_stops_its_own_kind_only(tmp_path: Path) -> None:
    changed = Path(shutil.copytree(ROOT / "opinions", tmp_path / "opinions")) / FOLDER
    (changed / "ditolak.txt").unlink()
    (changed / "dijawab.txt").write_bytes(b"\xff")
    settings = agency(tmp_path, root=tmp_path)
    compose(notice(), settings)
    for kind in get_args(NoticeKind)[2:4]:
        with pytest.raises(BrokenFiles, match=f"{kind}.txt"):
            compose(notice(kind), settings)
    assert len(templates.check_templates(changed)) == 2


def test_the_handbook_names_every_notice_and_every_placeholder_of_it() -> None:
    page = (ROOT / "docs" / "petugas" / "email.md").read_text("utf-8")
    rows = re.findall(r"^\| (.+?) \|(.*)$", page, re.MULTILINE)
    table = {name: told for names, told in rows for name in re.findall(r"\w+", names.replace(".txt", ""))}
    for kind in KINDS:
        assert set(re.findall(r"`(\w+)`", table[kind])) == set(templates._OWN[kind]), kind
    assert set(re.findall(r"`(\w+)`", table["semua"].replace("instansi.", ""))) == {"tautan", *templates.AGENCY}
    assert table.keys() >= set(STATES)


# Settings and secrets


def test_without_a_word_about_email_the_agency_itself_is_the_sender() -> None:
    header = parsed(compose(notice(), SHIPPED))
    assert header["From"].addresses[0].addr_spec == SHIPPED.instansi.email
    assert header["From"].addresses[0].display_name == "Biro Hukum"
    assert header["Message-ID"] == "<bh-2026-0001.diterima@sumbarprov.go.id>"
    other = server_at(pengirim="Layanan@Lain.example.go.id", nama_pengirim="Layanan Hukum")
    assert parsed(compose(notice(), other))["From"] == "Layanan Hukum <Layanan@Lain.example.go.id>"
    assert parsed(compose(notice(), other))["Message-ID"] == "<bh-2026-0001.diterima@lain.example.go.id>"


def test_the_example_in_payung_yaml_can_be_used_as_it_stands(tmp_path: Path) -> None:
    text = (ROOT / "payung.yaml").read_text("utf-8")
    commented = re.search(r"^# email:.*\n(?:#   .*\n)+", text, re.MULTILINE)
    assert commented
    (tmp_path / "payung.yaml").write_text(text.replace(commented[0], re.sub(r"(?m)^# ", "", commented[0])), "utf-8")
    found = settings_room.load(tmp_path / "payung.yaml").email
    assert found.server
    assert found.model_fields_set <= set(Mail.model_fields)


@pytest.mark.parametrize(("section", "part"), [
    ("instansi", {"email": "layanan@biro"}), ("email", {"pengirim": "layanan@biro"}),
    ("petugas", {"kabag": {"nama": "Kabag Contoh", "peran": ["kepala_bagian"], "email": "kabag"}}),
])  # fmt: skip
def test_an_address_of_the_office_that_is_none_is_told_with_its_line(
    tmp_path: Path, section: str, part: dict[str, Any]
) -> None:
    sound = agency(tmp_path).model_dump(mode="json", exclude_defaults=True).get(section, {})
    wrong: dict[str, Any] = {section: {**sound, **part}}
    with pytest.raises(BrokenFiles, match=r"payung.yaml, baris \d+: .*Bukan alamat email"):
        agency(tmp_path, **wrong)


@pytest.mark.parametrize("changes", [
    {"server": "surat.example.go.id"}, {"server": ""}, {"server": "a b"}, {"port": 0}, {"asing": "x"},
    {"pengguna": "a"}, {"pengguna": "a", "sandi_dari": ""}, {"sandi_dari": "SANDI"}, {"pengirim": "bukan"},
    {"nama_pengirim": "a\nBcc: b"},
])  # fmt: skip
def test_settings_that_would_be_unsafe_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        server_at(**changes)


def test_a_password_comes_from_the_environment_or_a_private_file_and_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(where: str) -> Settings:
        return agency(tmp_path, email={"pengguna": USER, "sandi_dari": where})

    monkeypatch.setenv("SANDI_EMAIL", PASSWORD)
    assert told("SANDI_EMAIL").mail_password().text == PASSWORD
    assert PASSWORD not in repr(Secret(PASSWORD)) + str(Secret(PASSWORD))
    with pytest.raises(PayungError, match=r"Variabel lingkungan .* kosong"):
        told("SANDI_LAIN").mail_password()
    file = told("sandi.txt")
    with pytest.raises(PayungError, match="tidak terbaca"):
        file.mail_password()
    (tmp_path / "sandi.txt").write_text(f"{PASSWORD}\n")
    (tmp_path / "sandi.txt").chmod(0o640)
    with pytest.raises(PayungError, match="terbaca orang lain"):
        file.mail_password()
    (tmp_path / "sandi.txt").chmod(0o600)
    assert file.mail_password().text == PASSWORD
    (tmp_path / "sandi.txt").write_text("\n")
    with pytest.raises(PayungError, match="kosong"):
        file.mail_password()
    assert OFFICE.mail_password() == Secret()


@pytest.mark.parametrize("typed", ["~rahasia-Sekali!", "rahasia\x00sekali", "/" + "r" * 300])
def test_a_password_written_in_the_settings_by_mistake_is_not_repeated(typed: str) -> None:
    with pytest.raises(PayungError, match="tidak terbaca") as caught:
        server_at(pengguna=USER, sandi_dari=typed).mail_password()
    assert typed not in str(caught.value)


# The server


def test_what_is_due_is_sent_once_and_arrives_whole(box: Outbox, server: Server) -> None:
    made = compose(notice(), OFFICE)
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
    send_again(box, "BH-2026-0001.diterima", START)
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
    assert "email.pengirim" in report.trouble
    assert not server.received


@pytest.mark.parametrize("implicit", [False, True])
def test_a_secured_connection_with_a_login(
    tmp_path: Path, box: Outbox, monkeypatch: pytest.MonkeyPatch, *, implicit: bool
) -> None:
    path = certificate(tmp_path)
    secured = {
        "keamanan": "tls" if implicit else "starttls", "pengguna": USER, "sandi_dari": "SANDI", "sertifikat": path.name,
    }  # fmt: skip
    box.queue(message(), START)
    with running(path, implicit=implicit, login=True) as server:
        settings = agency(tmp_path, email={"server": "127.0.0.1", "port": str(server.port), **secured})
        report = send_due(box, settings, START)
        assert "Variabel lingkungan pada email.sandi_dari kosong" in report.trouble
        monkeypatch.setenv("SANDI", "salah")
        report = send_due(box, settings, START + PAUSE)
        assert "menolak nama masuk atau sandi (535)" in report.trouble
        assert (report.waiting, box.entries()[0].state, box.entries()[0].tries) == (1, "ditunda", 0)
        monkeypatch.setenv("SANDI", PASSWORD)
        send_due(box, settings, START + 2 * PAUSE)
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
    assert "Tidak ada server email di 127.0.0.1" in report.trouble
    assert [(entry.state, entry.tries) for entry in box.entries()] == [("ditunda", 0)] * 2


def test_with_no_server_set_everything_waits_visibly(box: Outbox) -> None:
    assert send_due(box, SHIPPED, START) == delivery.DeliveryReport()
    assert not box.folder.exists()
    box.queue(message(), START)
    report = send_due(box, SHIPPED, START)
    assert (report.waiting, report.trouble) == (1, delivery.NO_SERVER)
    assert box.entries()[0].state == "antre"


def test_when_nothing_is_due_nothing_is_written_and_nobody_called(box: Outbox) -> None:
    with running() as server:
        gone = server_at(server.port, pengguna=USER, sandi_dari="SANDI_TIDAK_ADA")
    box.queue(message(), START)
    send_due(box, gone, START)
    before = {path: path.stat().st_mtime_ns for path in box.folder.rglob("*")}
    report = send_due(box, gone, START + PAUSE - timedelta(seconds=1))
    assert report == delivery.DeliveryReport(waiting=1)
    assert {path: path.stat().st_mtime_ns for path in box.folder.rglob("*")} == before


# States


def entry(state: str = "antre", tries: int = 0) -> Entry:
    return Entry("n", NUMBER, "diterima", "diterima", state, tries)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "state", "tries", "wait"), [
    ("terkirim", "dikirim", 1, False), ("sementara", "ditunda", 1, True), ("tetap", "gagal", 1, False),
    ("putus", "tidak_pasti", 1, False), ("gangguan", "ditunda", 0, True),
])  # fmt: skip
def test_the_state_after_an_attempt(kind: Any, state: str, tries: int, *, wait: bool) -> None:
    done = attempt_ended(attempt_started(entry(), START, PAUSE), Outcome(kind, "sebab"), START, PAUSE)
    assert (done.state, done.tries, done.reason) == (state, tries, "sebab")
    assert done.next == (START + PAUSE if wait else None)


def test_the_48th_refusal_is_the_last() -> None:
    now, one = START, entry()
    while one.state != "gagal":
        assert one.due(now)
        one = attempt_ended(attempt_started(one, now, PAUSE), Outcome("sementara", "sebab"), now, PAUSE)
        now += PAUSE
    assert (one.tries, now) == (MOST_TRIES, START + 48 * PAUSE)
    assert "48 kali dicoba" in one.reason


def test_what_is_held_while_a_round_runs_is_not_sent(box: Outbox, server: Server) -> None:
    for count in (1, 2):
        box.queue(message(count), START)
    line = smtp.Connection(server_at(server.port))
    round_ = delivery._Round(box, line, START, PAUSE, lambda one: box.content(one.name))
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
    for change in (send_again, hold, release):
        with pytest.raises(PayungError, match="keadaannya dikirim"):
            change(box, name, START)
    for change in (send_again, hold, release, cancel):
        with pytest.raises(PayungError, match="Tidak ada email bernama"):
            change(box, "../2026", START)


def test_a_message_that_is_queued_as_held_waits_for_a_person(box: Outbox, server: Server) -> None:
    box.queue(message(), START, held="Alamat email pemohon baru saja berubah.")
    send_due(box, server_at(server.port), START)
    assert not server.offered
    (one,) = box.entries()
    assert (one.state, one.reason) == ("ditahan", "Alamat email pemohon baru saja berubah.")
    release(box, one.name, START)
    send_due(box, server_at(server.port), START)
    assert box.entries()[0].state == "dikirim"


def test_what_goes_out_is_what_is_right_at_that_moment(box: Outbox, server: Server) -> None:
    box.queue(message(), START)
    mended = message().content.replace(b"orang1@", b"baru@")
    report = send_due(box, server_at(server.port), START, lambda _: mended)
    assert (server.offered, server.received, report.tried[0][1]) == (["baru@example.org"], [mended], "dikirim")


def test_what_need_not_be_said_any_more_is_not_sent(box: Outbox, server: Server) -> None:
    box.queue(message(), START)
    report = send_due(box, server_at(server.port), START, lambda _: None)
    assert (report.tried, report.failures, server.offered) == (((message().name, "usang"),), (), [])
    box.remove(message().name)


def test_what_cannot_be_written_now_waits_without_using_up_a_try(box: Outbox, server: Server) -> None:
    def broken(one: Entry) -> bytes:
        if one.number == NUMBER:
            raise BrokenFiles((Problem("naskah", 1, "Rusak.", "Betulkan."),))
        return box.content(one.name)

    for count in (1, 2):
        box.queue(message(count), START)
    report = send_due(box, server_at(server.port), START, broken)
    assert [(one.state, one.tries) for one in box.entries()] == [("ditunda", 0), ("dikirim", 1)]
    assert "Rusak. Betulkan." in report.failures[0]
    send_due(box, server_at(server.port), START + PAUSE)
    assert box.entries()[0].state == "dikirim"


def test_messages_go_out_in_the_order_in_which_they_came(box: Outbox, server: Server) -> None:
    for count in (3, 1, 2):
        box.queue(message(count), START + timedelta(minutes=10 - count))
    hold(box, message(3).name, START + timedelta(minutes=20))
    release(box, message(3).name, START + timedelta(minutes=20))
    send_due(box, server_at(server.port), START + timedelta(hours=1))
    assert server.offered == ["orang3@example.org", "orang2@example.org", "orang1@example.org"]


@pytest.mark.parametrize("state", STATES)
def test_only_what_was_not_sent_can_be_called_off_and_only_what_is_over_removed(box: Outbox, state: State) -> None:
    box.queue(message(1), START)
    box.queue(message(2), START)
    for one in box.entries():
        box.save(replace(one, state=state))
    first, second = (one.name for one in box.entries())
    over = state in {"dikirim", "dibatalkan", "usang"}
    with pytest.raises(PayungError, match="tidak dapat dibatalkan") if over else nullcontext():
        assert cancel(box, first, START).state == "dibatalkan"
    with nullcontext() if over else pytest.raises(PayungError, match="tidak dapat dihapus"):
        box.remove(second)
    assert [one.name for one in box.entries()] == ([first] if over else [first, second])


def test_what_was_called_off_is_never_sent(box: Outbox, server: Server) -> None:
    box.queue(message(), START)
    cancel(box, message().name, START)
    for change in (send_again, hold, release):
        with pytest.raises(PayungError, match="keadaannya dibatalkan"):
            change(box, message().name, START)
    assert not box.queue(message(), START)
    assert send_due(box, server_at(server.port), START + timedelta(days=1)) == delivery.DeliveryReport()
    assert not server.offered


def test_held_and_released_tries_still_count(box: Outbox, server: Server) -> None:
    server.recipients["orang1@example.org"] = "451 x"
    box.queue(message(), START)
    send_due(box, server_at(server.port), START)
    hold(box, message().name, START)
    assert release(box, message().name, START).tries == 1
    assert send_again(box, message().name, START).tries == 0


# Files


def test_no_file_of_the_outbox_shows_an_address_or_a_content(box: Outbox) -> None:
    box.queue(compose(notice("ditolak"), OFFICE), START)
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
    assert send_again(box, message().name, START).state == "antre"


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


@contextmanager
def hanging(answers: int) -> Iterator[tuple[int, list[bytes]]]:
    """A server that greets, answers so many words, then stays silent: its port, and every word it heard."""
    heard: list[bytes] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                open_.append(connection)
                connection.sendall(b"220 x\r\n")
                for _ in range(answers):
                    heard.append(connection.recv(999))
                    connection.sendall(b"354 x\r\n" if heard[-1].upper().startswith(b"DATA") else b"250 x\r\n")

    open_: list[socket] = []
    with socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1], heard
        listening.shutdown(SHUT_RDWR)
        for connection in open_:
            connection.close()


@pytest.mark.parametrize(("answers", "states"), [
    (0, ["ditunda"] * 4), (1, ["ditunda"] * 4), (2, ["ditunda"] * 4), (3, ["ditunda"] * 4),
    (4, ["tidak_pasti", "ditunda", "ditunda", "ditunda"]),
])  # fmt: skip
def test_a_server_that_hangs_costs_one_timeout_a_round(box: Outbox, answers: int, states: list[str]) -> None:
    for count in range(1, 5):
        box.queue(message(count), START)
    begun_at = time.monotonic()
    with hanging(answers) as (port, _):
        report = send_due(box, server_at(port), START, timeout=0.3)
    assert time.monotonic() - begun_at < 0.9, "four messages, one timeout"
    assert [one.state for one in box.entries()] == states
    assert ("tidak menjawab" if answers < 4 else "putus ketika mengirim") in report.trouble


def test_nothing_is_locked_while_the_server_thinks(box: Outbox) -> None:
    box.queue(message(), START)
    with hanging(3) as (port, heard):
        sending = Thread(target=send_due, args=(box, server_at(port), START), kwargs={"timeout": 1.0})
        sending.start()
        while len(heard) < 3:
            time.sleep(0.01)
        with Outbox(box.folder, box._office).lock(0.1):
            pass
        sending.join()


@pytest.mark.parametrize(("change", "left"), [(hold, "ditahan"), (cancel, "dibatalkan")])
def test_what_is_held_or_called_off_at_the_last_moment_is_not_sent(
    box: Outbox, server: Server, change: Callable[[Outbox, str, datetime], Entry], left: str
) -> None:
    for count in (1, 2):
        box.queue(message(count), START)

    def content(one: Entry) -> bytes:
        if one.number == NUMBER:
            change(box, one.name, START)
        return box.content(one.name)

    report = send_due(box, server_at(server.port), START, content)
    assert [one.state for one in box.entries()] == [left, "dikirim"]
    assert (report.failures, len(server.received)) == ((), 1)


def test_what_cannot_be_recorded_at_the_last_moment_is_not_sent(box: Outbox, server: Server) -> None:
    line = smtp.Connection(server_at(server.port))

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
    recovery = office_keys.make_recovery_key(tmp_path / "kunci" / "penerima.txt")
    Outbox(box.folder, keys(tmp_path / "kunci")).reseal()
    assert Outbox(box.folder, office_keys.OfficeKeys([recovery], [])).content(message().name) == message().content


def test_a_damaged_message_does_not_keep_the_others_from_a_new_seal(box: Outbox, tmp_path: Path) -> None:
    for count in (1, 2):
        box.queue(message(count), START)
    (box.folder / message(1).name / "pesan.age").write_bytes(b"rusak")
    recovery = office_keys.make_recovery_key(tmp_path / "kunci" / "penerima.txt")
    Outbox(box.folder, keys(tmp_path / "kunci")).reseal()
    assert (box.folder / message(1).name / "pesan.age").read_bytes() == b"rusak"
    assert Outbox(box.folder, office_keys.OfficeKeys([recovery], [])).content(message(2).name) == message(2).content


def test_the_state_is_small_json_that_a_person_can_read(box: Outbox) -> None:
    box.queue(message(), START)
    data = json.loads((box.folder / message().name / "keadaan.json").read_text("utf-8"))
    assert (data["keadaan"], data["percobaan"], datetime.fromisoformat(data["diubah"])) == ("antre", 0, START)


# Killed at every step


def queue_and_send(box: Outbox, port: int) -> None:
    for count in (1, 2):
        box.queue(message(count), START)
    send_due(box, server_at(port), START)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_killed_at_every_step_nothing_is_lost_and_nothing_is_sent_twice(tmp_path: Path, server: Server) -> None:
    step, through, uncertain = 0, False, []
    office = keys(tmp_path / "kunci")
    while not through:
        step += 1
        server.received.clear()
        box = Outbox(tmp_path / str(step), office)
        through = done_until_killed(box.folder, step, partial(queue_and_send, box, server.port))
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
        assert not list(box.folder.glob(".sementara-*"))
    assert step > 30, "the kill switch saw too few steps"
    assert set(uncertain) == {0, 1}, "killed on both sides of the moment that nobody can see"
    assert len(uncertain) < step / 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_killed_while_it_is_removed_a_message_is_there_whole_or_gone(tmp_path: Path) -> None:
    step, through, left, office = 0, False, [], keys(tmp_path / "kunci")
    while not through:
        step += 1
        box = Outbox(tmp_path / str(step), office)
        box.queue(message(), START)
        box.save(replace(box.entries()[0], state="dikirim"))
        through = done_until_killed(box.folder, step, partial(box.remove, message().name))
        left += [[one.state for one in box.entries()]]
        box.queue(message(2), START)
        assert not list(box.folder.glob(".sementara-*"))
    assert step > 5, "the kill switch saw too few steps"
    assert left == sorted(left, reverse=True)
    assert (left[0], left[-2], left[-1]) == (["dikirim"], [], [])
