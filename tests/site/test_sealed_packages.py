"""Sealed packages -> Responses -> cases: what is sound is filed once, what is not is put aside and stops nothing."""

import hashlib
import io
import json
import os
import random
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook  # type: ignore[import-untyped]
from PIL import Image

from processor.cases import office_keys
from processor.cases.dossier import attachments
from processor.cases.records import ShownTerms
from processor.foundation import loopback
from processor.foundation.errors import Problem
from processor.foundation.form_definition import Form
from processor.site import applicant_code, aside_cap, attachment_types, package_content, sealed_packages, virus_scanner
from processor.site.endpoint import LARGEST, Endpoint
from processor.site.package_lanes import EndpointLimits
from processor.site.sealed_packages import OpenedPackage
from tests import fake_clamd, office
from tests.effort import MANY
from tests.office import FORM
from tests.packages import PDF, dropped, said, sealed
from tests.site.test_endpoint import ask


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> office_keys.OfficeKeys:
    """The office's keys."""
    return office.keys(tmp_path_factory.mktemp("kunci"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where packages wait."""
    return tmp_path / "masuk" / "kiriman"


def fetched(
    folder: Path,
    keys: office_keys.OfficeKeys,
    scan: sealed_packages.Scan = sealed_packages.unscanned,
    *,
    aside: bool = True,
    again: Callable[[Path], bool] = bool,
    copying: float = 900,
) -> tuple[list[OpenedPackage], list[Problem]]:
    """All batches of one pass."""
    packages: list[OpenedPackage] = []
    problems: list[Problem] = []
    for some, wrong in sealed_packages.open_waiting(
        folder, keys.open, FORM, scan, aside=aside, again=again, copying=copying
    ):
        packages += some
        problems += wrong
    return packages, problems


def aside(folder: Path) -> dict[str, str]:
    """What was put aside, with the reason."""
    return {
        path.stem: path.with_name(path.stem + sealed_packages.REASON).read_text("utf-8")
        for path in (folder / sealed_packages.ASIDE).glob("*.age")
    }


def test_a_package_is_a_response_of_the_moment_at_which_it_arrived(folder: Path, keys: office_keys.OfficeKeys) -> None:
    path = dropped(folder, sealed(keys, said(1, {"surat.pdf": PDF}, jawaban={"nama": " Budi ", "lain": "x"})))
    os.utime(path, (1_700_000_000, 1_700_000_000))
    (package,), problems = fetched(folder, keys)
    response = package.response
    assert problems == []
    assert (response.source, response.key) == ("situs", said(1)["kunci"])
    assert response.submitted is not None
    assert response.submitted.timestamp() == 1_700_000_000
    assert (response.created, response.batch) == (None, "")
    assert response.answers == {question.kunci: "" for question in FORM.pertanyaan} | {"nama": "Budi"}
    assert response.others == {"lain": "x"}
    assert [(one.name, one.content) for one in response.attachments] == [("surat.pdf", PDF)]
    assert (package.completes, package.left_out) == ("", False)


def test_an_addition_names_its_case_and_answers_no_question_anew(folder: Path, keys: office_keys.OfficeKeys) -> None:
    dropped(folder, sealed(keys, said(untuk="ab" * 32, jawaban={"keterangan": "Susulan", "email": "a@example.org"})))
    (package,), _ = fetched(folder, keys)
    assert (package.completes, package.response.answers) == (applicant_code.locator_of("ab" * 32), {})
    assert package.response.others.items() >= {"keterangan": "Susulan", "email": "a@example.org"}.items()


@pytest.mark.parametrize("digest", ["", FORM.ketentuan.digest, "ab" * 32])
def test_a_package_tells_which_terms_its_page_showed(folder: Path, keys: office_keys.OfficeKeys, digest: str) -> None:
    dropped(folder, sealed(keys, said() | ({"ketentuan": digest} if digest else {})))
    (package,), _ = fetched(folder, keys)
    ours, other = ShownTerms.of(FORM.ketentuan), ShownTerms("tidak diketahui", digest)
    assert package.response.terms == (other if digest == "ab" * 32 else ours)


@pytest.mark.parametrize("version", [None, 1, 2])
def test_what_an_older_page_did_not_ask_is_not_asked(
    folder: Path, keys: office_keys.OfficeKeys, version: int | None
) -> None:
    questions = [q.model_copy(update={"sejak": 2}) if q.kunci in {"nip", "alamat"} else q for q in FORM.pertanyaan]
    form = Form.model_validate({**FORM.model_dump(), "pertanyaan": [q.model_dump() for q in questions]})
    dropped(folder, sealed(keys, said(jawaban={"nip": "1"}) | ({"formulir": version} if version else {})))
    ((package,), _) = next(sealed_packages.open_waiting(folder, keys.open, form))
    assert package.response.not_asked == (set() if version == 2 else {"alamat", "mendesak", "tanggal_mendesak"})


def test_a_clock_that_runs_ahead_brings_no_request_from_the_future(folder: Path, keys: office_keys.OfficeKeys) -> None:
    os.utime(dropped(folder, sealed(keys, said())), (9e9, 9e9))
    (package,), _ = fetched(folder, keys)
    assert package.response.submitted is not None
    assert package.response.submitted.timestamp() <= time.time()


def test_from_the_browser_to_a_case_with_a_sealed_attachment(tmp_path: Path, folder: Path) -> None:
    register = office.register(tmp_path)
    keys = office.keys(tmp_path / "kunci")
    with loopback.answering(Endpoint(folder, EndpointLimits(spare=0)), loopback.bind(0, "")) as address:
        for person in (1, 2, 1):
            assert ask(address, sealed(keys, said(person, {"surat.pdf": PDF})))[0] == 201
    packages, problems = fetched(folder, keys)
    assert (len(packages), problems) == (3, [])
    outcomes = office.file(register, *(package.response for package in packages))
    for package, outcome in zip(packages, outcomes, strict=True):
        sealed_packages.remove_package(package, outcome.number, office.START.date())
    assert [outcome.kind for outcome in outcomes].count("baru") == 2, "one request was sealed twice"
    assert register.numbers() == ["BH-2026-0001", "BH-2026-0002"]
    assert dict(attachments(register, "BH-2026-0001")) == {"1-surat.pdf": PDF}
    assert not [path for path in register.folder.rglob("*") if path.is_file() and PDF in path.read_bytes()]
    assert sealed_packages.waiting_packages(folder) == ()


def test_words_that_no_file_can_hold_are_filed_all_the_same(tmp_path: Path, folder: Path) -> None:
    register, keys = office.register(tmp_path), office.keys(tmp_path / "kunci")
    strange = "a\ud83d \x00\x1b[31m \u202e {{ nama }} <script>\n--- \n!!python/object \U0001f600"
    answers = dict.fromkeys((question.kunci for question in FORM.pertanyaan), strange) | {strange[:60]: strange}
    dropped(folder, sealed(keys, said(1, {strange: PDF}, jawaban=answers)))
    (package,), problems = fetched(folder, keys)
    office.file(register, package.response)
    assert (problems, register.read("BH-2026-0001").problems) == ([], ())


def image(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, kind)
    return out.getvalue()


def saved(document: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    document(out)
    return out.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    """A ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def types(kind: str, name: str) -> bytes:
    """The list of types of an office document whose main part has a name of its own."""
    main = {"word": "wordprocessingml.document", "spread": "spreadsheetml.sheet"}[kind]
    return (
        f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{main}.main+xml" '
        f'PartName="/word/{name}.xml"/></Types>'
    ).encode()


DOCX, XLSX = saved(Document().save), saved(Workbook().save)
ODF = b"application/vnd.oasis.opendocument."
ODT = archive({"mimetype": ODF + b"text", "content.xml": b"<a/>"})


@pytest.mark.parametrize(
    ("content", "endings"),
    [
        (PDF, (".pdf",)),
        (image("JPEG"), (".jpg", ".jpeg")),
        (image("PNG"), (".png",)),
        (image("WEBP"), (".webp",)),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", (".heic", ".heif")),
        (DOCX, (".docx",)),
        (XLSX, (".xlsx",)),
        (ODT, (".odt",)),
        ("Kronologi\r\n\tsatu – dua\n".encode(), (".txt",)),
        ("\ufeff\u200e12/11/26 09.15 - Budi\u00a0R: 👩‍⚖️".encode(), (".txt",)),
        (b"\r\n" + PDF, (".pdf",)),
        (b"", ()),
        (b" \n", ()),
        (b"MZ\x90\x00 program", ()),
        (b"\x7fELF\x02\x01", ()),
        (b"GIF89a\x01\x00", ()),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ()),
        (b"Rar!\x1a\x07\x00", ()),
        (b"\x1f\x8b\x08\x00", ()),
        (b"<html>\x00", ()),
        (b"RIFF\x00\x00\x00\x00WAVE", ()),
        (archive({"surat.pdf": PDF}), ()),
        (archive({"word/document.xml": b""}), ()),
        (archive({"[Content_Types].xml": types("word", "document2"), "word/document2.xml": b""}), (".docx",)),
        (archive({"[Content_Types].xml": types("spread", "buku"), "word/buku.xml": b""}), (".xlsx",)),
        (archive({"[Content_Types].xml": types("word", "document2"), "word/document.bin": b""}), ()),
        (archive({"[Content_Types].xml": b" " * 2**19 + types("word", "document2"), "word/document2.xml": b""}), ()),
        (DOCX[:-200], ()),
        (b"PK\x03\x04" + b"x" * 500, ()),
        (b"MZ" + DOCX, ()),
        (archive({"mimetype": ODF + b"text", "Basic/script-lc.xml": b""}), ()),
        (archive({"mimetype": ODF + b"graphics", "content.xml": b""}), ()),
    ],
)
def test_a_kind_is_told_by_the_content_alone(content: bytes, endings: tuple[str, ...]) -> None:
    assert attachment_types.accepted_endings(content) == endings


def test_macros_are_not_accepted() -> None:
    with zipfile.ZipFile(out := io.BytesIO(DOCX), "a") as made:
        made.writestr("word/vbaProject.bin", b"")
    assert attachment_types.accepted_endings(out.getvalue()) == ()


def test_a_zip_of_a_million_parts_is_not_even_listed() -> None:
    part = DOCX[DOCX.index(b"PK\x01\x02") :][:60]
    content = b"PK\x03\x04" + part * 100_000
    tracemalloc.start()
    assert attachment_types.accepted_endings(content) == ()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < len(content) * 2, "a list of all parts takes many times as much"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("surat.PDF", "surat.PDF"),
        ("surat", "surat.pdf"),
        ("surat.pdf.exe", "surat.pdf.exe.pdf"),
        ("faktur\u202efdp.hta", "fakturfdp.hta.pdf"),
        ("../../etc/passwd", "../../etc/passwd.pdf"),
        ("\x00\n", "lampiran.pdf"),
        ("a" * 300, "a" * 120 + ".pdf"),
    ],
)
def test_a_name_only_gains_an_ending(given: str, kept: str) -> None:
    assert attachment_types.safe_name(given, (".pdf",)) == kept


