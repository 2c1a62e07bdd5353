"""What a notice says and never says."""

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from processor.cases.case_file import Way
from processor.cases.records import Attachment
from processor.foundation.errors import BrokenFiles
from processor.mail.composer import FOLDER, KINDS, NoticeKind, NoticeLine, compose
from processor.mail.templates import STAFF
from tests.mail.samples import LETTER, NUMBER, OFFICE, SHIPPED, TO, bodies, notice, parsed, server_at
from tests.office import ROOT, START, agency


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
        "BH-2026-0001: janji temu",
        "Pengingat: 2 hal",
        "Ringkasan harian: 2 hal",
        "BH-2026-0001: kami terima",
        "BH-2026-0001: sudah kami jawab",
        "BH-2026-0001: keberatan diterima",
        "BH-2026-0001: keberatan dikabulkan",
        "BH-2026-0001: keberatan sudah dijawab",
        "BH-2026-0001: permohonan ditarik",
        "BH-2026-0001: permintaan mengganti kontak",
        "BH-2026-0001: ada pesan dari kami",
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
    assert parsed(made)["Subject"] == "Ringkasan harian: 2 hal"
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


def test_without_a_word_about_email_the_agency_itself_is_the_sender() -> None:
    header = parsed(compose(notice(), SHIPPED))
    assert header["From"].addresses[0].addr_spec == SHIPPED.instansi.email
    assert header["From"].addresses[0].display_name == "Biro Hukum"
    assert header["Message-ID"] == "<bh-2026-0001.diterima@sumbarprov.go.id>"
    other = server_at(pengirim="Layanan@Lain.example.go.id", nama_pengirim="Layanan Hukum")
    assert parsed(compose(notice(), other))["From"] == "Layanan Hukum <Layanan@Lain.example.go.id>"
    assert parsed(compose(notice(), other))["Message-ID"] == "<bh-2026-0001.diterima@lain.example.go.id>"
