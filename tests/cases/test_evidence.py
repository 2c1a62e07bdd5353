"""What lies beside a case file is compared with the journal: nothing there goes, changes or comes in silence."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from processor.cases import evidence
from processor.cases.dossier import attachments
from processor.cases.records import Attachment, Event, Response
from processor.cases.register import Filed, Register
from processor.foundation.errors import PayungError
from processor.foundation.settings_agency import Taxonomy
from processor.foundation.yaml_reader import Document
from tests.office import START, edited, file, keys, register, response

NUMBER = "BH-2026-0001"
SENT = (Attachment("surat.pdf", b"isi surat"), Attachment("foto.jpg", b"isi foto"))


def with_files(one: Response) -> Response:
    return Response(one.source, one.place, one.answers, submitted=one.submitted, key="k1", attachments=SENT)


def filed(folder: Path) -> tuple[Register, Filed]:
    """A case with two attachments that its applicant changed once."""
    made, first = register(folder), with_files(response(1))
    file(made, first)
    file(made, edited(first, minute=9, pertanyaan="Lalu?"))
    return made, made.read(NUMBER)


def said(case: Filed, *, content: bool = True) -> list[tuple[str, str]]:
    """What is wrong, by the name of the file."""
    listed = case.case.lampiran if case.case else ()
    found = evidence.mistakes(case.folder, case.events, listed, content=content)
    return [(Path(one.place).relative_to(case.folder).as_posix(), one.message) for one in found]


def test_the_journal_tells_how_many_files_came_and_what_they_are(tmp_path: Path) -> None:
    _, case = filed(tmp_path)
    seals = evidence.told(case.events)
    sizes = {name: (case.folder / name).stat().st_size for name in seals}
    assert {name: {size for size, _ in one} for name, one in seals.items()} == {n: {s} for n, s in sizes.items()}
    assert set(seals) >= {"lampiran/1.age", "lampiran/2.age", "perubahan-1.yaml"}
    assert said(case) == []


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (
            lambda at: (at / "lampiran/1.age").unlink(),
            [("lampiran/1.age", "lampiran/1.age hilang. Riwayat mencatat 4 lampiran.")],
        ),
        (lambda at: (at / "perubahan-1.yaml").unlink(), [("perubahan-1.yaml", "perubahan-1.yaml hilang.")]),
        (lambda at: (at / "lampiran/2.age").write_bytes(b""), [("lampiran/2.age", "lampiran/2.age kosong.")]),
        (
            lambda at: shutil.copy(at / "lampiran/1.age", at / "lampiran/9.age"),
            [("lampiran/9.age", "Riwayat tidak mengenal lampiran/9.age.")],
        ),
        (
            lambda at: (
                (at / "perubahan-7.yaml").write_text("a: b") and shutil.copy(at / "pemohon.age", at / "lampiran/9.age")
            ),
            [
                ("lampiran/9.age", "Riwayat tidak mengenal lampiran/9.age."),
                ("perubahan-7.yaml", "Riwayat tidak mengenal perubahan-7.yaml."),
            ],
        ),
        (
            lambda at: (at / "lampiran/1.age").unlink() or (at / "lampiran/1.age").mkdir(),
            [("lampiran/1.age", "lampiran/1.age bukan berkas.")],
        ),
        (
            lambda at: shutil.copy(at / "pemohon.age", at / "lampiran/1.age"),
            [("lampiran/1.age", "Isi lampiran/1.age bukan yang dicatat di riwayat.")],
        ),
        (
            lambda at: [(at / "lampiran" / name).write_bytes(b"x") for name in ("Thumbs.db", ".DS_Store", "~$a.docx")],
            [],
        ),
    ],
)
def test_what_is_gone_emptied_foreign_or_changed_is_told(
    tmp_path: Path, harm: Callable[[Path], object], told: list[tuple[str, str]]
) -> None:
    made, case = filed(tmp_path)
    harm(case.folder)
    assert said(made.read(NUMBER), content=False) == told


def test_content_of_the_same_size_is_compared_when_it_is_asked_for_and_goes_out_never(tmp_path: Path) -> None:
    made, case = filed(tmp_path)
    path = case.folder / "lampiran" / "1.age"
    content, before = path.read_bytes(), evidence.state(case.folder)
    path.write_bytes(content[::-1])
    os.utime(path, ns=(1, 1))
    assert evidence.state(case.folder) != before
    assert said(case, content=False) == []
    assert said(case) == [("lampiran/1.age", "Isi lampiran/1.age bukan yang dicatat di riwayat.")]
    with pytest.raises(PayungError, match="bukan yang dicatat di riwayat, jadi tidak dibuka"):
        list(attachments(made, NUMBER))
    path.write_bytes(content)
    assert [one for _, one in attachments(made, NUMBER)] == [one.content for one in (*SENT, *SENT)]


def test_what_is_sealed_anew_is_still_what_it_was_and_so_is_its_backup(tmp_path: Path) -> None:
    made, case = filed(tmp_path)
    shutil.copytree(case.folder, tmp_path / "cadangan")
    (case.folder / "lampiran" / "2.age").write_bytes(keys(tmp_path / "kunci").seal(b"isi lain"))
    with (tmp_path / "kunci" / "penerima.txt").open("a") as recipients:
        recipients.write("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\n")
    again = Register(made.folder, keys(tmp_path / "kunci"), Taxonomy())
    assert again.reseal() == 1
    now = again.read(NUMBER)
    assert now.events[-1].kind == "disegel_ulang"
    assert said(now) == [("lampiran/2.age", "Isi lampiran/2.age bukan yang dicatat di riwayat.")]
    for name in ("1.age", "2.age"):
        shutil.copy(tmp_path / "cadangan" / "lampiran" / name, case.folder / "lampiran" / name)
    assert said(again.read(NUMBER)) == []


def test_of_a_register_that_tells_no_digests_only_what_is_gone_or_empty_is_told(tmp_path: Path) -> None:
    _, case = filed(tmp_path)
    events = tuple(
        type(one)(one.kind, one.time, one.actor, {key: v for key, v in one.data.items() if key != "bukti"})
        for one in case.events
    )
    old = Filed(case.number, case.folder, case.document, case.case, events, ())
    (case.folder / "lampiran" / "8.age").write_bytes(b"lain")
    begun_before = replace(old, events=(events[0], *case.events[1:]))
    assert any("bukti" in one.data for one in case.events[1:2])
    assert said(old) == said(begun_before) == said(replace(old, events=())) == []
    (case.folder / "lampiran" / "1.age").unlink()
    (case.folder / "perubahan-1.yaml").write_bytes(b"")
    assert [name for name, _ in said(old)] == ["lampiran/1.age", "perubahan-1.yaml"]


def test_attachments_that_an_addition_names_and_nothing_tells_of_yet_are_unfinished() -> None:
    told = evidence.with_digests(
        Event("dilengkapi", START, "payung"), {"lampiran/1.age": b"a", "perubahan-1.yaml": b"b"}
    )
    named = {"lampiran": ["lampiran/1.age", "lampiran/2.age", "lampiran/3.age", "lain/4.age", "lampiran/../kunci.age"]}

    def unfinished(name: str, data: object) -> list[str]:
        return evidence.unfinished(Document(Path(name), data, {}, ""), [told], ["lampiran/2.age"])

    assert unfinished("perubahan-2.yaml", named) == ["lampiran/3.age"]
    assert unfinished("perubahan-1.yaml", named) == [], "its event is there, so nothing was cut off"
    assert [unfinished("perubahan-2.yaml", data) for data in (None, {}, {"lampiran": None})] == [[], [], []]