def test_a_name_is_never_a_path(tmp_path: Path, folder: Path) -> None:
    register, keys = office.register(tmp_path), office.keys(tmp_path / "kunci")
    dropped(folder, sealed(keys, said(1, {"../../../lolos.pdf": PDF, "/etc/cron.d/x": PDF, "C:\\x.pdf": PDF})))
    before = {path for path in tmp_path.rglob("*") if "BH-2026" not in str(path)}
    (package,), _ = fetched(folder, keys)
    office.file(register, package.response)
    case = register.path("BH-2026-0001")
    assert sorted(path.name for path in (case / "lampiran").iterdir()) == ["1.age", "2.age", "3.age"]
    assert all("/" not in name and "\\" not in name for name, _ in attachments(register, "BH-2026-0001"))
    after = {path for path in tmp_path.rglob("*") if "BH-2026" not in str(path)}
    assert {path.relative_to(tmp_path).parts[0] for path in after - before} <= {"register"}


def test_an_attachment_that_is_refused_does_not_stop_the_request_and_is_not_lost(
    folder: Path, keys: office_keys.OfficeKeys
) -> None:
    path = dropped(folder, sealed(keys, said(1, {"budi.exe": b"MZ\x90\x00", "surat.pdf": PDF})))
    content = path.read_bytes()
    (package,), problems = fetched(folder, keys)
    assert (problems, package.left_out) == ([], True)
    (finding,) = package.response.problems
    assert (finding.place, "Lampiran ke-1 kosong atau bukan PDF" in finding.message) == ("Dokumen pendukung", True)
    assert "budi" not in str(finding)
    assert [one.name for one in package.response.attachments] == ["surat.pdf"]
    sealed_packages.remove_package(package, "BH-2026-0001", office.START.date())
    assert "BH-2026-0001 sudah didaftarkan" in aside(folder)["a"]
    assert (folder / sealed_packages.ASIDE / "a.age").read_bytes() == content


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


