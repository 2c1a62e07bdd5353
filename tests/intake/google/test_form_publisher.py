"""Making and updating the Google Form: against a loopback server that checks what Google would check."""

import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from processor.foundation import form_definition
from processor.foundation.errors import BrokenFiles, PayungError, SourceFailed
from processor.foundation.form_definition import Form
from processor.intake.google import form_ids, form_publisher
from processor.intake.google.client import WRITE, Patience, connect
from processor.intake.google.form_ids import FormLock, made_id
from processor.intake.google.form_items import build_requests, wanted_items
from processor.intake.google.form_publisher import Published, publish
from tests import fake_google
from tests.fake_google import FakeGoogle

SOURCE = Path(__file__).parents[3] / "forms" / "permohonan.yaml"
FORM = form_definition.load(SOURCE)
PATIENCE = Patience(tries=2, pause=float)
ADDRESS = "https://docs.google.com/forms/d/e/BUATAN1x/viewform"


@pytest.fixture
def google() -> Iterator[FakeGoogle]:
    with fake_google.serve() as service:
        yield service


class Office:
    """Publishes as ``payung formulir google`` does."""

    def __init__(self, google: FakeGoogle, folder: Path) -> None:
        key = fake_google.user_token(google, folder / "token.json")
        self.google, self.lock = google, folder / "permohonan.google.lock.json"
        self.now = datetime(2026, 7, 1, tzinfo=UTC)
        self.forms = connect(key, WRITE, patience=PATIENCE)
        self.drive = connect(key, WRITE, "drive", PATIENCE)

    def publish(self, form: Form = FORM, form_id: str = "", *, look: bool = False) -> Published:
        drive = self.drive if look else None
        return publish(self.forms, form, self.lock, form_id, drive, PATIENCE, now=self.now)

    def item(self, title: str) -> dict[str, Any]:
        (form,) = self.google.forms.values()
        (item,) = (item for item in form["items"] if item["title"] == title)
        found: dict[str, Any] = item
        return found


@pytest.fixture
def office(google: FakeGoogle, tmp_path: Path) -> Iterator[Office]:
    made = Office(google, tmp_path)
    yield made
    made.forms.close()
    made.drive.close()


def changed(**questions: dict[str, Any]) -> Form:
    """The form with some attributes of some questions changed; None drops a question."""
    data = FORM.model_dump()
    data["pertanyaan"] = [q | questions.get(q["kunci"], {}) for q in data["pertanyaan"]]
    return Form.model_validate(data | {"pertanyaan": [q for q in data["pertanyaan"] if not q.get("hapus")]})


def test_a_new_form_asks_everything_and_is_published(google: FakeGoogle, office: Office) -> None:
    done = office.publish()
    (form,) = google.forms.values()
    assert (done.form_id, done.responder_uri) == ("BUATAN1", ADDRESS)
    assert form["info"]["title"] == FORM.judul
    assert form["info"]["description"] == FORM.pengantar
    assert form["publishSettings"]["publishState"] == {"isPublished": True, "isAcceptingResponses": True}
    titles = [item["title"] for item in form["items"] if "questionItem" in item]
    assert titles == [question.judul for question in FORM.pertanyaan]
    assert office.item("Persoalan hukum")["pageBreakItem"] == {}


def test_questions_have_the_kind_that_google_can_make(office: Office) -> None:
    office.publish()
    kinds = {
        key: item["questionItem"]["question"] for key, item in wanted_items(FORM, FormLock()) if "questionItem" in item
    }
    assert kinds["nip"]["textQuestion"] == {"paragraph": False}
    assert kinds["uraian"]["textQuestion"] == {"paragraph": True}
    assert kinds["dokumen"]["textQuestion"] == {"paragraph": True}
    assert kinds["bentuk"]["choiceQuestion"]["type"] == "RADIO"
    assert kinds["persetujuan"]["choiceQuestion"]["type"] == "CHECKBOX"
    assert kinds["cara_jawaban"]["choiceQuestion"]["type"] == "RADIO"
    assert not kinds["cara_jawaban"]["required"]
    assert kinds["nip"]["required"]
    assert not kinds["kode_lacak"]["required"]


UNITS = {"DISDIK": "Dinas Pendidikan", "DISKES": "Dinas Kesehatan"}


