"""A loopback server that speaks the parts of Google Forms v1 and Drive v3 that Payung uses.

Bodies are checked against Google's own discovery document; ids, titles, masks and revisions as the real service
checks them. Faults are queued with ``fail``.
"""

import base64
import copy
import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from processor.foundation import settings

Json = dict[str, Any]
SCHEMAS: Json = json.loads(
    (files("googleapiclient") / "discovery_cache" / "documents" / "forms.v1.json").read_text("utf-8")
)["schemas"]
FORM_TYPE = "application/vnd.google-apps.form"


class Refused(Exception):
    """What the service answers instead of a result."""

    def __init__(self, status: int, message: str, reason: str = "badRequest") -> None:
        super().__init__(message)
        self.status, self.message, self.reason = status, message, reason


@dataclass
class Fault:
    """What happens to the next ``times`` requests whose path holds ``path``."""

    path: str
    status: int = 0
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)
    times: int = 1
    kind: str = "answer"  # or silent, drop (before the work is done), drop-after


class FakeGoogle:
    """The state of the service: forms, their responses, files; and what was asked of it."""

    def __init__(self) -> None:
        self.forms: dict[str, Json] = {}
        self.responses: dict[str, list[Any]] = {}
        self.files: dict[str, Json] = {}
        self.faults: list[Fault] = []
        self.requests: list[str] = []
        self.scopes: set[str] = set()
        self.dead_token = False
        self.url = ""
        self._made = 0

    def fail(self, path: str, status: int = 0, **how: Any) -> None:
        self.faults.append(Fault(path, status, **how))

    def count(self, text: str) -> int:
        """How many requests held ``text``."""
        return sum(text in request for request in self.requests)

    def new_form(self, form_id: str, items: list[Json] | None = None, **info: str) -> Json:
        self.forms[form_id] = {
            "formId": form_id,
            "info": {"title": "Formulir", "documentTitle": "Formulir", **info},
            "items": items or [],
            "revisionId": "r1",
            "responderUri": f"https://docs.google.com/forms/d/e/{form_id}x/viewform",
            "publishSettings": {"publishState": {"isPublished": False, "isAcceptingResponses": False}},
        }
        self.responses.setdefault(form_id, [])
        return self.forms[form_id]

    def take_fault(self, path: str) -> Fault | None:
        for fault in self.faults:
            if fault.path in path and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    def answer(self, method: str, path: str, query: Mapping[str, str], body: Any) -> Any:
        if not path:
            raise Refused(401, "Invalid credentials", "authError")
        if path == "/token":
            return self._token(body)
        if match := re.fullmatch(r"/v1/forms/([^/:]+)/responses", path):
            return self._list(match[1], query)
        if match := re.fullmatch(r"/v1/forms/([^/:]+):(\w+)", path):
            return {"batchUpdate": self._batch, "setPublishSettings": self._publish}[match[2]](match[1], body)
        if match := re.fullmatch(r"/v1/forms/([^/:]+)", path):
            return copy.deepcopy(self._form(match[1]))
        if path == "/v1/forms" and method == "POST":
            return self._create(body)
        if path == "/drive/v3/files":
            return self._find(query["q"])
        if match := re.fullmatch(r"/drive/v3/files/([^/]+)", path):
            return self._file(match[1], query)
        raise Refused(404, "Not Found", "notFound")

    def _token(self, body: Mapping[str, str]) -> Json:
        if self.dead_token:
            raise Refused(400, "Token has been expired or revoked.", "invalid_grant")
        if "assertion" in body:
            claims = body["assertion"].split(".")[1]
            self.scopes |= set(json.loads(base64.urlsafe_b64decode(claims + "=="))["scope"].split())
        return {"access_token": "rahasia", "expires_in": 3600, "token_type": "Bearer"}

    def _form(self, form_id: str) -> Json:
        if form_id not in self.forms:
            raise Refused(404, "Requested entity was not found.", "notFound")
        return self.forms[form_id]

    def _list(self, form_id: str, query: Mapping[str, str]) -> Json:
        self._form(form_id)
        found = list(self.responses[form_id])
        if text := query.get("filter"):
            match = re.fullmatch(r"timestamp (>=|>) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)", text)
            if match is None:
                raise Refused(400, "Invalid filter")
            found = [r for r in found if r["lastSubmittedTime"][:19] >= match[2][:19]]
        size, start = int(query.get("pageSize", 5000)), int(query.get("pageToken", 0))
        page: Json = {"responses": found[start : start + size]} if found[start:] else {}
        if start + size < len(found):
            page["nextPageToken"] = str(start + size)
        return page

    def _create(self, body: Json) -> Json:
        check("Form", body)
        if set(body) != {"info"} or not set(body["info"]) <= {"title", "documentTitle"}:
            raise Refused(400, "Only info.title can be set when creating a form.")
        one_line(body["info"]["title"])
        self._made += 1
        form = self.new_form(f"BUATAN{self._made}", **body["info"])
        self.files[form["formId"]] = {"name": body["info"].get("documentTitle", ""), "mimeType": FORM_TYPE}
        return copy.deepcopy(form)

    def _publish(self, form_id: str, body: Json) -> Json:
        check("SetPublishSettingsRequest", body)
        state = body["publishSettings"]["publishState"]
        if set(state) != {"isPublished", "isAcceptingResponses"}:
            raise Refused(400, "Both fields must be set.")
        self._form(form_id)["publishSettings"] = body["publishSettings"]
        return {"formId": form_id, **body}

    def _batch(self, form_id: str, body: Json) -> Json:
        check("BatchUpdateFormRequest", body)
        form = copy.deepcopy(self._form(form_id))
        required = body.get("writeControl", {}).get("requiredRevisionId")
        if required is not None and required != form["revisionId"]:
            raise Refused(400, "The form has been modified since the required revision.")
        for request in body["requests"]:
            ((kind, detail),) = request.items()
            {"updateFormInfo": _update_info, "createItem": _create_item, "updateItem": _update_item}[kind](form, detail)
        form["revisionId"] = f"r{int(form['revisionId'][1:]) + 1}"
        self.forms[form_id] = form
        return {"replies": [{} for _ in body["requests"]], "writeControl": {"requiredRevisionId": form["revisionId"]}}

    def _find(self, query: str) -> Json:
        match = re.match(r"name = '((?:[^'\\]|\\.)*)' and trashed = false", query)
        assert match is not None
        name = re.sub(r"\\(.)", r"\1", match[1])
        return {"files": [{"id": i} for i, file in self.files.items() if file["name"] == name]}

    def _file(self, file_id: str, query: Mapping[str, str]) -> Any:
        if file_id not in self.files:
            raise Refused(404, "File not found", "notFound")
        content: bytes = self.files[file_id]["content"]
        return content if query.get("alt") == "media" else {"size": str(self.files[file_id].get("size", len(content)))}