BAD: dict[str, Callable[[office_keys.OfficeKeys], bytes]] = {
    "no age file": lambda _: b"PK\x03\x04",
    "a header without end": lambda _: b"age-encryption.org/v1\n" + b"-> X25519 abc\ndef\n" * 20_000 + b"--- mac\n",
    "more than the endpoint takes": lambda keys: sealed(keys, said()) + bytes(LARGEST),
    "without padding": lambda keys: keys.seal(json.dumps(said()).encode()),
    "no JSON": lambda keys: keys.seal(applicant_code.pad(b"\xff\xfe{")),
    "nested without end": lambda keys: keys.seal(applicant_code.pad(nested(200_000))),
    "a list": lambda keys: sealed(keys, [said()]),
    "nothing": lambda keys: sealed(keys, {}),
    "another version": lambda keys: sealed(keys, said(v=2)),
    "an unknown key": lambda keys: sealed(keys, said(perintah="rm")),
    "a key that is a path": lambda keys: sealed(keys, said(kunci="../../../x")),
    "a locator that is none": lambda keys: sealed(keys, said(untuk="*")),
    "answers that are a list": lambda keys: sealed(keys, said(jawaban=["nama"])),
    "an answer that is a number": lambda keys: sealed(keys, said(jawaban={"nama": 1})),
    "too many answers": lambda keys: sealed(keys, said(jawaban={f"a{n}": "" for n in range(61)})),
    "a million lines": lambda keys: sealed(keys, said(jawaban={"uraian": "a\n" * 1_000_000})),
    "twice as long as asked for": lambda keys: sealed(keys, said(jawaban={"nama": "a" * 301})),
    "a long answer to nothing": lambda keys: sealed(keys, said(jawaban={"lain": "a" * 50_001})),
    "too many files": lambda keys: sealed(
        keys, said(1, {f"{n}.pdf": PDF for n in range(package_content.MOST_FILES + 1)})
    ),
    "files too large": lambda keys: sealed(keys, said(1, {"a.pdf": PDF + bytes(package_content.MOST_BYTES)})),
    "a file that is no base64": lambda keys: sealed(keys, said(lampiran=[{"nama": "a", "isi": "%%%%"}])),
    "a file that is a number": lambda keys: sealed(keys, said(lampiran=[{"nama": "a", "isi": 7}])),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_hostile_package_is_put_aside_with_its_reason_and_the_next_is_taken(
    folder: Path, keys: office_keys.OfficeKeys, kind: str
) -> None:
    content = BAD[kind](keys)
    dropped(folder, content, "buruk")
    dropped(folder, sealed(keys, said()), "sah")
    packages, (problem,) = fetched(folder, keys)
    assert [package.path.stem for package in packages] == ["sah"]
    assert (folder / sealed_packages.ASIDE / "buruk.age").read_bytes() == content
    assert aside(folder) == {"buruk": f"{problem.message}\n"}
    assert Path(problem.place) == folder / sealed_packages.ASIDE / "buruk.age"
    assert problem.message.endswith(".")


BROKEN_ON_THE_WAY: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "begun": lambda whole: whole[:50],
    "cut off": lambda whole: whole[:-9],
    "changed": lambda whole: whole[:-9] + b"123456789",
}