def test_an_existing_form_is_extended_by_the_units_and_follows_their_names(google: FakeGoogle, office: Office) -> None:
    office.publish()
    before = form_ids.read(office.lock)
    for units in (UNITS, {**UNITS, "DISKES": "Dinas Kesehatan dan Gizi", "BKD": "Badan Kepegawaian"}):
        office.publish(form_definition.load(SOURCE, units))
        asked = office.item("Perangkat daerah atau unit utama")["questionItem"]["question"]
        options = [{"value": words} for words in units.values()]
        assert (asked["choiceQuestion"], asked["required"]) == ({"type": "DROP_DOWN", "options": options}, False)
    after = form_ids.read(office.lock)
    assert after.questions.items() > before.questions.items()
    titles = [item["title"] for item in google.forms["BUATAN1"]["items"]]
    assert titles.index("Perangkat daerah atau unit utama") == titles.index("Unit kerja") + 1


def test_a_near_date_is_asked_by_a_calendar_and_one_made_by_hand_as_text_stays(office: Office) -> None:
    office.publish()
    title = "Tanggal surat panggilan, sidang, atau batas itu"
    asked = office.item(title)["questionItem"]["question"]
    assert asked["dateQuestion"] == {"includeYear": True}
    del asked["dateQuestion"]
    asked["textQuestion"] = {}
    notes = office.publish().manual_steps
    assert any(f"Jenis pertanyaan “{title}” di Google berbeda" in note for note in notes)
    assert "textQuestion" in office.item(title)["questionItem"]["question"]


def test_the_five_terms_stand_before_the_consent(office: Office) -> None:
    office.publish()
    description = office.item("Syarat dan ketentuan")["description"]
    assert all(term in description for term in FORM.ketentuan.butir)


def test_the_lock_knows_every_question_and_fetch_can_use_it(office: Office) -> None:
    office.publish()
    lock = form_ids.read(office.lock)
    assert lock.form_id == "BUATAN1"
    assert set(lock.questions) == {question.kunci for question in FORM.pertanyaan}
    assert lock.keys_by_question_id[made_id("nip")] == "nip"
    assert lock.revision == "r2"
    assert lock.intent == ""


def test_the_prefilled_link_uses_question_ids(office: Office) -> None:
    done = office.publish()
    code, key = int(made_id("kode_lacak"), 16), int(made_id("kunci_balasan"), 16)
    assert done.prefilled == f"{ADDRESS}?usp=pp_url&entry.{code}={{kode_lacak}}&entry.{key}={{kunci_balasan}}"


def test_a_second_time_nothing_is_sent(google: FakeGoogle, office: Office) -> None:
    office.publish()
    before = copy.deepcopy(google.forms), office.lock.read_bytes()
    assert office.publish().form_id == "BUATAN1"
    assert (google.forms, office.lock.read_bytes()) == before
    assert google.count("batchUpdate") == 1
    assert google.count("setPublishSettings") == 1


def test_an_update_keeps_every_id(office: Office) -> None:
    office.publish()
    before = form_ids.read(office.lock)
    office.publish(
        changed(
            nama={"judul": "Nama Anda", "bantuan": "Baru", "wajib": False},
            bentuk={"pilihan": {"pendapat_hukum": "Pendapat"}},
            alamat={"jenis": "paragraf"},
        )
    )
    after = form_ids.read(office.lock)
    assert (after.questions, after.items) == (before.questions, before.items)
    item = office.item("Nama Anda")
    assert (item["description"], item["questionItem"]["question"]["required"]) == ("Baru", False)
    assert office.item("Bentuk layanan")["questionItem"]["question"]["choiceQuestion"]["options"] == [
        {"value": "Pendapat"}
    ]
    assert office.item("Alamat")["questionItem"]["question"]["textQuestion"] == {"paragraph": True}


def test_a_new_question_comes_at_its_place(google: FakeGoogle, office: Office) -> None:
    office.publish(changed(jabatan={"hapus": True}))
    office.publish()
    titles = [item["title"] for item in google.forms["BUATAN1"]["items"]]
    assert titles[:4] == ["Nama lengkap", "NIP", "Jabatan", "Unit kerja"]


