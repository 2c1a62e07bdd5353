"""What codes open: statuses in plain words, answers, and files from which nobody else can tell anything."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image

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
    sealed_answers,
    site_publication,
    status_words,
    steps,
)
from processor.operations.pass_report import PassReport
from processor.operations.status_store import NO_CODE, StatusStore
from processor.site import leak_gate, leak_targets, sealed_files, sealed_statuses, status_sentences
from processor.site.applicant_code import Keys
from tests.cases.test_case_status import case
from tests.office import START, agency, applicant_keys, response, small_sources
from tests.opened_statuses import WIB, answers, history, made, opened_reply, statuses, unsealed, unsealed_statuses
from tests.story import NUMBER, OFFICERS, Story, delivered

TODAY: Final = date(2026, 3, 2)
SECOND: Final = "BH-2026-0002"
ALI, BUDI, NOBODY = (applicant_keys() for _ in range(3))
NAME: Final = "0123456789abcdef" * 2


@pytest.fixture(scope="module", autouse=True)
def without_office_programs() -> Iterator[None]:
    """What is published is what a person signed: no PDF is made of a draft."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        yield


@pytest.fixture(scope="module")
def asked_office(tmp_path_factory: pytest.TempPathFactory) -> Story:
    told = Story(tmp_path_factory.mktemp("kantor"))
    told.signs_ballots()
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


@pytest.fixture
def publishing(asked_office: Story, tmp_path: Path) -> Story:
    """The same office before Ali's answer, with a site in which it publishes."""
    told = asked_office.copied(tmp_path)
    told.opens_site()
    told.passes()
    return told


def asked(keys: Keys, person: int, way: str = "kode") -> Any:
    return response(person, minute=person, cara_jawaban=way, kode_lacak=keys.locator, kunci_balasan=keys.recipient)


def status(story: Story, keys: Keys = ALI) -> dict[str, Any]:
    [found] = statuses(made(story), keys)
    return found


def sentences(story: Story) -> list[str]:
    return [said for _, said in status(story)["riwayat"]]


def answer(story: Story, keys: Keys = ALI) -> list[bytes]:
    """Every letter that a code opens."""
    return [content for some in answers(made(story), keys).values() for content in some]