@pytest.mark.parametrize(
    ("kind", "named"), [*((kind, True) for kind in BROKEN_ON_THE_WAY), ("empty", False), ("cut off", False)]
)
def test_what_did_not_arrive_whole_waits_quietly_and_is_fetched_again(
    folder: Path, keys: office_keys.OfficeKeys, kind: str, *, named: bool
) -> None:
    whole = sealed(keys, said())
    name, content = hashlib.sha256(whole).hexdigest() if named else "a", BROKEN_ON_THE_WAY[kind](whole)
    path = dropped(folder, content, name)
    assert fetched(folder, keys) == ([], []), "it may still be growing"
    _, (problem,) = fetched(folder, keys, copying=0)
    assert (problem.place, "Ambil lagi dari server" in problem.mend) == (str(path), True)
    assert "hapus" not in str(problem).lower()
    assert path.read_bytes() == content
    path.write_bytes(whole)
    assert [package.path for package in fetched(folder, keys)[0]] == [path]


def test_a_package_that_was_sent_broken_does_not_wait_for_a_better_copy(
    folder: Path, keys: office_keys.OfficeKeys
) -> None:
    content = sealed(keys, said())[:-9]
    name = hashlib.sha256(content).hexdigest()
    dropped(folder, content, name)
    fetched(folder, keys)
    assert aside(folder).keys() == {name}


