"""Packages in pieces over real HTTP: wherever the line breaks, what got a 201 is whole, and there once."""

import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from processor.site import package_pieces
from processor.site.package_lanes import EndpointLimits
from processor.site.package_pieces import PackagePiece
from tests.site.test_endpoint import SMALL, TYPE, ask, named, open_request, package, proof, receiving, stored, until

LARGE = package(size=700_000)


def sent(address: str, content: bytes, begin: int, end: int | None = None, proven: str = "") -> tuple[int, Any]:
    """The status and what is said of the piece of ``content`` from ``begin`` to ``end``."""
    said = {"Payung-Potongan": f"{named(content)} {begin} {len(content)}", "Payung-Bukti": proven}
    status, _, text = ask(address, content[begin:end], headers={**TYPE, **said})
    return status, json.loads(text)


def test_a_package_in_pieces_is_there_once_and_whole_wherever_its_line_breaks(tmp_path: Path) -> None:
    chance, come, breaks = random.Random(14), 0, 0
    with receiving(tmp_path) as address:
        assert ask(address, method="GET", path="/sehat")[1]["payung-potongan"] == str(package_pieces.SIZE)
        assert sent(address, LARGE, 0, 0) == (202, {"sampai": 0}), "asked where to begin"
        while come < len(LARGE):
            end = min(come + chance.randrange(1, 200_000), len(LARGE))
            if chance.random() < 0.5:
                breaks += 1
                head = f"Content-Length: {end - come}\r\nPayung-Potongan: {named(LARGE)} {come} {len(LARGE)}"
                open_request(address, head, LARGE[come : come + (end - come) // 2]).close()
            elif end < len(LARGE):
                assert sent(address, LARGE, come, end)[0] == 202
                assert sent(address, LARGE, come, end) == (202, {"sampai": end}), "sent again as the answer was lost"
            else:
                break
            come = sent(address, LARGE, 0, 0)[1]["sampai"]
        assert not [name for name in stored(tmp_path) if name.endswith(".age")], (
            "nothing is a package before it is whole"
        )
        assert sent(address, LARGE, come) == (201, {"sidik": named(LARGE)})
        assert sent(address, LARGE, come) == (201, {"sidik": named(LARGE)}), "the answer was lost"
    assert breaks > 1
    assert stored(tmp_path) == {f"{named(LARGE)}.age": LARGE}


def test_who_still_writes_a_piece_when_the_package_is_there_changes_nothing(tmp_path: Path) -> None:
    with receiving(tmp_path) as address:
        head = f"Content-Length: {len(LARGE)}\r\nPayung-Potongan: {named(LARGE)} 0 {len(LARGE)}"
        with open_request(address, head, LARGE[:100_000]) as late:
            until(lambda: sent(address, LARGE, 0, 0)[1]["sampai"])
            until(lambda: sent(address, LARGE, sent(address, LARGE, 0, 0)[1]["sampai"])[0] == 201)
            late.sendall(bytes(len(LARGE) - 100_000))
            assert late.recv(1000).startswith(b"HTTP/1.1 201 ")
    assert stored(tmp_path) == {f"{named(LARGE)}.age": LARGE}


@pytest.mark.parametrize(
    ("status", "content", "header"),
    [
        (400, LARGE, f"{'0' * 64} 0 {len(LARGE)}"),
        (400, LARGE, f"{named(LARGE)} 0 {len(LARGE) - 1}"),
        (400, LARGE, f"{named(LARGE)} {len(LARGE)} 0"),
        (400, LARGE, "../../rahasia 0 9"),
        (400, LARGE, ""),
        (413, LARGE, f"{named(LARGE)} 0 99999999"),
        (415, b"bukan" * 2000, f"{named(b'bukan' * 2000)} 0 10000"),
    ],
)
def test_pieces_that_make_no_package_are_refused_and_leave_none(
    tmp_path: Path, status: int, content: bytes, header: str
) -> None:
    with receiving(tmp_path) as address:
        answer = ask(address, content, headers={**TYPE, "Payung-Potongan": header})
        assert answer[0] == status
        assert json.loads(answer[2])["pesan"].endswith(".")
    assert not [name for name in stored(tmp_path) if name.endswith(".age")]


def test_where_parts_have_no_more_place_packages_come_whole(tmp_path: Path) -> None:
    with receiving(tmp_path, EndpointLimits(spare=0, reserve=0, parts=1, waiting=1)) as address:
        assert sent(address, LARGE, 0, 9000) == (202, {"sampai": 9000})
        assert sent(address, package(1), 0, 4000)[0] == 503
        assert "payung-potongan" not in ask(address, method="GET", path="/sehat")[1]
        assert ask(address, package(1))[0] == 201, "a part takes no package's place"
        assert sent(address, LARGE, 9000)[0] == 503, "nor is it let in where packages have none"


def test_a_part_goes_a_quarter_of_an_hour_after_its_last_piece(tmp_path: Path) -> None:
    with receiving(tmp_path) as address:
        sent(address, LARGE, 0, 9000)
        [part] = tmp_path.iterdir()
        assert part == package_pieces.part_of(tmp_path, PackagePiece(named(LARGE), 0, len(LARGE)))
        assert ask(address, method="GET", path="/sehat")[0] == 200
        assert part.exists()
        os.utime(part, (0, 0))
        assert ask(address, method="GET", path="/sehat")[0] == 200
        assert not part.exists()
        assert sent(address, LARGE, 9000, 20_000) == (202, {"sampai": 0}), "it begins anew"


def test_under_load_a_package_in_pieces_is_let_in_once_the_work_is_done(tmp_path: Path) -> None:
    with receiving(tmp_path, SMALL) as address:
        for number in range(2):
            ask(address, package(number))
        half = len(LARGE) // 2
        assert sent(address, LARGE, 0, half) == (202, {"sampai": half})
        assert sent(address, LARGE, half)[0] == 503
        done = proof(address, LARGE)["Payung-Bukti"]
        assert sent(address, LARGE, half, proven=done) == (201, {"sidik": named(LARGE)})
        assert sent(address, package(4, 9000), 0, proven=done)[0] == 400, "it is for another one"
    assert len(stored(tmp_path)) == 3


def test_pieces_without_proof_leave_space_on_the_disk_for_others(tmp_path: Path) -> None:
    with receiving(tmp_path, EndpointLimits(spare=0, reserve=1 << 60)) as address:
        assert sent(address, LARGE, 0, 9000)[0] == 503
    with receiving(tmp_path, EndpointLimits(spare=1 << 60)) as address:
        assert sent(address, LARGE, 0, 9000)[0] == 507
    assert stored(tmp_path) == {}
