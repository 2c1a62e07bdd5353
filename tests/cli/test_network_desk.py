"""How ``payung meja`` may be reached from other computers: by TLS, or not at all."""

from pathlib import Path

import pytest

from processor.cli import network_desk
from processor.cli.network_desk import Served
from processor.cli.parser import read_words
from processor.foundation.errors import PayungError
from tests.office import agency

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
    ],
)
def test_where_it_listens_and_how_browsers_call_it(
    tmp_path: Path, words: list[str], address: str, served: Served
) -> None:
    assert chosen(tmp_path, *words, address=address) == served


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
        (["--di-belakang-proxy", "--alamat", "10.0.0.5"], "hanya mendengarkan di 127.0.0.1"),
    ],
)
def test_anything_else_is_refused_with_what_to_write(tmp_path: Path, words: list[str], said: str) -> None:
    with pytest.raises(PayungError, match=said):
        chosen(tmp_path, *words)


def test_an_address_that_is_not_this_computers_is_told() -> None:
    with pytest.raises(PayungError, match="memang milik komputer ini"):
        network_desk.listen(Served("192.0.2.1", 0, "https://192.0.2.1", FILES))
