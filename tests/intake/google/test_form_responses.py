"""Reading a Google Form: the real client against a loopback server that pages, fails, edits and deletes."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from processor.cases.records import Response, ShownTerms
from processor.foundation import form_definition, settings
from processor.foundation.errors import SourceFailed
from processor.foundation.form_definition import Form
from processor.foundation.settings import GoogleForm
from processor.intake.google import file_uploads
from processor.intake.google.client import Patience
from processor.intake.google.form_ids import FormLock, ShownForm
from processor.intake.google.form_responses import Cursor, Fetched, fetch
from tests import fake_google
from tests.fake_google import FakeGoogle, response, uploads

FORM = form_definition.load(Path(__file__).parents[3] / "forms" / "permohonan.yaml")
NOW = datetime(2026, 1, 6, 3, 0, tzinfo=UTC)
IDS = {"nama": "0a", "nip": "0b", "email": "0c", "bentuk": "0d", "dokumen": "0e", "persetujuan": "0f"}
LOCK = FormLock(questions=IDS)
NAME = "Sari Rekaan"


@pytest.fixture
def google() -> Iterator[FakeGoogle]:
    with fake_google.serve() as service:
        service.new_form("F1")
        yield service


class Reader:
    """Fetches from ``google`` as the pipeline does, remembering the pauses."""

    def __init__(self, google: FakeGoogle, key: Path) -> None:
        self.google, self.key, self.pauses = google, key, list[float]()
        self.settings = GoogleForm(formulir="F1", kredensial=key)
        self.patience = Patience(tries=3, pause=self.pauses.append)

    def fetch(self, cursor: Cursor | None = None, now: datetime = NOW, **more: Any) -> Fetched:
        form, lock = more.pop("form", FORM), more.pop("lock", LOCK)
        return fetch(self.settings, self.key, form, lock, cursor or Cursor(), now, patience=self.patience, **more)


@pytest.fixture
def reader(google: FakeGoogle, tmp_path: Path) -> Reader:
    return Reader(google, fake_google.user_token(google, tmp_path / "token.json"))


def fill(google: FakeGoogle, count: int) -> None:
    google.responses["F1"] = [response(n, {"0a": f"{NAME} {n}", "0b": f"NIP {n}"}) for n in range(count)]


def test_all_pages_are_read_oldest_first(google: FakeGoogle, reader: Reader) -> None:
    fill(google, 1234)
    google.responses["F1"].reverse()
    found = reader.fetch()
    assert len({r.key for r in found.responses}) == 1234
    assert [r.submitted for r in found.responses] == sorted(r.submitted for r in found.responses if r.submitted)
    assert google.count("pageToken") == 1
    assert found.cursor == Cursor(max(r.submitted for r in found.responses if r.submitted), NOW, 1234)
    assert {r.batch for r in found.responses} == {"google"}


def test_a_response_says_who_when_and_where(google: FakeGoogle, reader: Reader) -> None:
    google.responses["F1"] = [
        response(
            1,
            {"0a": NAME, "0d": "Pendapat hukum", "0f": "Saya setuju", "0e": "https://x.id/a, https://x.id/b"},
            createTime="2026-01-05T01:02:03Z",
            lastSubmittedTime="2026-01-05T02:03:04.123456789Z",
        )
    ]
    (found,) = reader.fetch().responses
    assert (found.source, found.key, found.place) == ("google", "T1", "Formulir Google")
    assert found.created == datetime(2026, 1, 5, 1, 2, 3, tzinfo=UTC)
    assert found.submitted == datetime(2026, 1, 5, 2, 3, 4, 123456, tzinfo=UTC)
    assert {key: text for key, text in found.answers.items() if text} == {
        "nama": NAME,
        "bentuk": "pendapat_hukum",
        "dokumen": "https://x.id/a\nhttps://x.id/b",
        "persetujuan": "setuju",
    }
    assert found.problems == ()


def test_what_the_form_at_google_does_not_ask_is_not_asked_and_terms_are_those_it_showed_then(
    google: FakeGoogle, reader: Reader
) -> None:
    moment = datetime(2026, 1, 5, 1, 2, tzinfo=UTC)
    old, new = ShownTerms("1", "a" * 64), ShownTerms("2", "b" * 64)
    shown = (ShownForm(moment, 1, old), ShownForm(moment + timedelta(hours=1), 2, new))
    google.responses["F1"] = [
        response(count, {"0a": NAME}, f"2026-01-05T0{hour}:02:03Z") for count, hour in enumerate((0, 1, 2))
    ]
    found = reader.fetch(lock=replace(LOCK, shown=shown)).responses
    assert [one.terms for one in found] == [None, old, new]
    assert {one.not_asked for one in found} == {frozenset({q.kunci for q in FORM.pertanyaan} - IDS.keys())}


def test_a_question_is_not_asked_of_those_who_filled_in_an_earlier_version(google: FakeGoogle, reader: Reader) -> None:
    questions = [q.model_copy(update={"sejak": 2}) if q.kunci in {"nip", "bentuk"} else q for q in FORM.pertanyaan]
    form = Form.model_validate({**FORM.model_dump(), "pertanyaan": [q.model_dump() for q in questions]})
    shown = ShownForm(datetime(2026, 1, 5, tzinfo=UTC), 1, ShownTerms("1", ""))
    google.responses["F1"] = [response(1, {"0a": NAME, "0d": "Pendapat hukum"}, "2026-01-05T01:02:03Z")]
    (found,) = reader.fetch(lock=replace(LOCK, shown=(shown,)), form=form).responses
    assert "nip" in found.not_asked
    assert not found.not_asked & {"nama", "bentuk", "email"}


@pytest.mark.parametrize("decimals", ["", ".1", ".123", ".123456", ".123456789"])
def test_times_of_any_precision_are_read(google: FakeGoogle, reader: Reader, decimals: str) -> None:
    google.responses["F1"] = [response(1, {}, f"2026-01-05T01:02:03{decimals}Z")]
    (found,) = reader.fetch().responses
    assert found.submitted is not None
    assert found.problems == ()


def test_after_a_complete_listing_only_what_is_new_is_asked_for(google: FakeGoogle, reader: Reader) -> None:
    fill(google, 300)
    first = reader.fetch()
    google.responses["F1"].append(response(400, {"0a": NAME}))
    second = reader.fetch(first.cursor, NOW + timedelta(minutes=5))
    assert "timestamp+>=+2026-01-05T02:59:00Z" in google.requests[-1]
    assert second.responses[-1].key == "T400"
    assert len(second.responses) < 300
    assert {r.batch for r in second.responses} == {""}
    assert second.cursor == replace(first.cursor, since=second.responses[-1].submitted)


def test_a_day_later_everything_is_listed_again(google: FakeGoogle, reader: Reader) -> None:
    fill(google, 10)
    first = reader.fetch()
    second = reader.fetch(first.cursor, NOW + timedelta(hours=24))
    assert google.count("filter") == 0
    assert second.cursor.full_at == NOW + timedelta(hours=24)


def test_an_edit_keeps_its_key_and_has_a_newer_time(google: FakeGoogle, reader: Reader) -> None:
    fill(google, 3)
    first = reader.fetch()
    google.responses["F1"][0]["lastSubmittedTime"] = "2026-01-05T23:00:00Z"
    google.responses["F1"][0]["answers"]["0a"]["textAnswers"]["answers"][0]["value"] = "Nama Baru"
    second = reader.fetch(first.cursor, NOW)
    assert [(r.key, r.answers["nama"]) for r in second.responses if r.key == "T0"] == [("T0", "Nama Baru")]


def test_a_response_listed_twice_while_paging_comes_once_and_newest(google: FakeGoogle, reader: Reader) -> None:
    google.responses["F1"] = [
        response(1, {"0a": "lama"}, "2026-01-05T01:00:00Z"),
        response(1, {"0a": "baru"}, "2026-01-05T01:00:00.5Z"),
    ]
    (found,) = reader.fetch().responses
    assert found.answers["nama"] == "baru"


@pytest.mark.parametrize("left", [0, 4])
def test_a_form_that_suddenly_lost_its_responses_is_refused(google: FakeGoogle, reader: Reader, left: int) -> None:
    fill(google, left)
    cursor = Cursor(NOW - timedelta(days=2), NOW - timedelta(days=1), 10)
    with pytest.raises(SourceFailed, match="--paksa"):
        reader.fetch(cursor)
    assert reader.fetch(cursor, force=True).cursor.count == left


def test_a_few_deleted_responses_are_no_alarm(google: FakeGoogle, reader: Reader) -> None:
    fill(google, 8)
    assert reader.fetch(Cursor(NOW, NOW - timedelta(days=1), 10)).cursor.count == 8


def test_an_empty_new_form_is_no_failure(google: FakeGoogle, reader: Reader) -> None:
    assert reader.fetch() == Fetched((), Cursor(None, NOW, 0))
    assert google.count("responses") == 1


def test_a_question_that_is_not_in_the_lock_is_matched_by_its_title(google: FakeGoogle, reader: Reader) -> None:
    row = {"questionId": "1c", "rowQuestion": {"title": "Cepat"}}
    google.forms["F1"]["items"] = [
        {"itemId": "1", "title": "Uraian\nMasalah", "questionItem": {"question": {"questionId": "1a"}}},
        {"itemId": "2", "title": "Saran", "questionItem": {"question": {"questionId": "1b"}}},
        {"itemId": "3", "title": "Nilai", "questionGroupItem": {"questions": [row]}},
        {"itemId": "4", "title": "Nama", "questionItem": {"question": {"questionId": "1d"}}},
        {"itemId": "5", "title": "Hiasan", "imageItem": {}},
    ]  # fmt: skip
    answers = {"1a": "Cerita", "1b": "Baik", "1c": "Ya", "1d": "Nama kedua", "0a": NAME, "99": "Terhapus"}
    google.responses["F1"] = [response(1, answers), response(2, answers)]
    found = reader.fetch().responses[0]
    assert {key: text for key, text in found.answers.items() if text} == {"nama": NAME, "uraian": "Cerita"}
    assert found.answers["nip"] == "", "a question that was left empty says so"
    assert found.others == {
        "Saran": "Baik",
        "Nilai [Cepat]": "Ya",
        "Nama lengkap": "Nama kedua",
        "Pertanyaan 99": "Terhapus",
    }
    assert google.count("GET /v1/forms/F1?") == 1


def test_the_account_fills_an_empty_email_answer_only(google: FakeGoogle, reader: Reader) -> None:
    google.responses["F1"] = [
        response(1, {"0a": NAME}, respondentEmail="akun@example.id"),
        response(2, {"0c": "sari@example.id"}, respondentEmail="akun@example.id"),
        response(3, {"0c": "akun@example.id"}, respondentEmail="akun@example.id"),
    ]
    first, second, third = reader.fetch().responses
    assert first.answers["email"] == "akun@example.id"
    assert (second.answers["email"], second.others) == ("sari@example.id", {"Akun Google pengirim": "akun@example.id"})
    assert third.others == {}


def test_uploaded_files_come_with_their_links(google: FakeGoogle, reader: Reader) -> None:
    google.files = {"B1": {"name": "a", "content": b"%PDF satu"}, "B2": {"name": "b", "content": b"%PDF dua"}}
    google.responses["F1"] = [response(1, {"0e": uploads("0e", "B1", "B2")})]
    (found,) = reader.fetch().responses
    assert found.answers["dokumen"] == "https://drive.google.com/open?id=B1\nhttps://drive.google.com/open?id=B2"
    assert [(a.name, a.content) for a in found.attachments] == [("B1.pdf", b"%PDF satu"), ("B2.pdf", b"%PDF dua")]
    assert found.problems == ()


def test_a_file_that_cannot_be_had_stays_a_link_and_a_problem(google: FakeGoogle, reader: Reader) -> None:
    big = file_uploads.LARGEST + 1
    google.files = {
        "B1": {"name": "a", "content": b"isi"},
        "B2": {"name": "b", "content": b"potong", "size": 99},
        "B3": {"name": "c", "content": b"", "size": big},
    }
    google.responses["F1"] = [response(1, {"0e": uploads("0e", "B1", "B2", "B3", "B4")}), response(2, {"0a": NAME})]
    first, second = reader.fetch().responses
    assert [a.name for a in first.attachments] == ["B1.pdf"]
    assert len(first.problems) == 3
    assert first.answers["dokumen"].count("https://") == 4
    assert not any("B2" in str(problem) for problem in first.problems)
    assert second.problems == ()


def test_a_token_without_drive_keeps_the_links(google: FakeGoogle, tmp_path: Path) -> None:
    scopes = ["https://www.googleapis.com/auth/forms.responses.readonly", "https://www.googleapis.com/auth/forms.body"]
    reader = Reader(google, fake_google.user_token(google, tmp_path / "t.json", scopes=scopes))
    google.responses["F1"] = [response(1, {"0e": uploads("0e", "B1")})]
    (found,) = reader.fetch().responses
    assert "drive.readonly" in found.problems[0].mend
    assert found.answers["dokumen"]


def test_files_of_filed_responses_are_not_downloaded_again(google: FakeGoogle, reader: Reader) -> None:
    google.files = {"B1": {"name": "a", "content": b"isi"}}
    google.responses["F1"] = [response(1, {"0e": uploads("0e", "B1")}), response(2, {"0e": uploads("0e", "B1")})]

    def wanted(one: Response) -> bool:
        return one.key == "T2"

    assert [len(r.attachments) for r in reader.fetch(wanted=wanted).responses] == [0, 1]
    assert google.count("alt=media") == 1


@pytest.mark.parametrize(
    "broken",
    [
        "teks",
        None,
        ["x"],
        {},
        {"responseId": 7, "answers": ["x"]},
        {"responseId": "T9", "createTime": "x", "lastSubmittedTime": "2026-13-45T00:00:00Z", "answers": {"0a": 5}},
        response(9, {"0a": {"textAnswers": {"answers": "x"}}}),
        response(9, {"0a": {"textAnswers": {"answers": [{"value": 5}]}}}),
        response(9, {"0e": {"fileUploadAnswers": {"answers": [{"fileName": "x"}]}}}),
    ],
)  # fmt: skip
def test_a_malformed_response_becomes_a_problem_and_stops_no_other(
    google: FakeGoogle, reader: Reader, broken: Any
) -> None:
    google.responses["F1"] = [response(1, {"0a": NAME}), broken, response(2, {"0a": NAME})]
    found = reader.fetch().responses
    assert len(found) == 3
    assert [r.answers.get("nama") for r in found].count(NAME) == 2
    (bad,) = (r for r in found if r.problems)
    assert all(problem.mend for problem in bad.problems)


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (401, b"{}", "kredensial"),
        (
            403,
            b'{"error":{"message":"The caller does not have permission","status":"PERMISSION_DENIED"}}',
            "client_email",
        ),
        (403, b'{"error":{"message":"Google Forms API has not been used in project 1 or it is disabled"}}', "Aktifkan"),
        (404, b"{}", "sumber.google.formulir"),
        (429, b"{}", "putaran berikut"),
        (500, b"<html>", "terganggu"),
        (503, b"{}", "terganggu"),
        (400, b"{}", "400"),
        (418, b"{}", "418"),
    ],
)
def test_a_refusal_names_cause_and_mend(
    google: FakeGoogle, reader: Reader, status: int, body: bytes, words: str
) -> None:
    google.fail("/responses", status, body=body, times=99)
    with pytest.raises(SourceFailed, match=words):
        reader.fetch()


def test_what_passes_by_itself_is_tried_again(google: FakeGoogle, reader: Reader) -> None:
    fill(google, 1)
    google.fail("/responses", 503)
    google.fail("/responses", 429, headers={"retry-after": "7"})
    assert len(reader.fetch().responses) == 1
    assert len(reader.pauses) == 2
    assert reader.pauses[1] == 7


def test_a_rate_limit_told_as_403_is_tried_again(google: FakeGoogle, reader: Reader) -> None:
    google.fail("/responses", 403, body=b'{"error":{"message":"Rate Limit Exceeded"}}')
    reader.fetch()
    assert len(reader.pauses) == 1


@pytest.mark.parametrize("status", [401, 404, 400])
def test_what_will_not_pass_is_not_tried_again(google: FakeGoogle, reader: Reader, status: int) -> None:
    google.fail("/responses", status, times=99)
    with pytest.raises(SourceFailed):
        reader.fetch()
    assert reader.pauses == []


def test_a_silent_server_is_a_failure_with_a_sentence(google: FakeGoogle, reader: Reader) -> None:
    google.fail("/responses", kind="silent", times=99)
    reader.patience = replace(reader.patience, timeout=0.3)
    with pytest.raises(SourceFailed, match="tidak menjawab"):
        reader.fetch()
    assert len(reader.pauses) == 2


def test_a_lost_connection_is_tried_again(google: FakeGoogle, reader: Reader) -> None:
    fill(google, 1)
    google.fail("/responses", kind="drop", times=3)
    assert len(reader.fetch().responses) == 1


def test_no_server_at_all_is_a_failure_with_a_sentence(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.GOOGLE, "http://127.0.0.1:1")
    with pytest.raises(SourceFailed, match="tidak dapat dihubungi"):
        reader.fetch()


@pytest.mark.parametrize("body", [b"<html><form>Masuk ke jaringan</form></html>", b'{"responses": [{"respon', b""])
def test_a_page_that_is_not_from_google_is_a_failure(google: FakeGoogle, reader: Reader, body: bytes) -> None:
    google.fail("/responses", 200, body=body, times=99)
    with pytest.raises(SourceFailed, match="bukan dari Google"):
        reader.fetch()


@pytest.mark.parametrize("body", [b"[]", b'{"responses": {}}', b'"x"'])
def test_a_listing_of_another_shape_is_a_failure(google: FakeGoogle, reader: Reader, body: bytes) -> None:
    google.fail("/responses", 200, body=body)
    with pytest.raises(SourceFailed):
        reader.fetch()


def test_a_failure_on_a_later_page_gives_nothing(google: FakeGoogle, reader: Reader) -> None:
    fill(google, 1500)
    original = google.answer

    def second_page_fails(method: str, path: str, query: Any, body: Any) -> Any:
        if "pageToken" in query:
            raise fake_google.Refused(404, "gone")
        return original(method, path, query, body)

    google.answer = second_page_fails  # type: ignore[method-assign]  # the server is the test's own
    with pytest.raises(SourceFailed):
        reader.fetch()


@pytest.mark.parametrize("status", [400, 410])
def test_a_page_that_has_expired_starts_the_listing_again(google: FakeGoogle, reader: Reader, status: int) -> None:
    fill(google, 1500)
    original, expired = google.answer, [True]

    def first_token_expires(method: str, path: str, query: Any, body: Any) -> Any:
        if "pageToken" in query and expired:
            expired.clear()
            raise fake_google.Refused(status, "Invalid page token")
        return original(method, path, query, body)

    google.answer = first_token_expires  # type: ignore[method-assign]  # the server is the test's own
    found = reader.fetch()
    assert (len(found.responses), found.cursor.count, google.count("pageToken")) == (1500, 1500, 2)


def test_a_page_that_always_expires_is_a_failure(google: FakeGoogle, reader: Reader) -> None:
    fill(google, 1500)
    original = google.answer

    def tokens_expire(method: str, path: str, query: Any, body: Any) -> Any:
        if "pageToken" in query:
            raise fake_google.Refused(400, "Invalid page token")
        return original(method, path, query, body)

    google.answer = tokens_expire  # type: ignore[method-assign]  # the server is the test's own
    with pytest.raises(SourceFailed):
        reader.fetch()
    assert google.count("pageToken") == 3


def test_a_page_that_leads_back_ends_the_listing_and_counts_as_no_complete_one(
    google: FakeGoogle, reader: Reader
) -> None:
    fill(google, 1500)
    before, original = Cursor(NOW - timedelta(days=2), NOW - timedelta(days=2), 4000), google.answer

    def leads_back(method: str, path: str, query: Any, body: Any) -> Any:
        page = original(method, path, query, body)
        return page | {"nextPageToken": "1000"} if path.endswith("/responses") else page

    google.answer = leads_back  # type: ignore[method-assign]  # the server is the test's own
    found = reader.fetch(before)
    assert (len(found.responses), {r.batch for r in found.responses}, found.cursor) == (1500, {""}, before)


def test_a_clock_that_was_once_ahead_does_not_stop_complete_listings(google: FakeGoogle, reader: Reader) -> None:
    fill(google, 10)
    ahead = reader.fetch(now=NOW + timedelta(days=400))
    found = reader.fetch(ahead.cursor, NOW)
    assert google.count("filter") == 0
    assert found.cursor.full_at == NOW
    reader.fetch(found.cursor, NOW + timedelta(minutes=5))
    assert google.count("filter") == 1


def test_a_dead_token_says_what_to_do(google: FakeGoogle, reader: Reader) -> None:
    google.dead_token = True
    with pytest.raises(SourceFailed, match="Masuk lagi"):
        reader.fetch()


def test_a_refreshed_token_does_not_change_the_secret_file(google: FakeGoogle, reader: Reader) -> None:
    before = reader.key.read_bytes()
    reader.fetch()
    assert google.count("POST /token") == 1
    assert reader.key.read_bytes() == before


def test_a_service_account_asks_only_to_read(google: FakeGoogle, tmp_path: Path) -> None:
    Reader(google, fake_google.service_account(google, tmp_path / "akun.json")).fetch()
    assert {scope.rpartition("/")[2] for scope in google.scopes} == {"forms.responses.readonly", "forms.body.readonly"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "tidak ada"),
        ("", "rusak"),
        ("[]", "bukan kredensial"),
        ("{}", "bukan kredensial"),
        ('{"installed": {}}', "OAuth"),
        ('{"type": "service_account"}', "tidak lengkap"),
        ('{"type": "authorized_user", "refresh_token": "x"}', "tidak lengkap"),
        ('{"type": "authorized_user", "scopes": ["x"]}', "izin"),
    ],
)
def test_a_bad_credential_file_says_what_to_do(
    google: FakeGoogle, tmp_path: Path, content: str | None, words: str
) -> None:
    key = tmp_path / "kunci.json"
    if content is not None:
        key.write_text(content)
    with pytest.raises(SourceFailed, match=words):
        Reader(google, key).fetch()


def test_another_address_than_loopback_is_never_sent_a_token(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.GOOGLE, "http://example.com")
    with pytest.raises(SourceFailed, match="pengujian"):
        reader.fetch()


def test_no_answer_stands_in_a_log_or_an_error(
    google: FakeGoogle, reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fill(google, 1)
    assert NAME not in repr(reader.fetch())
    cut = json.dumps({"responses": google.responses["F1"]}).encode()[:-5]
    google.fail("/responses", 200, body=cut)
    with pytest.raises(SourceFailed) as caught:
        reader.fetch()
    assert NAME not in str(caught.value)
    assert NAME not in caplog.text


@pytest.mark.parametrize("cursor", [Cursor(), Cursor(NOW, NOW - timedelta(hours=1), 7)])
def test_a_cursor_survives_json(cursor: Cursor) -> None:
    assert Cursor.from_dict(json.loads(json.dumps(cursor.to_dict()))) == cursor


@pytest.mark.parametrize(
    "data", [{}, {"since": 5}, {"since": "x"}, {"since": "2026-01-01T00:00:00"}, {"count": None}, []]
)
def test_a_broken_cursor_is_a_new_one(data: Any) -> None:
    assert Cursor.from_dict(data) == Cursor()