def test_a_package_for_another_office_says_how_an_old_key_is_added(
    folder: Path, keys: office_keys.OfficeKeys, tmp_path: Path
) -> None:
    dropped(folder, sealed(office.keys(tmp_path / "lain"), said()))
    _, (problem,) = fetched(folder, keys)
    assert "tambahkan kunci lama" in problem.message


def test_an_answer_that_is_somewhat_long_is_read_whole(folder: Path, keys: office_keys.OfficeKeys) -> None:
    dropped(folder, sealed(keys, said(jawaban={"nama": "a" * 300, "lain": "b" * 50_000})))
    (package,), problems = fetched(folder, keys)
    assert problems == []
    assert (package.response.answers["nama"], package.response.others["lain"]) == ("a" * 300, "b" * 50_000)


@pytest.mark.parametrize(("files", "size"), [(3, 10**9), (1000, 3 * 30)])
def test_the_folder_of_damaged_packages_has_a_cap_and_what_is_beyond_is_told_once(
    folder: Path, keys: office_keys.OfficeKeys, monkeypatch: pytest.MonkeyPatch, files: int, size: int
) -> None:
    monkeypatch.setattr(aside_cap, "FILES", files)
    monkeypatch.setattr(aside_cap, "SIZE", size)
    for number in range(8):
        os.utime(dropped(folder, b"x" * 30, f"a{number}"), (number, number))
    dropped(folder, sealed(keys, said()), "sah")
    packages, problems = fetched(folder, keys)
    assert [package.path.stem for package in packages] == ["sah"]
    assert sorted(aside(folder)) == ["a0", "a1", "a2"]
    assert [path.name for path in folder.glob("*.age")] == ["sah.age"]
    assert (len(problems), problems[-1].place) == (4, str(folder / sealed_packages.ASIDE))
    assert "jadi 5 kiriman lain" in problems[-1].message
    dropped(folder, b"x" * 30, "b")
    _, (problem,) = fetched(folder, keys)
    assert "jadi 1 kiriman lain" in problem.message


def test_a_simulation_moves_nothing(folder: Path, keys: office_keys.OfficeKeys) -> None:
    dropped(folder, b"bukan", "buruk")
    _, (problem,) = fetched(folder, keys, aside=False)
    assert Path(problem.place) == folder / "buruk.age"
    assert [path.name for path in folder.iterdir()] == ["buruk.age"]


def test_what_is_half_written_is_not_looked_at(folder: Path, keys: office_keys.OfficeKeys) -> None:
    folder.mkdir(parents=True)
    (folder / ".kiriman.1234abcd.tmp").write_bytes(b"age-encryption.org/v1\n")
    (folder / sealed_packages.ASIDE).mkdir()
    assert fetched(folder, keys) == ([], [])
    assert fetched(folder / "tiada", keys) == ([], [])


def test_many_packages_come_in_batches_oldest_first(folder: Path, keys: office_keys.OfficeKeys) -> None:
    for number in range(450):
        os.utime(dropped(folder, sealed(keys, said(number)), f"{number % 7}-{number}"), (number, number))
    batches = [some for some, _ in sealed_packages.open_waiting(folder, keys.open, FORM)]
    assert [len(batch) for batch in batches] == [200, 200, 50]
    assert [package.path.stem.split("-")[1] for batch in batches for package in batch] == [str(n) for n in range(450)]


