"""An answered question is given back to all only as two officers let it, and never with the applicant in it."""

from collections.abc import Callable, ItemsView, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from processor.cases import retellings
from processor.cases.dossier import identities
from processor.cases.records import Event
from processor.cases.staff import Staff
from processor.foundation import yaml_editor
from processor.foundation.errors import BrokenFiles, Busy, PayungError
from processor.operations import case_check, leak_exceptions, overview, steps
from processor.operations.act_journal import Person
from processor.operations.retelling import retelling_acts
from processor.site import leak_gate, leak_targets
from tests.office import edited, response
from tests.story import NUMBER, Story, delivered

TODAY = date(2026, 3, 2)
OPEN, REJECTED = "BH-2026-0002", "BH-2026-0003"
TEXT = """Catatan di sini tidak dibaca.
Pertanyaan:
Bolehkah pejabat menolak
menandatangani berita acara?

Jawaban:
Boleh, dengan alasan tertulis.

- Simpan salinannya.
"""
RETOLD = retelling_acts.read(TEXT)
WRITER, SECOND = Person("analis", "akun"), Person("kabag", "akun")


def answered(folder: Path) -> Story:
    """An office without LibreOffice: the first request was answered, the second is open, the third was rejected."""
    made = Story(folder)
    first = response(1, key="satu", uraian="Di Nagari Khayal saya diminta 3 Juli 2026.")
    made.receives(first, response(2, minute=1), response(3, minute=2))
    made.receives(edited(first, minute=5, uraian="Di Desa Purnama saya diminta."))
    rejection = steps.verify("ditolak", "pengelola", TODAY, alasan_jenis="litigasi", alasan="Perkara berjalan.")
    steps.apply(made.office, REJECTED, rejection)
    steps.apply(made.office, NUMBER, steps.verify("diteruskan", "pengelola", TODAY, topik="pengadaan"))
    steps.apply(made.office, NUMBER, steps.assign("analis", "kabag", []))
    made.studies()
    made.writes(steps.set_study_ready(done=True), steps.review("disetujui", "kabag", TODAY))
    steps.apply(made.office, REJECTED, delivered("180/2/Huk-2026", TODAY, TODAY))
    made.writes(delivered("180/1/Huk-2026", TODAY, TODAY))
    return made


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        yield answered(tmp_path_factory.mktemp("publikasi"))


@pytest.fixture
def story(once: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.setenv("PATH", "")
    return once.copied(tmp_path)


def write(story: Story, text: str = TEXT, by: Person = WRITER) -> None:
    retelling_acts.write(story.office, NUMBER, "", retelling_acts.read(text), by)


def approve(story: Story, by: Person = SECOND) -> None:
    retelling_acts.approve(story.office, NUMBER, by, despite=True)


def shown(story: Story) -> bool:
    filed = story.office.register.read(NUMBER)
    assert filed.case is not None
    staff = Staff.of(story.settings.petugas, filed.events, story.office.register.fingerprint)
    return retellings.approved_at(filed.case, filed.events, staff) is not None


def wrong(story: Story) -> str:
    filed = story.office.register.read(NUMBER)
    found = case_check.mistakes(story.office, filed, overview.derive_for(story.office, filed))
    return " ".join(one.sentence for one in found if one.line)


def by_hand(story: Story, key: str, value: str | None) -> None:
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), {("publikasi", key): value})


def test_it_is_shown_once_a_second_officer_approved_and_until_it_is_withdrawn(story: Story) -> None:
    before = story.status()
    write(story)
    filed = story.office.register.read(NUMBER)
    assert filed.case is not None
    assert filed.case.publikasi is not None
    assert filed.problems == ()
    assert filed.case.publikasi.topik == "pengadaan", "the topic of the case"
    assert filed.case.publikasi.pertanyaan == "Bolehkah pejabat menolak\nmenandatangani berita acara?"
    assert filed.case.publikasi.jawaban.endswith("\n\n- Simpan salinannya.")
    assert not shown(story)
    approve(story)
    assert shown(story)
    assert wrong(story) == ""
    retelling_acts.withdraw(story.office, NUMBER, WRITER)
    assert not shown(story)
    with pytest.raises(PayungError, match="sudah dicabut pada 2 Maret 2026"):
        retelling_acts.withdraw(story.office, NUMBER, WRITER)
    story.passes()
    assert story.status() == before, "nothing is decided about the request by it"