def test_what_the_file_does_not_know_stays_and_is_reported(google: FakeGoogle, office: Office) -> None:
    office.publish()
    google.forms["BUATAN1"]["items"].insert(1, {"itemId": "aaaaaaaa", "title": "Gambar kantor", "imageItem": {}})
    done = office.publish(changed(alamat={"hapus": True}))
    notes = "\n".join(done.manual_steps)
    assert "“Gambar kantor” tidak ada di berkas formulir" in notes
    assert "“Alamat” tidak ada di berkas formulir" in notes
    assert office.item("Gambar kantor")
    assert office.item("Alamat")


def test_a_question_replaced_by_an_upload_is_taken_over(google: FakeGoogle, office: Office) -> None:
    assert any("unggahan" in step for step in office.publish().manual_steps)
    item = office.item("Dokumen pendukung")
    item["itemId"] = "bbbbbbbb"
    item["questionItem"]["question"] = {"questionId": "cccccccc", "fileUploadQuestion": {"folderId": "x"}}
    done = office.publish()
    assert form_ids.read(office.lock).keys_by_question_id["cccccccc"] == "dokumen"
    assert not any("unggahan" in step for step in done.manual_steps)
    assert "fileUploadQuestion" in office.item("Dokumen pendukung")["questionItem"]["question"]
    assert google.count("batchUpdate") == 1


def test_a_changed_kind_is_left_to_a_person(office: Office) -> None:
    office.publish()
    office.item("Bentuk layanan")["questionItem"]["question"].pop("choiceQuestion")
    office.item("Bentuk layanan")["questionItem"]["question"]["textQuestion"] = {}
    done = office.publish(changed(bentuk={"bantuan": "Lain"}))
    assert any("Jenis pertanyaan “Bentuk layanan”" in step for step in done.manual_steps)
    assert office.item("Bentuk layanan")["description"] == "Lain"


def test_another_order_at_google_is_left_and_reported(google: FakeGoogle, office: Office) -> None:
    office.publish()
    google.forms["BUATAN1"]["items"].insert(0, google.forms["BUATAN1"]["items"].pop(1))
    done = office.publish()
    assert any("Urutan “NIP”" in step for step in done.manual_steps)
    assert google.forms["BUATAN1"]["items"][0]["title"] == "NIP"


def test_an_existing_form_is_taken_over(google: FakeGoogle, office: Office) -> None:
    asked = {"questionId": "dddddddd", "required": True, "textQuestion": {}}
    google.new_form("LAMA", [{"itemId": "eeeeeeee", "title": "Nama", "questionItem": {"question": asked}}])
    done = office.publish(form_id="LAMA")
    assert done.form_id == "LAMA"
    assert form_ids.read(office.lock).questions["nama"] == "dddddddd"
    assert len(google.forms["LAMA"]["items"]) == len(wanted_items(FORM, FormLock()))
    assert google.count("POST /v1/forms?") == 0


def test_a_lock_of_another_form_is_not_overwritten(google: FakeGoogle, office: Office) -> None:
    office.publish()
    google.new_form("LAMA")
    with pytest.raises(PayungError, match="formulir lain"):
        office.publish(form_id="LAMA")
    assert google.forms["LAMA"]["items"] == []


def test_a_form_that_staff_closed_stays_closed(google: FakeGoogle, office: Office) -> None:
    office.publish()
    google.forms["BUATAN1"]["publishSettings"]["publishState"]["isAcceptingResponses"] = False
    assert any("tidak menerima tanggapan" in step for step in office.publish().manual_steps)
    assert google.count("setPublishSettings") == 1


def test_an_old_form_without_publishing_is_no_failure(google: FakeGoogle, office: Office) -> None:
    del google.new_form("LAMA")["publishSettings"]
    office.publish(form_id="LAMA")
    assert google.count("setPublishSettings") == 0


def test_a_form_changed_meanwhile_is_not_overwritten(google: FakeGoogle, office: Office) -> None:
    office.publish()
    original = google.answer

    def someone_is_faster(method: str, path: str, query: Any, body: Any) -> Any:
        if path.endswith(":batchUpdate"):
            google.forms["BUATAN1"]["revisionId"] = "r9"
        return original(method, path, query, body)

    google.answer = someone_is_faster  # type: ignore[method-assign]  # the server is the test's own
    with pytest.raises(SourceFailed, match="berubah sewaktu diperbarui"):
        office.publish(changed(nama={"judul": "Nama Anda"}))
    assert office.item("Nama lengkap")


