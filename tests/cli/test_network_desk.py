"""How ``payung meja`` may be reached from other computers: by TLS, or not at all."""

import os
import socket
import stat
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from processor.cli import network_desk
from processor.cli.commands import context
from processor.cli.network_desk import Served
from processor.cli.parser import read_words
from processor.foundation.errors import Busy, PayungError
from tests.commands import payung
from tests.office import ROOT, agency, keys, register

PEM = ("--sertifikat", "s.pem", "--kunci-tls", "k.pem")
FILES = (Path("s.pem"), Path("k.pem"))


def chosen(folder: Path, *words: str, address: str = "") -> Served | None:
    return network_desk.chosen(read_words(["meja", *words]), agency(folder, meja={"alamat": address}))


def test_alone_it_is_for_this_computer(tmp_path: Path) -> None:
    assert chosen(tmp_path, address="https://meja.kantor.example") is None


@pytest.mark.parametrize(
    ("words", "address", "served"),
    [
        (
            ["--jaringan", "--alamat", "10.0.0.5", *PEM],
            "",
            Served("10.0.0.5", 8443, "https://10.0.0.5:8443", FILES),
        ),
        (
            ["--jaringan", "--alamat", "Meja.Kantor.example:443", *PEM],
            "",
            Served("meja.kantor.example", 443, "https://meja.kantor.example", FILES),
        ),
        (
            ["--jaringan", "--alamat", "0.0.0.0:9000", *PEM],
            "https://meja.kantor.example:9000/",
            Served("0.0.0.0", 9000, "https://meja.kantor.example:9000", FILES),
        ),
        (
            ["--di-belakang-proxy", "--port", "8011"],
            "https://meja.kantor.example/",
            Served("127.0.0.1", 8011, "https://meja.kantor.example", None),
        ),
        (
            ["--di-belakang-proxy", "--soket", "meja.sock"],
            "https://meja.kantor.example/",
            Served("127.0.0.1", 8010, "https://meja.kantor.example", None, Path("meja.sock")),
        ),
    ],
)
def test_where_it_listens_and_how_browsers_call_it(
    tmp_path: Path, words: list[str], address: str, served: Served
) -> None:
    assert chosen(tmp_path, *words, address=address) == served


def test_the_service_that_also_passes_serves_the_desk_in_the_same_ways(tmp_path: Path) -> None:
    settings = agency(tmp_path, meja={"alamat": "https://meja.kantor.example"})
    assert network_desk.chosen(read_words(["layani"]), settings) is None
    own = read_words(["layani", "--jaringan", "--alamat", "10.0.0.5:443", *PEM])
    assert network_desk.chosen(own, settings) == Served("10.0.0.5", 443, "https://meja.kantor.example", FILES)
    behind = read_words(["layani", "--di-belakang-proxy", "--port-meja", "8011"])
    assert network_desk.chosen(behind, settings) == Served("127.0.0.1", 8011, "https://meja.kantor.example", None)
    assert (behind.port, behind.soket) == (8000, None)


def test_who_only_receives_serves_no_desk(tmp_path: Path) -> None:
    agency(tmp_path, meja={"alamat": "https://meja.kantor.example"})
    words = ("layani", "--hanya-penerima", "--di-belakang-proxy")
    assert "tidak melayani meja" in payung(*words, folder=tmp_path, code=1)


@pytest.mark.long
def test_one_process_passes_and_serves_the_desk_by_a_socket(tmp_path: Path) -> None:
    folder = tmp_path / "kantor"
    folder.mkdir()
    settings = agency(folder, meja={"alamat": "https://meja.kantor.example"})
    keys(settings.office_key.parent)
    register(folder)
    at = tmp_path / "meja.sock"
    command = [
        sys.executable,
        "-m",
        "processor",
        "layani",
        "--port",
        "0",
        "--di-belakang-proxy",
        "--soket-meja",
        str(at),
    ]
    with subprocess.Popen(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}) as running:
        try:
            assert asked(at, running).startswith(b"HTTP/1.1 200")
        finally:
            running.terminate()


def asked(at: Path, running: subprocess.Popen[bytes]) -> bytes:
    """What the desk answers on a socket, once it is there."""
    while running.poll() is None:
        with socket.socket(socket.AF_UNIX) as connection:
            if at.exists() and connection.connect_ex(str(at)) == 0:
                connection.sendall(b"GET /masuk HTTP/1.1\r\nHost: meja.kantor.example\r\n\r\n")
                return connection.recv(100)
        with suppress(subprocess.TimeoutExpired):
            running.wait(0.1)
    pytest.fail("it ended")


def test_a_socket_is_for_its_owner_and_group_and_one_that_nobody_answers_is_taken_over(tmp_path: Path) -> None:
    at = tmp_path / "meja.sock"
    served = Served("127.0.0.1", 0, "https://meja.kantor.example", None, at)
    with network_desk.listen(served):
        assert stat.S_IMODE(at.stat().st_mode) == 0o660
        with pytest.raises(Busy, match="sedang dipakai"):
            network_desk.listen(served)
    with network_desk.listen(served):
        pass
    with pytest.raises(PayungError, match="Foldernya harus ada"):
        network_desk.listen(replace(served, socket=tmp_path / "tidak-ada" / "meja.sock"))


def test_the_office_opens_with_a_key_that_systemd_hands_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = agency(tmp_path)
    keys(settings.office_key.parent)
    register(tmp_path)
    handed = tmp_path / "kredensial"
    handed.mkdir()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(handed))
    assert context.open_found(settings).register.folder == settings.register
    settings.office_key.rename(handed / "kantor.txt")
    assert context.open_found(settings).register.folder == settings.register
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    with pytest.raises(PayungError, match="Kunci kantor tidak ada"):
        context.open_found(settings)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--jaringan", "--alamat", "10.0.0.5"], "hanya dilayani dengan TLS"),
        (["--jaringan", "--alamat", "10.0.0.5", "--sertifikat", "s.pem"], "hanya dilayani dengan TLS"),
        (["--jaringan", *PEM], "Sebutkan alamat komputer ini"),
        (["--jaringan", "--alamat", "0.0.0.0", *PEM], "Tulis alamat meja di payung.yaml"),
        (["--jaringan", "--alamat", "10.0.0.5:banyak", *PEM], "tulis seperti 192.168.1.10"),
        (["--alamat", "10.0.0.5"], "Tambahkan --jaringan"),
        (["--di-belakang-proxy"], "Tulis alamat meja di payung.yaml"),
        (["--di-belakang-proxy", "--alamat", "10.0.0.5"], "hanya mendengarkan di komputer ini"),
        (["--soket", "meja.sock"], "tambahkan --di-belakang-proxy"),
    ],
)
def test_anything_else_is_refused_with_what_to_write(tmp_path: Path, words: list[str], said: str) -> None:
    with pytest.raises(PayungError, match=said):
        chosen(tmp_path, *words)


def test_an_address_that_is_not_this_computers_is_told() -> None:
    with pytest.raises(PayungError, match="memang milik komputer ini"):
        network_desk.listen(Served("192.0.2.1", 0, "https://192.0.2.1", FILES))
