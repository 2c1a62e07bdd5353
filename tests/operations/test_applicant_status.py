"""What codes open: statuses in plain words, answers, and files from which nobody else can tell anything."""

import base64
import hashlib
import json
import os
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import Browser
from pyrage import x25519

from processor.cases import case_status
from processor.cases.dossier import identities
from processor.cases.records import Applicant, Event
from processor.foundation import yaml_editor
from processor.operations import (
    applicant_status,
    case_notes,
    daily_pass,
    objection_steps,
    overview,
    site_publication,
    status_words,
    steps,
)
from processor.operations.pass_report import PassReport
from processor.operations.status_store import StatusStore
from processor.site import applicant_code, leak_gate, leak_targets, sealed_files
from processor.site.applicant_code import Keys
from processor.site.sealed_files import SealedReply
from tests import strict_site
from tests.office import ROOT, START, agency, applicant_keys, response, small_sources
from tests.story import NUMBER, OFFICERS, Story, delivered

TODAY: Final = date(2026, 3, 2)
SECOND: Final = "BH-2026-0002"
ALI, BUDI, NOBODY = (applicant_keys() for _ in range(3))
OFFICE: Final = (str(x25519.Identity.generate().to_public()), str(x25519.Identity.generate().to_public()))
WIB: Final = ZoneInfo("Asia/Jakarta")
VECTORS: Final = ROOT / "tests" / "data" / "status.json"
NAME: Final = "0123456789abcdef" * 2


@pytest.fixture(scope="module")
def asked_office(tmp_path_factory: pytest.TempPathFactory) -> Story:
    told = Story(tmp_path_factory.mktemp("kantor"), publishes=True)
    told.receives(asked(ALI, 1), asked(BUDI, 2))
    return told


@pytest.fixture
def story(asked_office: Story, tmp_path: Path) -> Story:
    """An office to whom Ali has sent a request with his code, and Budi one with his."""
    return asked_office.copied(tmp_path)


@pytest.fixture(scope="module")
def answered_office(asked_office: Story, tmp_path_factory: pytest.TempPathFactory) -> Story:
    told = asked_office.copied(tmp_path_factory.mktemp("kantor"))
    delivers(told)
    return told


@pytest.fixture
def answered(answered_office: Story, tmp_path: Path) -> Story:
    """The same office once Ali has his answer."""
    return answered_office.copied(tmp_path)


def asked(keys: Keys, person: int, way: str = "kode") -> Any:
    return response(person, minute=person, cara_jawaban=way, kode_lacak=keys.locator, kunci_balasan=keys.recipient)


def made(story: Story) -> Mapping[str, bytes]:
    return applicant_status.publication_files(story.office, story.office.now())


def unsealed(sealed: bytes, identity: str) -> Any:
    """What ``identity`` reads in an age file; None when it cannot open it."""
    try:
        return json.loads(applicant_code.unpad(pyrage.decrypt(sealed, [x25519.Identity.from_str(identity)])))
    except pyrage.DecryptError:
        return None


def statuses(files: Mapping[str, bytes], identity: str) -> list[dict[str, Any]]:
    tried = (unsealed(entry, identity) for entry in sealed_files.entries(files[sealed_files.STATUS]))
    return [status for status in tried if status]


def status(story: Story, keys: Keys = ALI) -> dict[str, Any]:
    [found] = statuses(made(story), keys.identity)
    return found


def sentences(story: Story) -> list[str]:
    return [line["kalimat"] for line in status(story)["riwayat"]]


def place(files: Mapping[str, bytes], keys: Keys = ALI) -> str:
    """Where the answer lies that the statuses speak of; "" when they speak of none."""
    said = {one["jawaban"]["berkas"] for one in statuses(files, keys.identity) if one["jawaban"]}
    return f"balasan/{said.pop()}.age" if len(said) == 1 else ""


def answer(files: Mapping[str, bytes], keys: Keys = ALI) -> Any:
    sealed = files.get(place(files, keys))
    return sealed and unsealed(sealed, keys.identity)


def replies(files: Mapping[str, bytes]) -> set[str]:
    return {name for name in files if name.startswith("balasan/")}


def letter(side: int = 40) -> bytes:
    """A signed letter: a PDF that grows with ``side``."""
    made = BytesIO()
    Image.effect_noise((side, side), 100).save(made, "PDF")
    return made.getvalue()


def delivers(story: Story, content: bytes = b"", number: str = NUMBER) -> bytes:
    """Every step to the answer, which is ``content``, signed by a person; gives it."""
    content = content or letter()
    story.writes(steps.verify("diteruskan", "pengelola", TODAY), number=number)
    story.writes(steps.assign("analis", "kabag", []), number=number)
    story.studies(number)
    story.writes(steps.set_study_ready(done=True), number=number)
    story.writes(steps.review("disetujui", "kabag", TODAY), number=number)
    signs(story, "pendapat-hukum.pdf", content, number)
    return content


def signs(story: Story, name: str, content: bytes, number: str = NUMBER) -> None:
    """The letter gets its number, a person signs it, and it is delivered."""
    folder = story.office.register.path(number)
    text = (folder / "permohonan.yaml").read_text("utf-8")
    given = {("penyampaian", "nomor_surat"): f"180/{number[-2:]}", ("penyampaian", "tanggal_surat"): TODAY.isoformat()}
    yaml_editor.write(folder / "permohonan.yaml", text, given)
    story.passes()
    (folder / "keluar" / name).write_bytes(content)
    story.writes(delivered(f"180/{number[-2:]}", TODAY, TODAY), number=number)