def _update_info(form: Json, detail: Json) -> None:
    for name in detail["updateMask"].split(","):
        form["info"][name] = detail["info"][name]


def _create_item(form: Json, detail: Json) -> None:
    item, index = copy.deepcopy(detail["item"]), detail["location"]["index"]
    if not 0 <= index <= len(form["items"]):
        raise Refused(400, "index out of range")
    _check_item(item)
    question = item.get("questionItem", {}).get("question", {})
    if "fileUploadQuestion" in question:
        raise Refused(400, "File upload questions cannot be created.")
    for found in form["items"]:
        asked = found.get("questionItem", {}).get("question", {})
        if found["itemId"] == item.get("itemId") or (
            question and asked.get("questionId") == question.get("questionId")
        ):
            raise Refused(400, "The ID is already in use.")
    item.setdefault("itemId", f"{len(form['items']):08x}")
    form["items"].insert(index, item)


def _update_item(form: Json, detail: Json) -> None:
    index = detail["location"]["index"]
    if not 0 <= index < len(form["items"]) or not detail.get("updateMask"):
        raise Refused(400, "location or updateMask is wrong")
    _check_item(detail["item"])
    for path in detail["updateMask"].split(","):
        target, source = form["items"][index], detail["item"]
        *above, last = path.split(".")
        for name in above:
            target, source = target.setdefault(name, {}), source.get(name, {})
        target.pop(last, None)
        if last in source:
            target[last] = copy.deepcopy(source[last])


def _check_item(item: Json) -> None:
    one_line(item.get("title", ""))
    question = item.get("questionItem", {}).get("question", {})
    for name in (item.get("itemId", "0" * 8), question.get("questionId", "0" * 8)):
        if not re.fullmatch(r"[0-9a-f]{8}", name):
            raise Refused(400, "Invalid ID")
    values = [option["value"] for option in question.get("choiceQuestion", {}).get("options", [])]
    for value in values:
        one_line(value)
    if len(values) != len(set(values)):
        raise Refused(400, "Choices must be unique.")


def one_line(text: str) -> None:
    if "\n" in text:
        raise Refused(400, "Displayed text cannot contain newlines")