class Interrupted(dict[str, str]):
    """Words just before whose first look something else happens, once."""

    def __init__(self, words: Mapping[str, str], happens: Callable[[], object]) -> None:
        super().__init__(words)
        self.waiting = [happens]

    def items(self) -> ItemsView[str, str]:  # type: ignore[override]  # which is of no other kind to who reads it
        while self.waiting:
            self.waiting.pop()()
        return super().items()


def test_of_two_who_save_at_the_same_moment_the_second_is_told_and_loses_no_word_of_the_first(story: Story) -> None:
    first = {**RETOLD, "jawaban": "Tidak boleh."}
    second = Interrupted(RETOLD, lambda: retelling_acts.write(story.office, NUMBER, "", first, SECOND))
    with pytest.raises(Busy, match="berubah sejak ditampilkan; tidak ada yang ditulis"):
        retelling_acts.write(story.office, NUMBER, "", second, WRITER)
    case = story.office.register.read(NUMBER).case
    assert case
    assert case.publikasi
    assert (case.publikasi.jawaban, case.publikasi.penulis) == ("Tidak boleh.", "kabag")


def test_what_was_withdrawn_or_never_wanted_is_not_written_anew_until_somebody_says_so(story: Story) -> None:
    retelling_acts.withdraw(story.office, NUMBER, WRITER)
    with pytest.raises(PayungError, match="dicabut pada 2 Maret 2026"):
        write(story)
    by_hand(story, "dicabut", None)
    write(story)
    retelling_acts.withdraw(story.office, NUMBER, SECOND)
    with pytest.raises(PayungError, match="dicabut pada 2 Maret 2026"):
        approve(story)
    retelling_acts.withdraw(story.office, OPEN, WRITER)
    assert story.passes().problems == [], "also said before there is any answer"


@pytest.mark.parametrize("key", ["pertanyaan", "jawaban", "topik", "penulis"])
def test_words_that_changed_after_the_approval_are_not_shown_and_told(story: Story, key: str) -> None:
    write(story)
    approve(story)
    by_hand(story, key, {"topik": "netralitas", "penulis": "pengelola"}.get(key, "Kata lain."))
    assert not shown(story)
    assert "berubah sesudah disetujui" in wrong(story)
    assert any("berubah sesudah disetujui" in one.message for one in story.passes().problems)


def test_whoever_wrote_it_cannot_approve_it_not_even_after_another_was_named_as_its_writer(story: Story) -> None:
    write(story)
    with pytest.raises(PayungError, match="harus petugas lain"):
        approve(story, WRITER)
    by_hand(story, "penulis", "kabag")
    with pytest.raises(PayungError, match="harus petugas lain"):
        approve(story, WRITER)
    with pytest.raises(PayungError, match="harus petugas lain"):
        approve(story, SECOND)
    assert not shown(story)


def test_an_approval_that_was_only_written_into_the_file_does_not_count(story: Story) -> None:
    write(story)
    by_hand(story, "penyetuju", "kabag")
    by_hand(story, "tanggal", "2026-03-02")
    assert not shown(story)
    assert "tidak ada di riwayat" in wrong(story)


def test_new_words_are_to_be_approved_anew(story: Story) -> None:
    write(story)
    approve(story)
    write(story, TEXT.replace("Boleh,", "Tentu boleh,"))
    assert not shown(story)
    assert wrong(story) == ""
    approve(story)
    assert shown(story)


@pytest.mark.parametrize("number", [OPEN, REJECTED])
def test_nothing_is_given_back_of_what_was_not_answered(story: Story, number: str) -> None:
    with pytest.raises(PayungError, match="belum dijawab"):
        retelling_acts.write(story.office, number, "pengadaan", RETOLD, WRITER)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Orang Rekaan1 boleh menolak.", "nama"),
        ("Hubungi 0812-0000-0001.", "telepon"),
        ("Tulis ke orang1 (at) example.org.", "email"),
        ("NIP 19800101 200501 1 901.", "NIP"),
        ("Ia tinggal di Jalan Rekaan Nomor 1.", "alamat"),
        ("Seorang Analis Contoh Dinas Contoh boleh.", "jabatan"),
    ],
)
def test_a_text_that_names_the_applicant_is_refused_without_repeating_the_name(
    story: Story, words: str, kind: str
) -> None:
    with pytest.raises(BrokenFiles) as caught:
        write(story, TEXT.replace("Boleh, dengan", f"{words} Boleh, dengan"))
    said = str(caught.value)
    assert "jawaban: Di sini ada identitas pemohon" in said
    assert kind in said
    assert words not in said
    filed = story.office.register.read(NUMBER)
    assert filed.case is not None
    assert filed.case.publikasi is None