def rejects(story: Story, reason: str) -> None:
    story.writes(steps.verify("ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan=reason))


# Who opens what


def test_a_code_opens_its_own_status_and_no_other(story: Story) -> None:
    files = made(story)
    assert [one["nomor"] for one in statuses(files, ALI.identity)] == [NUMBER]
    assert [one["nomor"] for one in statuses(files, BUDI.identity)] == [SECOND]
    assert statuses(files, NOBODY.identity) == []


def test_a_code_opens_its_own_answer_and_no_other(story: Story) -> None:
    content = delivers(story)
    files = made(story)
    digest = hashlib.sha256(content).hexdigest()
    name = f"{NUMBER}-1.pdf"
    assert answer(files) == {
        "versi": 1,
        "jawaban": [
            {
                "nomor": NUMBER,
                "berlaku_sampai": "31 Mei 2026",
                "berkas": [{"nama": name, "sha256": digest, "isi": base64.b64encode(content).decode()}],
            }
        ],
    }
    assert all(unsealed(files[place(files)], one.identity) is None for one in (BUDI, NOBODY))


def test_the_office_opens_what_is_real_and_nobody_opens_a_dummy(answered: Story) -> None:
    files = made(answered)
    office = answered.settings.office_key.read_text("utf-8").split()[-1]
    assert [one["nomor"] for one in sorted(statuses(files, office), key=lambda one: str(one["nomor"]))] == [
        NUMBER,
        SECOND,
    ]
    assert [name for name in replies(files) if unsealed(files[name], office)] == [place(files)]


def test_a_dummy_is_addressed_to_as_many_as_anything_real(story: Story) -> None:
    files = made(story)
    headers = [*sealed_files.entries(files[sealed_files.STATUS]), *(files[n] for n in replies(files))]
    assert {one.count(b"-> X25519 ") for one in headers} == {1 + len(story.office.register.recipients)}


def test_one_code_for_two_requests_opens_both_statuses_and_both_answers(tmp_path: Path) -> None:
    story = Story(tmp_path, publishes=True)
    story.receives(asked(ALI, 1), asked(ALI, 2))
    delivers(story)
    delivers(story, number=SECOND)
    files = made(story)
    assert {one["nomor"] for one in statuses(files, ALI.identity)} == {NUMBER, SECOND}
    assert [one["nomor"] for one in answer(files)["jawaban"]] == [NUMBER, SECOND]


def test_nobody_takes_the_place_of_an_answer_with_a_locator_that_is_anothers(tmp_path: Path) -> None:
    story = Story(tmp_path, publishes=True)
    story.receives(asked(ALI, 1), asked(replace(BUDI, locator=ALI.locator), 2))
    delivers(story)
    delivers(story, number=SECOND)
    files = made(story)
    assert [one["nomor"] for one in answer(files)["jawaban"]] == [NUMBER]
    assert statuses(files, BUDI.identity) == []


@pytest.mark.parametrize(
    ("locator", "key"),
    [
        ("../../etc/passwd", ALI.recipient),
        (ALI.locator.upper(), ALI.recipient),
        (ALI.locator + "\n", ALI.recipient),
        ("", ALI.recipient),
        (ALI.locator, ALI.recipient[:-1]),
        (ALI.locator, ALI.identity),
        (ALI.locator, ""),
    ],
    ids=["path", "capitals", "line end", "no locator", "short key", "secret half", "no key"],
)
def test_what_no_code_gave_opens_and_seals_nothing(locator: str, key: str) -> None:
    assert not sealed_files.valid_code_values(locator, key)
    assert sealed_files.valid_code_values(ALI.locator, ALI.recipient)


def test_a_request_without_a_code_is_in_no_file(tmp_path: Path) -> None:
    story = Story(tmp_path, publishes=True)
    story.receives(response(1))
    office = story.settings.office_key.read_text("utf-8").split()[-1]
    assert statuses(made(story), office) == []


def test_a_damaged_case_stops_only_itself(story: Story) -> None:
    (story.office.register.path(NUMBER) / "permohonan.yaml").write_text("nomor_registrasi: [", "utf-8")
    files = made(story)
    assert statuses(files, ALI.identity) == []
    assert [one["nomor"] for one in statuses(files, BUDI.identity)] == [SECOND]
    shutil.rmtree(story.office.register.path(NUMBER))
    story.office.register.path(SECOND).with_name(NUMBER).mkdir()
    assert len(statuses(made(story), BUDI.identity)) == 1


def test_an_event_that_nobody_understands_stops_only_its_case(story: Story) -> None:
    wrong = (Event("status", START, "petugas"), Event("jawaban", START, "petugas", {"sha256": "Orang Rekaan1"}))
    story.office.register.record(NUMBER, *wrong)
    assert made(story)[sealed_files.DIGESTS] == b""
    assert len(statuses(made(story), BUDI.identity)) == 1


def test_a_case_that_was_delivered_since_its_row_was_made_is_read_again_by_the_next_publication(
    answered: Story,
) -> None:
    office, store = answered.office, StatusStore.load(answered.office.register.state_folder, "")
    rows = {row.number: row for row in overview.rows(office)}
    for row in (replace(rows[NUMBER], status="disetujui"), rows[SECOND]):
        _, told = applicant_status._kept_or_read(
            office, row, office.now(), {ALI.locator: NAME, BUDI.locator: ""}, store
        )
        assert told
        assert (told.words["jawaban"] is None) is (row.number == SECOND)
    assert set(store.current) == {SECOND}


def test_an_answer_that_is_not_what_was_delivered_is_not_handed_out(answered: Story) -> None:
    path = answered.office.register.path(NUMBER) / "keluar" / "pendapat-hukum.pdf"
    path.write_bytes(letter())
    assert answer(made(answered)) is None
    assert (status(answered)["jawaban"], "sedang disiapkan" in status(answered)["selanjutnya"]) == (None, True)
    assert hashlib.sha256(path.read_bytes()).hexdigest() not in made(answered)[sealed_files.DIGESTS].decode()


# What the applicant reads


def test_every_status_has_its_words() -> None:
    assert set(status_words.sentences()["tahap"]) == set(case_status.STAGES)
    assert all(words for stage in status_words.sentences()["tahap"].values() for words in stage.values())


def test_a_request_is_followed_from_its_filing_to_its_answer(answered: Story) -> None:
    assert sentences(answered) == [
        "Anda mengirim permohonan ini.",
        "Permohonan Anda diterima dan terdaftar.",
        "Permohonan Anda lengkap dan diteruskan untuk dijawab.",
        "Jawaban sedang disusun oleh analis hukum.",
        "Jawaban selesai disusun dan sedang diperiksa.",
        "Jawaban sudah disetujui dan sedang dikirim.",
        "Jawaban dapat Anda buka di halaman ini.",
    ]
    seen = status(answered)
    assert (seen["status"], seen["tenggat"], seen["kekurangan"], seen["alasan"]) == ("Sudah dijawab", "", [], "")
    assert seen["selanjutnya"].startswith("Buka dan simpan suratnya paling lambat 31 Mei 2026;")
    assert seen["riwayat"][0]["waktu"] == seen["diperbarui"] == "2026-03-02T08:00:07+07:00"
    assert seen["versi"] == 1


def test_what_is_missing_is_said_and_that_it_came(story: Story) -> None:
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat panggilan", "Surat tugas"]))
    seen = status(story)
    assert (seen["status"], seen["kekurangan"]) == ("Perlu Anda lengkapi", ["Surat panggilan", "Surat tugas"])
    assert (seen["susulan"], status(story, BUDI)["susulan"]) == (True, False)
    assert (seen["tenggat"], seen["selanjutnya"][:32]) == ("", "Kirim yang kurang sebagai tambah")
    story.later(days=1)
    story.office.register.record(NUMBER, Event("dilengkapi", story.office.now(), "payung", {}))
    story.passes()
    assert (status(story)["status"], status(story)["kekurangan"]) == ("Diterima", [])
    assert sentences(story)[2:] == [
        "Ada yang perlu Anda lengkapi.",
        "Tambahan dari Anda kami terima.",
        "Kami memeriksa kelengkapannya.",
    ]


def test_both_times_are_told_and_that_one_is_not_known(story: Story) -> None:
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    text = path.read_text("utf-8")
    path.write_text(re.sub("(?m)^diajukan:.*$", "diajukan: 2026-02-27T09:00:00+07:00", text), "utf-8")
    story.passes()
    seen = status(story)
    assert [line["waktu"][:16] for line in seen["riwayat"]] == ["2026-02-27T09:00", "2026-03-02T08:00"]
    assert "Batas akhirnya 3 Maret 2026 pukul 09.45 WIB" in seen["tenggat"], (
        "by the promise, which runs since it was sent"
    )
    path.write_text(re.sub("(?m)^diajukan:.*$", "diajukan:", text), "utf-8")
    story.passes()
    [line] = status(story)["riwayat"]
    assert line["kalimat"].endswith("tidak tercatat, jadi batas waktunya dihitung sejak ini.")


def test_a_site_that_takes_no_additions_offers_none(story: Story) -> None:
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat panggilan"]))
    site = story.settings.situs.model_copy(update={"formulir_sendiri": "tidak"})
    story.office = replace(story.office, settings=story.settings.model_copy(update={"situs": site}))
    seen = status(story)
    assert (seen["susulan"], seen["selanjutnya"][:35]) == (False, "Serahkan yang kurang di loket kami ")


def test_a_rejection_gives_its_reason_before_and_after_its_letter(story: Story) -> None:
    rejects(story, "Perkaranya sedang diperiksa pengadilan.")
    before = status(story)
    signs(story, "pemberitahuan-penolakan.pdf", letter())
    after = status(story)
    assert before["status"] == after["status"] == "Tidak dapat diproses"
    assert before["alasan"] == after["alasan"] == "Perkaranya sedang diperiksa pengadilan."
    assert (before["jawaban"], after["jawaban"]["berlaku_sampai"]) == (None, "31 Mei 2026")
    assert after["riwayat"][-1]["kalimat"] == "Surat penolakan dapat Anda buka di halaman ini."


def test_an_objection_is_followed_to_its_answer_and_the_rejection_stays(story: Story) -> None:
    rejects(story, "Perkaranya sedang diperiksa pengadilan.")
    signs(story, "pemberitahuan-penolakan.pdf", letter())
    story.later(hours=1)
    story.writes(objection_steps.record(TODAY, "Saya tidak meminta didampingi."))
    seen = status(story)
    assert (seen["status"], seen["alasan"][:10]) == ("Keberatan diperiksa", "Perkaranya")
    assert seen["tenggat"] == "Kami menjawab paling lambat 9 Maret 2026 pukul 09.00 WIB."
    assert seen["jawaban"]["berkas"], "the letter of the rejection can still be opened"
    story.writes(objection_steps.decide("ditolak", "kabag", TODAY, "Tetap tentang sidang."))
    assert status(story)["status"] == "Keberatan diputus"
    story.writes(steps.record_letter_number("180/99", TODAY))
    (story.office.register.path(NUMBER) / "keluar" / "jawaban-keberatan.pdf").write_bytes(letter())
    story.writes(steps.deliver(TODAY))
    seen = status(story)
    assert seen["status"] == "Tidak dapat diproses"
    said = [line["kalimat"] for line in seen["riwayat"]]
    assert [line for line in said if "halaman ini" in line] == [
        "Surat penolakan dapat Anda buka di halaman ini.",
        "Surat jawaban atas keberatan dapat Anda buka di halaman ini.",
    ]
    assert "Keberatan Anda atas penolakan itu kami terima." in said


def test_a_granted_objection_leaves_the_rejection_in_what_happened(story: Story) -> None:
    rejects(story, "Perkaranya sedang diperiksa pengadilan.")
    signs(story, "pemberitahuan-penolakan.pdf", letter())
    story.later(hours=1)
    story.writes(objection_steps.record(TODAY, "Saya tidak meminta didampingi."))
    story.writes(objection_steps.decide("dikabulkan", "kabag", TODAY, "Memang tentang tugas."))
    seen = status(story)
    assert (seen["status"], seen["alasan"], seen["jawaban"]) == ("Sedang disusun", "", None)
    assert "Surat penolakan dapat Anda buka di halaman ini." in [line["kalimat"] for line in seen["riwayat"]]


def test_a_rejected_request_that_is_withdrawn_before_its_letter_is_withdrawn_not_rejected(story: Story) -> None:
    rejects(story, "Perkaranya sedang diperiksa pengadilan.")
    story.writes(steps.withdraw(TODAY, "Pemohon menarik permohonannya"))
    seen = status(story)
    assert (story.status(), seen["status"], seen["alasan"]) == ("dibatalkan", "Dibatalkan", "")


@pytest.mark.parametrize(("way", "does"), [("email", "Periksa email Anda."), ("loket", "Ambil suratnya di loket")])
def test_an_answer_that_goes_another_way_is_in_no_file_but_its_status_is(tmp_path: Path, way: str, does: str) -> None:
    story = Story(tmp_path, publishes=True)
    story.receives(asked(ALI, 1, way))
    delivers(story)
    if way == "email":
        mails(story, "dikirim")
    assert answer(made(story)) is None
    assert (status(story)["status"], status(story)["jawaban"]) == ("Sudah dijawab", None)
    assert status(story)["selanjutnya"].startswith(does)


@pytest.mark.parametrize("state", ["", "dibatalkan", "usang"])
def test_no_letter_is_said_to_be_mailed_before_it_was(tmp_path: Path, state: str) -> None:
    story = Story(tmp_path, publishes=True)
    story.receives(asked(ALI, 1, "email"))
    delivers(story)
    if state:
        mails(story, state)
    assert sentences(story)[-1] == "Jawaban sudah selesai dan akan kami kirim ke email Anda."
    assert status(story)["selanjutnya"].startswith("Suratnya belum terkirim.")
    mails(story, "dikirim")
    assert sentences(story)[-1] == "Jawaban sudah kami kirim ke email Anda."
    assert status(story)["selanjutnya"].startswith("Periksa email Anda.")


def test_a_letter_that_is_known_to_have_arrived_was_sent(tmp_path: Path) -> None:
    story = Story(tmp_path, publishes=True)
    story.receives(asked(ALI, 1, "email"))
    delivers(story)
    story.writes(steps.confirm_receipt(TODAY))
    assert [one for one in sentences(story) if "kirim ke email" in one] == ["Jawaban sudah kami kirim ke email Anda."]


def mails(story: Story, state: str) -> None:
    """The journal hears what became of the mail with the answer."""
    data = {"jenis": "dijawab", "pesan": "dijawab", "keadaan": state}
    story.office.register.record(NUMBER, Event("email", story.office.now(), "payung", data))


def test_by_when_is_said_and_honestly_when_it_is_late(story: Story) -> None:
    assert status(story)["tenggat"] == (
        "Kami berusaha menjawab paling lambat 2 Maret 2026 pukul 15.00 WIB. "
        "Batas akhirnya 4 Maret 2026 pukul 08.45 WIB."
    )
    story.at("2026-03-02T15:01")
    assert status(story)["tenggat"].startswith("Sasaran kami, 2 Maret 2026 pukul 15.00 WIB, sudah lewat.")
    story.at("2026-03-04T08:46")
    assert status(story)["tenggat"].startswith("Jawaban Anda terlambat: batas akhirnya 4 Maret 2026 pukul 08.45 WIB.")


def test_no_officer_and_no_note_between_officers_is_in_a_status(story: Story) -> None:
    story.writes(steps.verify("diteruskan", "Petugas Contoh", TODAY, topik="netralitas"))
    story.writes(steps.assign("Analis Contoh", "Kepala Bagian Contoh", []))
    assert status(story)["selanjutnya"] == "Sesudah disusun, jawabannya diperiksa kepala bagian."
    story.studies()
    story.writes(steps.set_study_ready(done=True))
    story.writes(steps.review("dikembalikan", "Kepala Bagian Contoh", TODAY, "Perjelas isu kedua."))
    text = json.dumps(status(story))
    words = ("Petugas Contoh", "Analis Contoh", "Kepala Bagian Contoh", "isu kedua", "netralitas", "menolak", "petugas")
    assert [word for word in words if word in text] == []
    assert sentences(story)[-1] == "Jawaban sedang disempurnakan oleh analis hukum."


def test_what_is_too_long_loses_the_oldest_lines_first(story: Story) -> None:
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat panggilan"]))
    for _ in range(60):
        story.later(minutes=1)
        done = Event("dilengkapi", story.office.now(), "payung", {})
        story.office.register.record(NUMBER, done, replace(done, kind="diubah"))
    seen = status(story)
    assert len(applicant_code.pad(status_words.as_json(seen))) == 4096
    assert len(seen["riwayat"]) > 20
    assert seen["riwayat"][-1] == {
        "waktu": "2026-03-02T09:00:07+07:00",
        "kalimat": "Perubahan dari Anda kami terima.",
    }


@pytest.mark.parametrize("letters", ["a", "é", "😀", "\\", "\x01", "a\n"])
def test_the_longest_words_of_an_officer_are_cut_and_fit_whatever_their_letters(letters: str) -> None:
    line = {"waktu": "2026-03-02T09:00:07+07:00", "kalimat": "Ada yang perlu Anda lengkapi."}
    status: dict[str, Any] = {
        "riwayat": [line] * 40,
        "kekurangan": [letters * 3000] * 30,
        "alasan": "",
        "selanjutnya": "x" * 600,
    }
    seen = json.loads(status_words.fitting(status))
    assert len(status_words.fitting(status)) <= sealed_files.STATUS_SIZE
    assert seen["riwayat"] == [line]
    assert seen["kekurangan"][-1].endswith("…")


def test_what_is_missing_stays_a_list_when_its_end_is_cut() -> None:
    missing = ["Surat panggilan", "Surat tugas", "x" * 9000]
    status: dict[str, Any] = {"riwayat": [{}], "kekurangan": missing, "alasan": "", "selanjutnya": ""}
    seen = json.loads(status_words.fitting(status))["kekurangan"]
    assert (seen[:2], len(seen)) == (missing[:2], 3)


def test_words_that_do_not_fit_are_cut_shorter_and_shorter() -> None:
    words = {"kekurangan": ["a" * 3000], "alasan": "b" * 3000}
    tried = [*status_words._shorter({"riwayat": ["satu", "dua"], **words, "nomor": NUMBER})]
    assert tried[:2] == [
        {"riwayat": ["satu", "dua"], **words, "nomor": NUMBER},
        {"riwayat": ["dua"], **words, "nomor": NUMBER},
    ]
    assert tried[2:] == [
        {"riwayat": ["dua"], "kekurangan": ["a" * most + "…"], "alasan": "b" * most + "…", "nomor": NUMBER}
        for most in (2000, 1000, 500, 250)
    ]
    assert status_words._cut("b" * 250, 250) == "b" * 250


# How long


def test_status_and_answer_stay_for_the_days_promised_and_are_then_gone(answered: Story) -> None:
    answered.writes(steps.archive(TODAY))
    answered.at("2026-05-31T23:59")
    assert answer(made(answered))
    assert status(answered)["jawaban"]["berlaku_sampai"] == "31 Mei 2026"
    answered.at("2026-06-01T00:00")
    files = made(answered)
    assert (answer(files), statuses(files, ALI.identity), len(statuses(files, BUDI.identity))) == (None, [], 1)


def test_a_withdrawn_request_can_be_followed_for_as_long(story: Story) -> None:
    story.writes(steps.withdraw(TODAY, "Lewat telepon."))
    story.writes(steps.archive(TODAY))
    assert (status(story)["status"], status(story)["jawaban"]) == ("Selesai", None)
    assert "Permohonan dibatalkan sesuai permintaan Anda." in sentences(story)
    story.at("2026-06-01T00:00")
    assert statuses(made(story), ALI.identity) == []


def test_a_code_that_the_office_made_later_counts_from_its_own_day(answered: Story) -> None:
    answered.at("2026-06-10T09:00")
    answered.office.register.record(
        NUMBER, Event(applicant_status.NEW_CODE, answered.office.now(), "petugas", {"alasan": "hilang"})
    )
    answered.writes(steps.set_code(NOBODY.locator, NOBODY.recipient))
    files = made(answered)
    assert answer(files) is None
    assert answer(files, NOBODY)["jawaban"][0]["berlaku_sampai"] == "8 September 2026"
    assert statuses(files, NOBODY.identity)[0]["riwayat"][-1]["kalimat"].startswith("Kami membuat kode baru")


# What everybody else can tell


def sizes(files: Mapping[str, bytes]) -> Counter[tuple[str, int]]:
    return Counter((name.partition("/")[0], len(content)) for name, content in files.items())


def test_two_publications_share_no_name_and_no_entry_and_have_the_same_sizes(story: Story) -> None:
    before = made(story)
    delivers(story)
    after = made(story)
    again = made(story)
    assert not replies(before) & replies(after)
    assert not replies(after) & replies(again), "also when nothing happened, and for an answer that stays"
    assert answer(after) == answer(again)
    open_ones = {sealed_files.DIGESTS, sealed_files.SURVEY_KEY}  # both tell that there was a first answer
    sealed = [{n: c for n, c in files.items() if n not in open_ones} for files in (before, after)]
    assert sizes(sealed[0]) == sizes(sealed[1])
    assert not set(sealed[0].values()) & set(sealed[1].values())
    entries = [set(sealed_files.entries(files[sealed_files.STATUS])) for files in sealed]
    assert [len(one) for one in entries] == [50, 50]
    assert not entries[0] & entries[1]


def test_the_order_of_the_statuses_is_another_one_each_time() -> None:
    letters = [SealedReply(ALI.recipient, b'{"nomor":"1"}'), SealedReply(BUDI.recipient, b'{"nomor":"2"}')]
    places = set()
    for _ in range(12):
        files = list(sealed_files.entries(sealed_files.statuses(letters, OFFICE)))
        places.add(next(at for at, file in enumerate(files) if unsealed(file, ALI.identity)))
    assert len(places) > 3


@pytest.mark.parametrize(("count", "entries"), [(0, 50), (1, 50), (50, 50), (51, 100), (101, 150)])
def test_there_are_fifty_statuses_or_a_multiple_of_it(count: int, entries: int) -> None:
    content = sealed_files.statuses([SealedReply(ALI.recipient, b"{}")] * count, OFFICE)
    size = int.from_bytes(content[:4])
    assert len(content) == 4 + entries * size
    assert len(list(sealed_files.entries(content))) == entries


def test_a_status_that_would_betray_itself_by_its_size_is_no_status() -> None:
    sealed_files.statuses([SealedReply(ALI.recipient, b"x" * sealed_files.STATUS_SIZE)], OFFICE)
    with pytest.raises(ValueError, match="does not fit"):
        sealed_files.statuses([SealedReply(ALI.recipient, b"x" * (sealed_files.STATUS_SIZE + 1))], OFFICE)


def replied(*lengths: int) -> dict[str, bytes]:
    """The folder ``balasan`` with answers of these lengths."""
    letters = {f"{n:032x}": SealedReply(ALI.recipient, random.randbytes(length)) for n, length in enumerate(lengths)}
    return sealed_files.replies(letters, OFFICE)


def shape(files: Iterable[bytes]) -> Counter[int]:
    """How many files of which size, in KiB."""
    return Counter(len(content) // 1024 for content in files)


@pytest.mark.parametrize("lengths", [(), (1,), (70_000,), (900_000,), (60_000,) * 10, (100_000,) * 35, (500_000,) * 5])
def test_up_to_its_share_no_class_shows_how_many_of_its_answers_are_real(lengths: tuple[int, ...]) -> None:
    assert shape(replied(*lengths).values()) == {65: 10, 257: 35, 1025: 5}


@pytest.mark.parametrize("lengths", [(60_000,) * 11, (100_000,) * 36, (500_000,) * 6])
def test_beyond_its_share_all_classes_grow_by_as_much(lengths: tuple[int, ...]) -> None:
    assert shape(replied(*lengths).values()) == {65: 20, 257: 70, 1025: 10}


def test_a_very_large_answer_takes_the_place_of_a_dummy_and_shows_its_size_in_whole_mebibytes() -> None:
    files = replied(3_000_000, 70_000)
    assert shape(files.values()) == {65: 10, 257: 35, 1025: 4, 3074: 1}


@given(st.integers(0, 140_000))
def test_answers_of_a_class_are_of_one_size_and_come_back_whole(length: int) -> None:
    content = random.randbytes(length)
    sealed = replied_alone(content)
    assert len(sealed) in {len(replied_alone(b"")), len(replied_alone(bytes(100_000)))}
    opened = pyrage.decrypt(sealed, [x25519.Identity.from_str(ALI.identity)])
    assert applicant_code.unpad(opened) == content


def replied_alone(content: bytes) -> bytes:
    return sealed_files._sealed_to_size(applicant_code.pad(content).ljust(65536, b"\0"), [ALI.recipient, *OFFICE])


@pytest.mark.parametrize("kib", [64, 256, 1024, 3072])
def test_a_class_has_one_size_however_often_it_is_sealed(kib: int) -> None:
    sealed = {len(sealed_files._sealed_to_size(bytes(kib * 1024), [ALI.recipient, *OFFICE])) for _ in range(40)}
    assert len(sealed) == 1


def test_nothing_published_names_anybody_or_anything_in_the_clear(answered: Story) -> None:
    files = made(answered)
    words = [  # none shorter than 11 bytes: chance writes such a one into 16 MB of ciphertext once in 2^64 times
        "Orang Rekaan",
        "19800101200501190",
        "Dinas Contoh",
        "Jalan Rekaan",
        "orang1@example.org",
        "0812 0000 000",
        "Petugas Contoh",
        "pengelola layanan",
        "Pemohon diminta",
        "BH-2026-0001",
    ]
    for name, content in files.items():
        text = name.encode() + content
        assert not [word for word in words if word.encode() in text], name
    assert all(
        re.fullmatch(r"balasan/[0-9a-f]{32}\.age|lacak/status\.bin|verifikasi/sidik\.txt|survei/kunci\.txt", name)
        for name in files
    )


def test_digests_of_every_answer_are_published_whatever_its_way_and_age_and_nothing_else(tmp_path: Path) -> None:
    story = Story(tmp_path, publishes=True)
    story.receives(response(1), response(2, minute=1), response(3, minute=2))
    contents = [delivers(story), delivers(story, letter(50), SECOND)]
    story.writes(steps.archive(TODAY))
    story.at("2027-01-01T08:00")
    digests = sorted(hashlib.sha256(content).hexdigest() for content in contents)
    assert made(story)[sealed_files.DIGESTS].decode() == "".join(f"{digest}\n" for digest in digests)


# When, and where


@pytest.mark.parametrize(
    ("now", "minutes", "begins"),
    [
        ("00:00:00", 30, "00:00"),
        ("08:29:59", 30, "08:00"),
        ("08:30:00", 30, "08:30"),
        ("23:59:59", 45, "23:15"),
        ("12:00:00", 1440, "00:00"),
    ],
)
def test_slots_are_counted_from_midnight_at_the_office(now: str, minutes: int, begins: str) -> None:
    moment = datetime.fromisoformat(f"2026-03-02T{now}").replace(tzinfo=WIB)
    assert applicant_status.last_slot(moment, minutes) == datetime.fromisoformat(f"2026-03-02T{begins}").replace(
        tzinfo=WIB
    )


def test_one_publishes_once_in_a_slot_and_again_when_the_clock_was_set_back() -> None:
    now = datetime(2026, 3, 2, 8, 31, tzinfo=WIB)
    published = applicant_status.last_slot(now, 30)
    assert applicant_status.slot_begun(None, now, 30)
    assert not applicant_status.slot_begun(published, now, 30)
    assert not applicant_status.slot_begun(published, datetime(2026, 3, 2, 1, 59, tzinfo=UTC).astimezone(WIB), 30)
    assert applicant_status.slot_begun(published, now + timedelta(minutes=29), 30)
    assert applicant_status.slot_begun(published + timedelta(days=2), now, 30)


def published(site: Path) -> dict[str, bytes]:
    """What codes open of the standing site."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sealed_files._published_files(site)}


def test_a_pass_publishes_when_a_slot_begins_and_not_when_something_happened(story: Story) -> None:
    site = story.settings.site
    first = published(site)
    rejects(story, "Sudah di pengadilan.")
    assert published(site) == first, "the slot is the same"
    story.later(minutes=30)
    story.passes()
    second = published(site)
    assert [one["status"] for one in statuses(second, ALI.identity)] == ["Tidak dapat diproses"]
    story.later(minutes=30)
    story.passes()
    third = published(site)
    same = {name for name in third if third[name] == second.get(name)}
    assert same == {sealed_files.DIGESTS, "survei/kunci.txt"}, "though nothing happened"


def test_all_files_have_the_time_of_their_slot(story: Story) -> None:
    story.at("2026-03-02T10:47")
    story.passes()
    times = {path.stat().st_mtime for path in sealed_files._published_files(story.settings.site)}
    assert times == {datetime(2026, 3, 2, 10, 30, tzinfo=WIB).timestamp()}


def test_what_is_no_longer_wanted_is_deleted_and_pages_stay(story: Story) -> None:
    site = story.settings.site
    page = site / "lacak" / "index.html"
    page.write_text("halaman")
    (site / "verifikasi" / "contoh.pdf").write_text("contoh")
    delivers(story)
    story.later(minutes=30)
    story.passes()
    assert answer(published(site))
    story.writes(steps.set_code(NOBODY.locator, NOBODY.recipient))
    story.later(minutes=30)
    story.passes()
    files = published(site)
    assert (answer(files), statuses(files, ALI.identity)) == (None, [])
    assert answer(files, NOBODY)
    assert len(list((site / "balasan").iterdir())) == 50
    assert (page.read_text(), (site / "verifikasi" / "contoh.pdf").exists()) == ("halaman", True)


def test_a_publication_that_broke_off_is_mended_by_the_next_pass(story: Story) -> None:
    site = story.settings.site
    story.later(minutes=30)
    (site / sealed_files.STATUS).unlink()
    (site / sealed_files.STATUS).mkdir()
    (site / "balasan" / ".x.age.0123abcd.tmp").write_bytes(b"half")
    [failure] = daily_pass.run_pass(story.office).failures
    assert "diulang pada putaran berikutnya" in str(failure)
    (site / sealed_files.STATUS).rmdir()
    assert story.passes().failures == []
    files = published(site)
    assert len(statuses(files, ALI.identity)) == 1
    assert {f"balasan/{path.name}" for path in (site / "balasan").iterdir()} == replies(files)


def test_a_site_that_is_not_ours_gets_nothing(tmp_path: Path) -> None:
    story = Story(tmp_path, publishes=True)
    (story.settings.site / ".payung-situs").unlink()
    (story.settings.site / "tesis.docx").touch()
    site_publication.publish_due(story.office, PassReport())
    assert [path.name for path in story.settings.site.iterdir()] == ["tesis.docx"]


@pytest.mark.slow
def test_a_site_that_is_built_anew_keeps_what_codes_open_and_lists_none_of_it(story: Story, tmp_path: Path) -> None:
    story.reopens(agency(tmp_path, small_sources(tmp_path / "sumber"), petugas=OFFICERS))
    site = story.settings.site
    delivers(story)
    story.later(minutes=30)
    story.passes()
    before = {path: path.stat().st_mtime_ns for path in sealed_files._published_files(site)}
    contents = published(site)
    story.later(minutes=1)
    report = PassReport()
    site_publication.publish_due(story.office, report, always=True)
    assert (report.failures, report.published) == ([], True)
    assert published(site) == contents
    assert {path: path.stat().st_mtime_ns for path in sealed_files._published_files(site)} == before
    assert not list((site / "balasan").glob("*.html"))
    places = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text("utf-8"))
    places += [one["location"] for one in json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]]
    assert len(places) > 3
    assert not [place for place in places for name in contents if name in place]


# The leak gate


def found(story: Story) -> tuple[str, ...]:
    """What the gate finds in the standing site, that it also looks for four letters of which chance makes words."""
    stranger = Applicant(nama="Li An", nip="1980", telepon="08120000")
    people = leak_targets.targets([stranger, *identities(story.office.register)], "")
    site = story.settings.site
    return tuple(map(str, leak_gate.find_leaks(site, people, sealed_files.sealed_paths(site))))


def test_the_gate_lets_sealed_files_pass(answered: Story) -> None:
    answered.later(minutes=30)
    answered.passes()
    assert sealed_files.sealed_paths(answered.settings.site) == set(
        sealed_files._published_files(answered.settings.site)
    )
    assert found(answered) == ()


@pytest.mark.parametrize(
    "name",
    ["balasan/kabar.age", f"balasan/{NAME}.age", "lacak/status.bin", "verifikasi/sidik.txt", "lacak/x.txt"],
)
def test_the_gate_still_sees_what_only_stands_where_sealed_files_stand(story: Story, name: str) -> None:
    (story.settings.site / name).write_text("Terima kasih kepada Orang Rekaan1.")
    assert [leak for leak in found(story) if leak.startswith(name)] == [f"{name}: nama"]


def test_the_gate_sees_what_hangs_behind_sealed_statuses(story: Story) -> None:
    with (story.settings.site / sealed_files.STATUS).open("ab") as file:
        file.write(b"Orang Rekaan1")
    assert found(story)


# For whoever writes the other half


def test_the_shared_vectors_open_as_they_say(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--perbarui-golden"):
        VECTORS.write_text(json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    known = json.loads(VECTORS.read_text("utf-8"))
    keys = applicant_code.derive_keys(applicant_code.parse_code(known["kode"]), known["host"])
    assert keys.locator == known["lacak"]
    files = {sealed_files.STATUS: base64.b64decode(known["status"])}
    assert statuses(files, keys.identity) == known["isi_status"]
    assert unsealed(base64.b64decode(known["balasan"]), keys.identity) == known["isi_balasan"]


OPEN: Final = """
async ({ kode, host, status, balasan }) => {
  const brankas = await import("/brankas.js");
  const baca = (teks) => Uint8Array.from(atob(teks), (huruf) => huruf.charCodeAt(0));
  const { identitas, lacak } = await brankas.turunkan(kode, host);
  const terbuka = async (berkas) => {
    const isi = await brankas.buka(berkas, identitas).catch(() => null);
    return isi && JSON.parse(new TextDecoder().decode(brankas.lepasGanjal(isi)));
  };
  const semua = baca(status), angka = new DataView(semua.buffer), ukuran = angka.getUint32(0);
  const isi_status = [];
  for (let awal = 4; awal < semua.length; awal += ukuran) {
    const isi = await terbuka(semua.subarray(awal + 4, awal + 4 + angka.getUint32(awal)));
    if (isi) isi_status.push(isi);
  }
  return { lacak, isi_status, isi_balasan: await terbuka(baca(balasan)) };
}
"""


@pytest.mark.slow
def test_a_browser_opens_the_shared_vectors_as_they_say(browser: Browser) -> None:
    known = json.loads(VECTORS.read_text("utf-8"))
    with strict_site.serving() as address, browser.new_page() as page:
        page.goto(address)
        found = page.evaluate(OPEN, known)
    assert found == {name: known[name] for name in ("lacak", "isi_status", "isi_balasan")}


def vectors() -> dict[str, Any]:
    """A code, two entries of a ``status.bin`` of which one is its own, and its answer."""
    made = applicant_code.new_code()
    keys = applicant_code.derive_keys(made, "payung.example.go.id")
    seen = {
        "versi": 1,
        "nomor": NUMBER,
        "status": "Sudah dijawab",
        "diperbarui": "2026-03-02T10:30:00+07:00",
        "riwayat": [{"waktu": "2026-03-02T08:00:00+07:00", "kalimat": "Permohonan Anda diterima dan terdaftar."}],
        "selanjutnya": "Buka dan simpan suratnya paling lambat 31 Mei 2026; sesudah itu tidak ada lagi di situs.",
        "tenggat": "",
        "kekurangan": [],
        "susulan": False,
        "alasan": "",
        "jawaban": {"berlaku_sampai": "31 Mei 2026", "berkas": NAME},
    }
    content = "Surat rekaan: “é 😀”".encode()
    name, digest = f"{NUMBER}-1.txt", hashlib.sha256(content).hexdigest()
    files = [{"nama": name, "sha256": digest, "isi": base64.b64encode(content).decode()}]
    reply = {"versi": 1, "jawaban": [{"nomor": NUMBER, "berlaku_sampai": "31 Mei 2026", "berkas": files}]}
    sealed = sealed_files.statuses([SealedReply(keys.recipient, status_words.as_json(seen))], OFFICE)
    entries = sorted(sealed_files.entries(sealed), key=lambda entry: unsealed(entry, keys.identity) is not None)[-2:]
    answers = sealed_files.replies({NAME: SealedReply(keys.recipient, status_words.as_json(reply))}, OFFICE)
    return {
        "kode": made.shown,
        "host": "payung.example.go.id",
        "lacak": keys.locator,
        "status": base64.b64encode(sealed_files.frame(entries, int.from_bytes(sealed[:4]))).decode(),
        "isi_status": [seen],
        "balasan": base64.b64encode(answers[f"balasan/{NAME}.age"]).decode(),
        "isi_balasan": reply,
    }


def test_an_archived_answer_stays_for_all_its_days_and_no_longer(answered: Story) -> None:
    """Nothing was written in the case since: its journal is as old as its last event."""
    answered.later(days=1)
    answered.writes(steps.archive(answered.now.date()))
    journal = answered.office.register.path(NUMBER) / "riwayat.jsonl"
    last = answered.office.register.read(NUMBER).events[-1].time
    os.utime(journal, (last.timestamp(), last.timestamp()))
    assert answered.status() == "diarsipkan"
    days = answered.settings.situs.jawaban_berlaku
    for after, there in ((60, True), (days, True), (days + 1, False), (days + 2, False)):
        answered.now = START + timedelta(days=after)
        assert bool(answer(made(answered))) is there, after


def test_a_date_of_delivery_delivers_only_what_was_delivered_or_filed_away(answered: Story) -> None:
    filed = answered.office.register.read(NUMBER)
    seen = overview.derive_for(answered.office, filed)
    assert filed.case
    assert seen
    for stage in case_status.STAGES:
        says = status_words.delivered(filed.case, replace(seen, status=stage))
        assert says is (stage in {*case_status.DELIVERED, "diarsipkan"}), stage


# Appointments


def test_an_open_appointment_stands_in_the_status_without_whom_until_it_was(story: Story) -> None:
    plain = status(story)["selanjutnya"]
    begins = (story.now + timedelta(days=2)).astimezone(story.settings.layanan.zone).replace(second=0, tzinfo=None)
    link = "https://rapat.example.go.id/" + "x" * 3000
    story.writes(case_notes.appoint(begins, "video", link, "Analis Contoh"))
    told = status(story)["selanjutnya"]
    assert told.startswith(f"{plain} Anda berbicara dengan petugas kami lewat video pada 4 Maret 2026 pukul ")
    assert " Tempat atau tautannya: https://rapat.example.go.id/xxx" in told
    assert "Analis Contoh" not in told
    story.now += timedelta(days=3)
    assert status(story)["selanjutnya"] == plain
    story.now -= timedelta(days=3)
    assert status(story)["selanjutnya"] == told
    case = story.office.register.read(NUMBER).case
    assert case is not None
    story.writes(case_notes.end_appointment(case, "batal"))
    assert status(story)["selanjutnya"] == plain