def test_a_batch_that_google_refuses_changes_nothing(google: FakeGoogle, office: Office) -> None:
    office.publish()
    before = copy.deepcopy(google.forms)
    with pytest.raises(SourceFailed):
        office.publish(changed(bentuk={"pilihan": {"a": "Sama", "b": "Sama"}}))
    assert google.forms == before


def test_a_create_that_was_cut_off_is_not_repeated_blindly(google: FakeGoogle, office: Office) -> None:
    google.fail("/v1/forms", kind="drop-after", times=2)
    with pytest.raises(SourceFailed, match="mungkin sudah terbuat"):
        office.publish()
    made = len(google.forms)
    with pytest.raises(SourceFailed, match="Cari “Permohonan"):
        office.publish()
    assert len(google.forms) == made
    assert office.publish(look=True).form_id == "BUATAN1"
    assert len(google.forms) == made


def test_a_create_that_was_refused_is_made_after_looking(google: FakeGoogle, office: Office) -> None:
    google.fail("/v1/forms", 403)
    with pytest.raises(SourceFailed, match="akun dinas"):
        office.publish()
    assert office.publish(look=True).form_id == "BUATAN1"
    assert len(google.forms) == 1


def test_after_a_crash_behind_the_batch_the_same_form_is_found(google: FakeGoogle, office: Office) -> None:
    google.fail(":setPublishSettings", 500, times=9)
    with pytest.raises(SourceFailed):
        office.publish()
    google.faults.clear()
    assert office.publish().form_id == "BUATAN1"
    assert google.count("batchUpdate") == 1
    assert len(google.forms) == 1


def test_a_broken_lock_is_a_problem_not_a_new_form(google: FakeGoogle, office: Office) -> None:
    office.lock.write_text("{")
    with pytest.raises(BrokenFiles):
        office.publish()
    assert google.forms == {}


def test_the_steps_name_what_the_api_cannot_do(office: Office) -> None:
    steps = "\n".join(office.publish().manual_steps)
    for words in (
        "unggahan",
        "Validasi",
        "1 respons",
        "pengeditan",
        "konfirmasi",
        "Penjawab",
        "akun layanan",
        "payung.yaml",
    ):
        assert words in steps


def test_ids_never_change() -> None:
    assert made_id("nip") == "29d72b71"
    ids = [made_id(question.kunci) for question in FORM.pertanyaan] + [
        made_id(f"butir.{q.kunci}") for q in FORM.pertanyaan
    ]
    assert len(set(ids)) == len(ids)


def test_requests_are_plain_data_and_the_same_each_time() -> None:
    body = {"items": [], "info": {"title": "x"}}
    first, second = (build_requests(FORM, body, FormLock()) for _ in range(2))
    assert json.dumps(first.requests) == json.dumps(second.requests)
    assert body == {"items": [], "info": {"title": "x"}}


def test_everything_sent_is_known_to_google() -> None:
    plan = build_requests(FORM, {}, FormLock())
    fake_google.check("BatchUpdateFormRequest", {"requests": list(plan.requests)})
    assert form_publisher.manual_steps(FORM, {}, plan.lock, "")


def test_the_lock_tells_which_terms_and_which_form_stood_at_google_when(office: Office) -> None:
    first = office.now
    office.publish()
    office.now += timedelta(days=1)
    office.publish()
    office.now = second = first + timedelta(days=2)
    office.publish(FORM.model_copy(update={"ketentuan": FORM.ketentuan.model_copy(update={"versi": "3"}), "versi": 3}))
    lock = form_ids.read(office.lock)
    seen = [lock.shown_at(moment) for moment in (None, first - timedelta(seconds=1), first, second, office.now)]
    assert [(one.terms.versi, one.version) if one else None for one in seen] == [
        None,
        None,
        ("2", 2),
        ("3", 3),
        ("3", 3),
    ]


@pytest.mark.parametrize("since", ["kemarin", "2026-07-01T00:00:00", 7])
def test_a_lock_with_a_damaged_time_is_refused(office: Office, since: object) -> None:
    office.publish()
    data = json.loads(office.lock.read_text())
    data["ditampilkan"][0]["sejak"] = since
    office.lock.write_text(json.dumps(data))
    with pytest.raises(BrokenFiles):
        form_ids.read(office.lock)