def test_thousands_of_generated_packages_stop_nothing(folder: Path, keys: office_keys.OfficeKeys) -> None:
    chance = random.Random(2026)
    valid = sealed(keys, said(1, {"surat.pdf": PDF}))
    for batch in range(MANY // 500):
        _stop_nothing(folder / str(batch), keys, [generated(chance, keys, valid) for _ in range(500)], valid)


def _stop_nothing(waiting: Path, keys: office_keys.OfficeKeys, contents: Sequence[bytes], valid: bytes) -> None:
    for number, content in enumerate(contents):
        dropped(waiting, content, f"{number:05}")
    packages, problems = fetched(waiting, keys, copying=0)
    assert len(packages) + len(problems) == len(contents) < aside_cap.FILES
    assert len(packages) >= contents.count(valid) > len(contents) // 100
    waits = [problem for problem in problems if Path(problem.place).parent == waiting]
    assert len(aside(waiting)) == len(problems) - len(waits) > len(contents) // 4


def generated(chance: random.Random, keys: office_keys.OfficeKeys, valid: bytes) -> bytes:
    """A package that is hostile on the outside, inside, in what it says, or not at all."""
    match chance.randrange(5):
        case 0:
            return b"age-encryption.org/v1\n" * chance.randrange(2) + chance.randbytes(chance.randrange(300))
        case 1 | 2:
            return damaged(chance, valid)
        case 3:
            inner = damaged(chance, json.dumps(said(1, {"surat.pdf": PDF})).encode())
            return keys.seal(applicant_code.pad(inner) if chance.random() < 0.9 else inner)
        case _:
            parts: dict[str, object] = {name: thing(chance, 0) for name in said() if chance.random() < 0.2}
            return sealed(keys, said() | parts) if parts else valid


def damaged(chance: random.Random, content: bytes) -> bytes:
    """``content`` with bytes changed, taken out, put in or repeated."""
    for _ in range(chance.randrange(1, 5)):
        at, length = chance.randrange(len(content) + 1), chance.randrange(1, 90)
        new = chance.choice([b"", chance.randbytes(length), content[at : at + length] * 2, b"\n--- ", b"\0" * length])
        content = content[:at] + new + content[at + chance.choice([0, length]) :]
    return content


def thing(chance: random.Random, depth: int) -> object:
    """Any JSON."""
    words = ["", "nama", "v", "\ud800", "\u202e", "a" * 5000, "../x", "{{ 7*7 }}", "=1+1", "0" * 36, "\x00"]
    plain: list[object] = [None, True, 0, -1, 10**400, 1.5, float("nan"), *words]
    if depth > 3 or chance.random() < 0.5:
        return chance.choice(plain)
    some = [thing(chance, depth + 1) for _ in range(chance.randrange(4))]
    return some if chance.random() < 0.5 else {str(chance.choice(words)): one for one in some}


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[sealed_packages.Scan]:
    """A clamd that runs, and how to ask it."""
    with fake_clamd.running(tmp_path / "clamd.ctl"):
        yield partial(virus_scanner.scan, place=tmp_path / "clamd.ctl")


def test_an_infected_attachment_is_a_finding_and_the_request_is_taken(
    folder: Path, keys: office_keys.OfficeKeys, scanner: sealed_packages.Scan
) -> None:
    dropped(folder, sealed(keys, said(1, {"a.txt": fake_clamd.EICAR, "surat.pdf": PDF})))
    (package,), problems = fetched(folder, keys, scanner)
    assert problems == []
    assert [one.name for one in package.response.attachments] == ["surat.pdf"]
    assert "memuat program jahat (Eicar-Test-Signature)" in package.response.problems[0].message


def test_a_request_is_taken_without_the_attachment_that_the_scanner_cannot_judge(
    folder: Path, keys: office_keys.OfficeKeys, scanner: sealed_packages.Scan
) -> None:
    dropped(folder, sealed(keys, said(1, {"besar.pdf": PDF + bytes(fake_clamd.LONGEST), "surat.pdf": PDF})))
    (package,), problems = fetched(folder, keys, scanner)
    assert problems == []
    assert [one.name for one in package.response.attachments] == ["surat.pdf"]
    assert "Lampiran ke-1 terlalu besar" in package.response.problems[0].message
    sealed_packages.remove_package(package, "BH-2026-0001", office.START.date())
    assert aside(folder).keys() == {"a"}, "sealed, it is kept for a person"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("stream: Win.Test.Trojan-1 FOUND", "memuat program jahat (Win.Test.Trojan-1)"),
        ("stream: Heuristics.Encrypted.PDF FOUND", "terkunci kata sandi"),
        ("stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND", "terlalu besar"),
        ("stream: Time limit reached ERROR", "terlalu besar"),
        (
            "stream: PUA.Win.Tool.Rekaan-1 FOUND",
            "memuat program yang tidak diinginkan, belum tentu jahat (PUA.Win.Tool.Rekaan-1)",
        ),
        ("stream: Heuristics.OLE2.ContainsMacros.VBA FOUND", "memuat makro"),
        ("stream: Heuristics.Broken.Media.JPEG FOUND", "rusak menurut pemindai"),
    ],
)
def test_the_answers_of_a_scanner_are_told_apart(
    folder: Path, keys: office_keys.OfficeKeys, scanner: sealed_packages.Scan, answer: str, words: str
) -> None:
    dropped(folder, sealed(keys, said(1, {"a.txt": fake_clamd.ANSWER + answer.encode() + b"\n"})))
    (package,), problems = fetched(folder, keys, scanner)
    (finding,) = package.response.problems
    assert (problems, package.response.attachments) == ([], ())
    assert f"Lampiran ke-1 {words}" in finding.message
    assert ("jahat" in finding.message) is ("jahat" in words)