def published(site: Path) -> dict[str, bytes]:
    """What codes open of the standing site, and what stands beside it."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sealed_files._published_files(site)}


def replies(files: Mapping[str, bytes]) -> set[str]:
    return {name for name in files if name.endswith(".age")}


def letter(side: int = 40) -> bytes:
    """A signed letter: a PDF that grows with ``side``."""
    made = BytesIO()
    Image.effect_noise((side, side), 100).save(made, "PDF")
    return made.getvalue()


def delivers(story: Story, content: bytes = b"", number: str = NUMBER) -> bytes:
    """Every step to the answer, which is ``content``, signed by a person; gives it."""
    content = content or letter(40 + int(number[-1]))
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


def signed(story: Story, number: str) -> list[bytes]:
    """The letters of a case that a person signed."""
    return [path.read_bytes() for path in sorted((story.office.register.path(number) / "keluar").glob("*.pdf"))]


def rejects(story: Story, reason: str) -> None:
    story.writes(steps.verify("ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan=reason))


# Who opens what


def test_a_code_opens_its_own_status_and_answer_and_no_other(answered: Story) -> None:
    (content,) = answer(answered)
    opened = made(answered)
    assert [one["nomor"] for one in statuses(opened, ALI)] == [NUMBER]
    assert [one["nomor"] for one in statuses(opened, BUDI)] == [SECOND]
    assert statuses(opened, NOBODY) == []
    file = {"nama": f"{NUMBER}-1.pdf", "sha256": hashlib.sha256(content).hexdigest(), "ukuran": len(content)}
    assert status(answered)["jawaban"] == {"nomor": NUMBER, "berlaku_sampai": "31 Mei 2026", "berkas": [file]}
    assert answer(answered, BUDI) == answer(answered, NOBODY) == []


def test_what_is_published_opens_with_its_own_code_alone_and_only_an_answer_with_the_offices_key(
    answered: Story,
) -> None:
    files, _ = applicant_status.publication(answered.office, answered.office.now(), {})
    office = answered.settings.office_key.read_text("utf-8").split()[-1]
    for keys, number in ((ALI, NUMBER), (BUDI, SECOND)):
        assert [one["nomor"] for one in unsealed_statuses(files, keys.identity)] == [number]
    assert unsealed_statuses(files, NOBODY.identity) == unsealed_statuses(files, office) == []
    [place] = [f"balasan/{one['berkas']}.age" for one in unsealed_statuses(files, ALI.identity)]
    assert [name for name in replies(files) if unsealed(files[name], office)] == [place]
    told, contents = unsealed(files[place], ALI.identity) or ({}, [])
    assert ([one["nomor"] for one in told["jawaban"]], contents) == ([NUMBER], answer(answered))
    assert [one for one in (BUDI, NOBODY) if unsealed(files[place], one.identity)] == []
    assert {files[name].count(b"-> X25519 ") for name in replies(files)} == {
        1 + len(answered.office.register.recipients)
    }


def test_one_code_for_two_requests_opens_both_statuses_and_both_answers(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.receives(asked(ALI, 1), asked(ALI, 2))
    delivers(story)
    delivers(story, number=SECOND)
    opened = made(story)
    assert {one["nomor"] for one in statuses(opened, ALI)} == {NUMBER, SECOND}
    assert list(answers(opened, ALI)) == [NUMBER, SECOND]
    assert len({one.place for one in opened}) == 1


def test_nobody_takes_the_place_of_an_answer_with_a_locator_that_is_anothers(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.receives(asked(ALI, 1), asked(replace(BUDI, locator=ALI.locator), 2))
    delivers(story)
    delivers(story, number=SECOND)
    opened = made(story)
    assert list(answers(opened, ALI)) == [NUMBER]
    assert statuses(opened, BUDI) == []


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
    story = Story(tmp_path)
    story.receives(response(1))
    assert made(story) == []
    story.writes(steps.withdraw(TODAY, "Lewat telepon."))
    assert made(story) == []
    office = story.office
    kept = StatusStore.load(office.register.state_folder, applicant_status._base(office))
    assert kept.get(NUMBER, office.register.change_mark(NUMBER)) == NO_CODE, "what is over is not read for nobody"


def test_a_damaged_case_stops_only_itself(story: Story) -> None:
    (story.office.register.path(NUMBER) / "permohonan.yaml").write_text("nomor_registrasi: [", "utf-8")
    files = made(story)
    assert statuses(files, ALI) == []
    assert [one["nomor"] for one in statuses(files, BUDI)] == [SECOND]
    shutil.rmtree(story.office.register.path(NUMBER))
    story.office.register.path(SECOND).with_name(NUMBER).mkdir()
    assert len(statuses(made(story), BUDI)) == 1


def test_an_event_that_nobody_understands_stops_only_its_case(story: Story) -> None:
    wrong = (Event("status", START, "petugas"), Event("jawaban", START, "petugas", {"sha256": "Orang Rekaan1"}))
    story.office.register.record(NUMBER, *wrong)
    assert applicant_status._digests(story.office.register) == b""
    assert len(statuses(made(story), BUDI)) == 1


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
        assert ("berkas" in told.words) is (row.number == NUMBER)
    assert set(store.current) == {SECOND}


def test_an_answer_that_is_not_what_was_delivered_is_not_handed_out(answered: Story) -> None:
    path = answered.office.register.path(NUMBER) / "keluar" / "pendapat-hukum.pdf"
    path.write_bytes(letter())
    assert answer(answered) == []
    assert (status(answered)["jawaban"], "sedang disiapkan" in status(answered)["selanjutnya"]) == (None, True)
    assert (
        hashlib.sha256(path.read_bytes()).hexdigest()
        not in applicant_status._digests(answered.office.register).decode()
    )


# What the applicant reads


def test_every_status_has_its_words() -> None:
    assert set(status_sentences.sentences()["tahap"]) == set(case_status.STAGES)
    assert all(words for stage in status_sentences.sentences()["tahap"].values() for words in stage.values())


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
    assert seen["riwayat"][0][0] == "2026-03-02T08:00"
    assert seen["survei"] == {"tanda": ""}, "who was answered may vote"


def test_what_is_missing_is_said_and_that_it_came(story: Story) -> None:
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat panggilan", "Surat tugas"]))
    seen = status(story)
    assert (seen["status"], seen["kekurangan"]) == ("Perlu Anda lengkapi", ["Surat panggilan", "Surat tugas"])
    assert ("tambahan" in seen["kirim"], "tarik" in status(story, BUDI)["kirim"]) == (True, True)
    assert (seen["tenggat"], seen["selanjutnya"][:32]) == ("", "Kirim yang kurang sebagai tambah")
    limited = story.settings.layanan.model_copy(update={"batas_kelengkapan": 5})
    story.office = replace(story.office, settings=story.settings.model_copy(update={"layanan": limited}))
    assert status(story)["tenggat"].startswith("Lengkapilah paling lambat 9 Maret 2026.")
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
    assert [moment for moment, _ in seen["riwayat"]] == ["2026-02-27T09:00", "2026-03-02T08:00"]
    assert "Batas akhirnya 3 Maret 2026 pukul 09.45 WIB" in seen["tenggat"], (
        "by the promise, which runs since it was sent"
    )
    path.write_text(re.sub("(?m)^diajukan:.*$", "diajukan:", text), "utf-8")
    story.passes()
    [line] = sentences(story)
    assert line.endswith("tidak tercatat, jadi batas waktunya dihitung sejak ini.")


def test_a_site_that_takes_no_additions_offers_none(story: Story) -> None:
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=["Surat panggilan"]))
    site = story.settings.situs.model_copy(update={"formulir_sendiri": "tidak"})
    story.office = replace(story.office, settings=story.settings.model_copy(update={"situs": site}))
    seen = status(story)
    assert (seen["kirim"], seen["selanjutnya"][:35]) == ([], "Serahkan yang kurang di loket kami ")


def test_a_rejection_gives_its_reason_before_and_after_its_letter(story: Story) -> None:
    rejects(story, "Perkaranya sedang diperiksa pengadilan.")
    before = status(story)
    signs(story, "pemberitahuan-penolakan.pdf", letter())
    after = status(story)
    assert before["status"] == after["status"] == "Tidak dapat diproses"
    assert before["alasan"] == after["alasan"] == "Perkaranya sedang diperiksa pengadilan."
    assert (before["jawaban"], after["jawaban"]["berlaku_sampai"]) == (None, "31 Mei 2026")
    assert after["riwayat"][-1][1] == "Surat penolakan dapat Anda buka di halaman ini."


def test_an_objection_is_followed_to_its_answer_and_the_rejection_stays(story: Story) -> None:
    rejects(story, "Perkaranya sedang diperiksa pengadilan.")
    signs(story, "pemberitahuan-penolakan.pdf", letter())
    story.later(hours=1)
    story.writes(objection_steps.record(TODAY, "Saya tidak meminta didampingi."))
    seen = status(story)
    assert (seen["status"], seen["alasan"][:10]) == ("Keberatan diperiksa", "Perkaranya")
    assert seen["tenggat"] == "Kami menjawab paling lambat 9 Maret 2026 pukul 09.00 WIB."
    assert seen["jawaban"], "the letter of the rejection can still be opened"
    story.writes(objection_steps.decide("ditolak", "kabag", TODAY, "Tetap tentang sidang."))
    assert status(story)["status"] == "Keberatan diputus"
    story.writes(steps.record_letter_number("180/99", TODAY))
    (story.office.register.path(NUMBER) / "keluar" / "jawaban-keberatan.pdf").write_bytes(letter())
    story.writes(steps.deliver(TODAY))
    seen = status(story)
    assert seen["status"] == "Keberatan dijawab, penolakannya tetap"
    said = sentences(story)
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
    assert "Surat penolakan dapat Anda buka di halaman ini." in sentences(story)


def test_a_rejected_request_that_is_withdrawn_before_its_letter_is_withdrawn_not_rejected(story: Story) -> None:
    rejects(story, "Perkaranya sedang diperiksa pengadilan.")
    story.writes(steps.withdraw(TODAY, "Pemohon menarik permohonannya"))
    seen = status(story)
    assert (story.status(), seen["status"], seen["alasan"]) == ("dibatalkan", "Dibatalkan", "")


@pytest.fixture(scope="module")
def mailing_office(tmp_path_factory: pytest.TempPathFactory) -> Story:
    told = Story(tmp_path_factory.mktemp("kantor"))
    told.signs_ballots()
    told.receives(asked(ALI, 1, "email"), asked(BUDI, 2, "loket"))
    for number in (NUMBER, SECOND):
        delivers(told, number=number)
    return told


@pytest.fixture
def mailing(mailing_office: Story, tmp_path: Path) -> Story:
    """An office that has answered Ali, whose letter goes by mail, and Budi, whose letter waits at the counter."""
    return mailing_office.copied(tmp_path)


def test_an_answer_that_goes_another_way_is_in_no_file_but_its_status_is(mailing: Story) -> None:
    mails(mailing, "dikirim")
    for keys, does in ((ALI, "Periksa email Anda."), (BUDI, "Ambil suratnya di loket")):
        seen = status(mailing, keys)
        assert answer(mailing, keys) == []
        assert (seen["status"], seen["jawaban"]) == ("Sudah dijawab", None)
        assert seen["selanjutnya"].startswith(does)


@pytest.mark.parametrize("state", ["", "dibatalkan", "usang"])
def test_no_letter_is_said_to_be_mailed_before_it_was(mailing: Story, state: str) -> None:
    if state:
        mails(mailing, state)
    assert sentences(mailing)[-1] == "Jawaban sudah selesai dan akan kami kirim ke email Anda."
    assert status(mailing)["selanjutnya"].startswith("Suratnya belum terkirim.")
    mails(mailing, "dikirim")
    assert sentences(mailing)[-1] == "Jawaban sudah kami kirim ke email Anda."
    assert status(mailing)["selanjutnya"].startswith("Periksa email Anda.")


def test_a_letter_that_is_known_to_have_arrived_was_sent(mailing: Story) -> None:
    mailing.writes(steps.confirm_receipt(TODAY))
    said = [one for one in sentences(mailing) if "kirim ke email" in one]
    assert said == ["Jawaban sudah kami kirim ke email Anda."]


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


def test_what_is_too_long_for_its_entry_lies_whole_where_answers_lie(story: Story) -> None:
    missing = ["Surat panggilan", "Halaman kedua keputusan itu, " * 20]
    story.writes(steps.verify("dilengkapi", "pengelola", TODAY, kekurangan=missing))
    [one] = [one for one in made(story) if one.recipient == ALI.recipient]
    [(_, entry), (_, other)] = sorted(sealed_answers.statuses(made(story)), key=lambda one: len(one[1].content))
    assert set(json.loads(entry.content)) == {"versi", "nomor", "berkas"}
    assert "tahap" in json.loads(other.content)
    opened = made(story)
    [(place, reply)] = sealed_answers.replies(opened).items()
    told, _ = opened_reply(reply.content)
    assert [one["kekurangan"] for one in told["status"]] == [[line.strip() for line in missing]]
    assert place == next(one.place for one in opened if one.recipient == ALI.recipient)
    assert not one.fits


def test_an_ordinary_status_fits_its_entry_to_its_answer(answered: Story) -> None:
    assert [one.status["nomor"] for one in made(answered) if one.fits] == [NUMBER, SECOND]
    follows = [replace(one, status={**one.status, "lanjutan": NUMBER}) for one in made(answered)]
    assert all(one.fits for one in follows), "also that of a question about an answer"


def test_a_time_before_the_last_is_told_as_it_was() -> None:
    told = [(START, "peristiwa.diajukan"), (START - timedelta(minutes=5), "peristiwa.diubah")]
    assert [moment[11:] for moment, _ in history(status_words.history(told))] == ["08:00", "07:55"]


# How long


def test_status_and_answer_stay_for_the_days_promised_and_are_then_gone(answered: Story) -> None:
    answered.writes(steps.archive(TODAY))
    answered.at("2026-05-31T23:59")
    assert answer(answered)
    assert status(answered)["jawaban"]["berlaku_sampai"] == "31 Mei 2026"
    answered.at("2026-06-01T00:00")
    opened = made(answered)
    assert (answers(opened, ALI), statuses(opened, ALI), len(statuses(opened, BUDI))) == ({}, [], 1)


def test_a_withdrawn_request_can_be_followed_for_as_long(story: Story) -> None:
    story.writes(steps.withdraw(TODAY, "Lewat telepon."))
    story.writes(steps.archive(TODAY))
    assert (status(story)["status"], status(story)["jawaban"]) == ("Selesai", None)
    assert "Permohonan dibatalkan sesuai permintaan Anda." in sentences(story)
    story.at("2026-06-01T00:00")
    assert statuses(made(story), ALI) == []


def test_a_code_that_the_office_made_later_counts_from_its_own_day(answered: Story) -> None:
    answered.at("2026-06-10T09:00")
    answered.office.register.record(
        NUMBER, Event(applicant_status.NEW_CODE, answered.office.now(), "petugas", {"alasan": "hilang"})
    )
    answered.writes(steps.set_code(NOBODY.locator, NOBODY.recipient))
    [seen] = statuses(made(answered), NOBODY)
    assert answer(answered) == []
    assert (len(answer(answered, NOBODY)), seen["jawaban"]["berlaku_sampai"]) == (1, "8 September 2026")
    assert seen["riwayat"][-1][1].startswith("Kami membuat kode baru")


# What everybody else can tell


def sizes(files: Mapping[str, bytes]) -> list[tuple[str, int]]:
    return sorted((name.rpartition(".")[2], len(content)) for name, content in files.items())


def test_two_publications_share_no_name_and_no_entry_and_have_the_same_sizes(story: Story) -> None:
    before, had = applicant_status.publication(story.office, story.office.now(), {})
    delivers(story)
    after, has = applicant_status.publication(story.office, story.office.now(), had)
    open_ones = {sealed_files.DIGESTS, sealed_files.SURVEY_KEY}  # both tell that there was a first answer
    sealed = [{n: c for n, c in files.items() if n not in open_ones} for files in (before, after)]
    assert not replies(before) & replies(after)
    assert sizes(sealed[0]) == sizes(sealed[1])
    assert has == had
    told = {sealed_files.PUBLICATION, sealed_files.WORKING_HOURS}
    assert {n for n in sealed[0] if sealed[0][n] == sealed[1].get(n)} <= told
    entries = [set(sealed_statuses.entries(files[sealed_statuses.DIVISIONS[0].path(0)])) for files in sealed]
    assert [len(one) for one in entries] == [64, 64]
    assert not entries[0] & entries[1]


def test_nothing_published_names_anybody_or_anything_in_the_clear(answered: Story) -> None:
    files, _ = applicant_status.publication(answered.office, answered.office.now(), {})
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
        re.fullmatch(
            r"balasan/([0-9a-f]{32}\.age|status-1-000\.bin|(terbitan|jam)\.json)|verifikasi/sidik\.txt|survei/kunci\.txt",
            name,
        )
        for name in files
    )


def test_digests_of_every_answer_are_published_whatever_its_way_and_age_and_nothing_else(mailing: Story) -> None:
    story = mailing
    contents = [content for number in (NUMBER, SECOND) for content in signed(story, number)]
    story.writes(steps.archive(TODAY))
    story.at("2027-01-01T08:00")
    digests = sorted(hashlib.sha256(content).hexdigest() for content in contents)
    assert applicant_status._digests(story.office.register).decode() == "".join(f"{digest}\n" for digest in digests)


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


def test_a_pass_publishes_when_a_slot_begins_and_not_when_something_happened(publishing: Story) -> None:
    site, story = publishing.settings.site, publishing
    first = published(site)
    rejects(story, "Sudah di pengadilan.")
    assert published(site) == first, "the slot is the same"
    story.later(minutes=30)
    story.passes()
    second = published(site)
    [seen] = unsealed_statuses(second, ALI.identity)
    assert seen["tahap"] == "ditolak"
    same = {name for name in first if first[name] == second.get(name)}
    assert same == {sealed_files.DIGESTS, sealed_files.WORKING_HOURS, "survei/kunci.txt"}


def test_a_publication_says_when_it_was_and_all_its_files_have_the_time_of_their_slot(publishing: Story) -> None:
    publishing.at("2026-03-02T10:47")
    publishing.passes()
    site = publishing.settings.site
    times = {path.stat().st_mtime for path in sealed_files._published_files(site)}
    assert times == {datetime(2026, 3, 2, 10, 30, tzinfo=WIB).timestamp()}
    told = json.loads((site / sealed_files.PUBLICATION).read_text())
    assert told == {"versi": 2, "saat": "2026-03-02T10:47:00+07:00", "bagian": 1}


def test_what_is_no_longer_wanted_is_deleted_and_pages_stay(publishing: Story) -> None:
    site, story = publishing.settings.site, publishing
    (site / "lacak").mkdir()
    page, older = site / "lacak" / "index.html", site / "lacak" / "status.bin"
    page.write_text("halaman")
    older.write_bytes(b"\0\0\0\4")
    (site / "verifikasi" / "contoh.pdf").write_text("contoh")
    story.writes(steps.set_code(NOBODY.locator, NOBODY.recipient))
    before = published(site)
    story.later(minutes=30)
    story.passes()
    files = published(site)
    assert (unsealed_statuses(files, ALI.identity), len(unsealed_statuses(files, NOBODY.identity))) == ([], 1)
    assert replies(before) & replies(files) == set()
    assert {f"balasan/{path.name}" for path in (site / "balasan").iterdir()} == {
        name for name in files if name.startswith("balasan/")
    }
    assert (page.read_text(), (site / "verifikasi" / "contoh.pdf").exists(), older.exists()) == ("halaman", True, False)


def test_a_site_of_an_older_version_gets_its_statuses_at_once(publishing: Story) -> None:
    site = publishing.settings.site
    (site / sealed_files.PUBLICATION).unlink()
    publishing.passes()
    assert len(unsealed_statuses(published(site), ALI.identity)) == 1


def test_a_publication_that_broke_off_is_mended_by_the_next_pass(publishing: Story) -> None:
    site, story = publishing.settings.site, publishing
    story.later(minutes=30)
    (site / sealed_files.PUBLICATION).unlink()
    (site / sealed_files.PUBLICATION).mkdir()
    (site / "balasan" / ".x.age.0123abcd.tmp").write_bytes(b"half")
    [failure] = daily_pass.run_pass(story.office).failures
    assert "diulang pada putaran berikutnya" in str(failure)
    (site / sealed_files.PUBLICATION).rmdir()
    assert story.passes().failures == []
    files = published(site)
    assert len(unsealed_statuses(files, ALI.identity)) == 1
    assert {f"balasan/{path.name}" for path in (site / "balasan").glob("*.age")} == replies(files)


def test_a_site_that_is_not_ours_gets_nothing(tmp_path: Path) -> None:
    story = Story(tmp_path)
    (story.settings.site / "tesis.docx").touch()
    site_publication.publish_due(story.office, PassReport())
    assert [path.name for path in story.settings.site.iterdir()] == ["tesis.docx"]


@pytest.mark.slow
def test_a_site_that_is_built_anew_keeps_what_codes_open_and_lists_none_of_it(
    publishing: Story, tmp_path: Path
) -> None:
    story = publishing
    story.reopens(agency(tmp_path, small_sources(tmp_path / "sumber"), petugas=OFFICERS))
    site = story.settings.site
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


def test_the_gate_lets_sealed_files_pass(publishing: Story) -> None:
    site = publishing.settings.site
    assert sealed_files.sealed_paths(site) == set(sealed_files._published_files(site))
    assert found(publishing) == ()


@pytest.mark.parametrize(
    "name",
    [
        "balasan/kabar.age", f"balasan/{NAME}.age", "balasan/status-1-000.bin", "balasan/status-x.bin",
        sealed_files.PUBLICATION, sealed_files.WORKING_HOURS, "verifikasi/sidik.txt", "balasan/x.txt",
    ],
)  # fmt: skip
def test_the_gate_still_sees_what_only_stands_where_sealed_files_stand(story: Story, name: str) -> None:
    (story.settings.site / name).parent.mkdir(exist_ok=True)
    (story.settings.site / name).write_text("Terima kasih kepada Orang Rekaan1.")
    assert [leak for leak in found(story) if leak.startswith(name)] == [f"{name}: nama"]


def test_the_gate_sees_what_hangs_behind_sealed_statuses(publishing: Story) -> None:
    with (publishing.settings.site / sealed_statuses.DIVISIONS[0].path(0)).open("ab") as file:
        file.write(b"Orang Rekaan1")
    assert found(publishing)


def test_an_archived_answer_stays_for_all_its_days_and_no_longer(answered: Story) -> None:
    """Nothing was written in the case since: its journal is as old as its last event."""
    answered.later(minutes=1)
    answered.writes(steps.archive(answered.now.date()))
    journal = answered.office.register.path(NUMBER) / "riwayat.jsonl"
    last = answered.office.register.read(NUMBER).events[-1].time
    os.utime(journal, (last.timestamp(), last.timestamp()))
    assert answered.status() == "diarsipkan"
    days = answered.settings.situs.jawaban_berlaku
    for after, there in ((60, True), (days, True), (days + 1, False), (days + 2, False)):
        answered.now = START + timedelta(days=after)
        assert bool(answer(answered)) is there, after


def test_the_days_of_a_case_put_away_count_from_its_first_letter_where_the_objections_answer_never_went() -> None:
    parts = {"penyampaian": {"tanggal": TODAY}, "keberatan": {"tanggal": TODAY, "putusan": "ditolak"}}
    assert applicant_status.open_until(case(**parts), (), "diarsipkan", 90) == TODAY + timedelta(days=90)


def test_of_what_happened_later_only_a_new_code_opens_a_case_for_longer() -> None:
    made, later = (
        Event(kind, START + timedelta(days=days), "ani")
        for kind, days in ((applicant_status.NEW_CODE, 10), ("catatan", 20))
    )
    parts = {"penyampaian": {"tanggal": TODAY}}
    last = applicant_status.open_until(case(**parts), (made, later), "diarsipkan", 90)
    assert last == TODAY + timedelta(days=100)


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