def check(schema: str, value: Any, path: str = "") -> None:
    """Refuse what Google's discovery document does not know, as the real service does."""
    for name, inner in value.items():
        known = SCHEMAS[schema]["properties"].get(name)
        if known is None:
            raise Refused(400, f'Invalid JSON payload received. Unknown name "{name}" at "{path}": Cannot find field.')
        for entry in inner if known.get("type") == "array" else [inner]:
            if ref := known.get("$ref") or known.get("items", {}).get("$ref"):
                check(ref, entry, f"{path}.{name}")


def _handler(google: FakeGoogle) -> type[BaseHTTPRequestHandler]:  # noqa: C901  one class, made for one service
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._serve("GET")

        def do_POST(self) -> None:
            self._serve("POST")

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name in the base class
            pass

        def _serve(self, method: str) -> None:
            parts = urlsplit(self.path)
            path = unquote(parts.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            raw = self.rfile.read(int(self.headers.get("content-length") or 0))
            google.requests.append(f"{method} {path}?{unquote(parts.query)}")
            fault = google.take_fault(path)
            if fault and fault.kind == "drop":
                self.close_connection = True
                return
            if fault and fault.kind == "silent":
                self.rfile.read(1)  # until the other side hangs up
                self.close_connection = True
                return
            if fault and fault.kind == "answer":
                self._send(fault.status, fault.body, fault.headers)
                return
            status, body = self._result(method, path, query, raw)
            if fault and fault.kind == "drop-after":
                self.close_connection = True
                return
            self._send(status, body, {})

        def _result(self, method: str, path: str, query: Mapping[str, str], raw: bytes) -> tuple[int, bytes]:
            form = "form-urlencoded" in (self.headers.get("content-type") or "")
            body = {n: v[0] for n, v in parse_qs(raw.decode()).items()} if form else json.loads(raw or b"{}")
            allowed = path == "/token" or self.headers.get("authorization") == "Bearer rahasia"
            try:
                result = google.answer(method, path if allowed else "", query, body)
            except Refused as error:
                if path == "/token":
                    return error.status, json.dumps(
                        {"error": error.reason, "error_description": error.message}
                    ).encode()
                detail = {"code": error.status, "message": error.message, "errors": [{"reason": error.reason}]}
                return error.status, json.dumps({"error": detail}).encode()
            return 200, result if isinstance(result, bytes) else json.dumps(result).encode()

        def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
            self.send_response(status)
            kind = "text/html" if body.startswith(b"<") else "application/json"
            for name, value in {"content-type": kind, "content-length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    return Handler


@contextmanager
def serve() -> Iterator[FakeGoogle]:
    """A running service on 127.0.0.1; the program takes it for Google meanwhile."""
    google = FakeGoogle()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(google))
    server.daemon_threads = True
    google.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv(settings.GOOGLE, google.url)
            yield google
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


_KEY: list[str] = []


def service_account(google: FakeGoogle, path: Path) -> Path:
    """A service account's key file whose tokens ``google`` gives out."""
    if not _KEY:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        kind, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        _KEY.append(key.private_bytes(serialization.Encoding.PEM, kind, plain).decode())
    info = {
        "type": "service_account",
        "project_id": "contoh",
        "private_key_id": "1",
        "private_key": _KEY[0],
        "client_email": "payung@contoh.iam.gserviceaccount.com",
        "token_uri": f"{google.url}/token",
    }
    path.write_text(json.dumps(info))
    return path


def user_token(google: FakeGoogle, path: Path, **more: Any) -> Path:
    """A stored OAuth token of a person."""
    info = {"type": "authorized_user", "client_id": "a", "client_secret": "b", "refresh_token": "c"}
    path.write_text(json.dumps(info | {"token_uri": f"{google.url}/token"} | more))
    return path


def response(number: int, answers: Mapping[str, Any], sent: str = "", **more: Any) -> Json:
    """A response as the list gives it; a text answer for each question id."""
    time_ = sent or f"2026-01-05T{number // 60 % 24:02}:{number % 60:02}:00Z"
    texts = {
        i: a if isinstance(a, dict) else {"questionId": i, "textAnswers": {"answers": [{"value": a}]}}
        for i, a in answers.items()
    }
    return {"responseId": f"T{number}", "createTime": time_, "lastSubmittedTime": time_, "answers": texts, **more}


def uploads(question_id: str, *ids: str) -> Json:
    """The answer to a file question."""
    made = [{"fileId": i, "fileName": f"{i}.pdf", "mimeType": "application/pdf"} for i in ids]
    return {"questionId": question_id, "fileUploadAnswers": {"answers": made}}