def test_a_number_that_looks_like_that_of_a_card_is_no_harm(
    folder: Path, keys: office_keys.OfficeKeys, scanner: sealed_packages.Scan
) -> None:
    answer = b"stream: Heuristics.Structured.CreditCardNumber FOUND\n"
    dropped(folder, sealed(keys, said(1, {"a.txt": fake_clamd.ANSWER + answer})))
    (package,), _ = fetched(folder, keys, scanner)
    assert ([one.name for one in package.response.attachments], package.response.problems) == (["a.txt"], ())


def test_a_disturbed_scanner_is_asked_again_some_passes_and_then_the_request_is_taken_without_that_file(
    folder: Path, keys: office_keys.OfficeKeys, scanner: sealed_packages.Scan
) -> None:
    bad = fake_clamd.ANSWER + b"stream: Can't allocate memory ERROR\n"
    dropped(folder, sealed(keys, said(1, {"a.txt": bad, "surat.pdf": PDF})), "terganggu")
    dropped(folder, sealed(keys, said(2, {"surat.pdf": PDF})), "baik")
    packages, (problem,) = fetched(folder, keys, scanner)
    assert [package.path.stem for package in packages] == ["baik"]
    assert (Path(problem.place).stem, "diperiksa lagi" in problem.mend) == ("terganggu", True)
    packages, problems = fetched(folder, keys, scanner, again=lambda _: False)
    assert problems == []
    found = {package.path.stem: package.response for package in packages}["terganggu"]
    assert [one.name for one in found.attachments] == ["surat.pdf"]
    assert "sesudah beberapa kali dicoba" in found.problems[0].message


def test_without_its_scanner_what_has_attachments_waits_and_is_told_once(
    folder: Path, keys: office_keys.OfficeKeys, tmp_path: Path
) -> None:
    for number, files in enumerate([{"a.pdf": PDF}, {}, {"b.pdf": PDF}]):
        dropped(folder, sealed(keys, said(number, files)), str(number))
    place = tmp_path / "clamd.ctl"
    packages, (problem,) = fetched(folder, keys, partial(virus_scanner.scan, place=place))
    assert [package.path.stem for package in packages] == ["1"]
    assert "Hidupkan clamd" in problem.message
    assert len(sealed_packages.waiting_packages(folder)) == 3
    with fake_clamd.running(place):
        assert len(fetched(folder, keys, partial(virus_scanner.scan, place=place))[0]) == 3