def test_what_an_officer_says_is_nobodys_identity_may_stand_there(story: Story) -> None:
    text, register = TEXT.replace("Boleh, dengan", "Menurut Orang Rekaan1 boleh, dengan"), story.office.register
    what = leak_targets.targets(identities(register, NUMBER), "")
    marks = [leak_exceptions.fingerprint(register, hit) for hit in leak_gate.hits_in_text(text, what)]
    assert marks
    data = {"jenis": ["nama"], "tanda": marks, "alasan": "Nama peraturan."}
    with register.lock(1):
        register.record(NUMBER, Event(leak_exceptions.EXCEPTED, story.now, "pengelola", data))
    write(story, text)
    with pytest.raises(BrokenFiles, match="identitas pemohon"):
        write(story, TEXT.replace("Boleh, dengan", "Telepon 0812 0000 0001. Boleh, dengan"))


def test_a_name_that_was_written_in_by_hand_is_not_approved(story: Story) -> None:
    write(story)
    by_hand(story, "jawaban", "Orang Rekaan1 boleh menolak.")
    with pytest.raises(BrokenFiles, match="identitas pemohon"):
        approve(story)


def test_what_stands_in_the_case_is_marked_and_not_approved_unseen(story: Story) -> None:
    text = TEXT.replace("Boleh, dengan", "Pada Juli 2026 di Nagari Khayal boleh, dengan").replace(
        "salinannya", "salinan Dinas Contoh"
    )
    _, found = retelling_acts.write(story.office, NUMBER, "", retelling_acts.read(text), WRITER)
    told = {(one.part, one.line, one.words) for one in found}
    assert {("jawaban", 1, "Juli 2026"), ("jawaban", 1, "Khayal"), ("jawaban", 3, "Dinas Contoh")} <= told
    _, later = retelling_acts.write(story.office, NUMBER, "", {"pertanyaan": "Di Purnama?", "jawaban": "Ya."}, WRITER)
    assert "Purnama" in {one.words for one in later}, "also what the applicant sent afterwards"
    retelling_acts.write(story.office, NUMBER, "", retelling_acts.read(text), WRITER)
    done, again = retelling_acts.approve(story.office, NUMBER, SECOND)
    assert (done, again) == (None, found)
    assert not shown(story)
    journal = (story.office.register.path(NUMBER) / "riwayat.jsonl").read_text("utf-8")
    assert "Khayal" not in journal


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bolehkah?", "sebaris “Pertanyaan:”"),
        ("Pertanyaan:\n\nJawaban:\nBoleh.", "pertanyaan masih kosong"),
        ("Pertanyaan:\nBolehkah?\nJawaban:\n \n", "jawaban masih kosong"),
        (f"Pertanyaan:\n{'a' * 501}\nJawaban:\nBoleh.", "lebih dari 500 huruf"),
    ],
)
def test_a_text_that_cannot_be_a_page_is_told(text: str, said: str) -> None:
    with pytest.raises(PayungError, match=said):
        retelling_acts.read(text)


def test_a_slip_elsewhere_in_the_case_takes_no_answer_from_the_site(story: Story) -> None:
    write(story)
    approve(story)
    path = story.office.register.path(NUMBER) / "permohonan.yaml"
    yaml_editor.write(path, path.read_text("utf-8"), {("hambatan",): {"uraian": "Belum lengkap."}})
    filed = story.office.register.read(NUMBER)
    assert filed.problems
    assert overview.approved_at(story.office, filed) == story.now


def test_an_unknown_topic_is_refused(story: Story) -> None:
    with pytest.raises(PayungError, match="Sebutkan topiknya"):
        retelling_acts.write(story.office, NUMBER, "rahasia", RETOLD, WRITER)
