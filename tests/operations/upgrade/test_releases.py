"""Every released version has its table, and an office's folder is known by it."""

import json
import re

import processor
from processor.operations.upgrade import folder_version, releases
from processor.operations.upgrade.releases import Release
from tests.office import ROOT
from tests.operations.upgrade.older_office import KEPT

RELEASED = re.findall(r"^## (\d[^:]*):", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)


def test_every_released_version_has_the_table_of_what_it_shipped() -> None:
    assert {one.version for one in releases.released()} == {*RELEASED}, "run: make generated"
    assert ".dev" in processor.__version__ or processor.__version__ in RELEASED


def test_the_kept_office_of_0_1_began_from_what_the_table_of_0_1_says() -> None:
    [table] = [one for one in releases.released() if one.version == "0.1.0"]
    kept = {name: path for name in table.digests if (path := KEPT / name).is_file()}
    alike = {name for name, path in kept.items() if releases.digest(path.read_bytes()) == table.digests[name]}
    assert kept.keys() - alike == {"payung.yaml", "mkdocs.yml"}
    assert len(alike) == 15
    assert all(releases.digest(text.encode()) == table.digests[name] for name, text in table.texts.items())


def test_what_this_program_ships_is_all_that_an_agency_gets() -> None:
    ships = releases.of_program()
    assert {"payung.yaml", "mkdocs.yml", ".gitignore", "docs/faq.md", "docs/.tema/main.html"} < ships.digests.keys()
    assert ships.texts.keys() == {
        *("payung.yaml", "mkdocs.yml", "opinions/dasar-hukum.yaml", "docs/.cetak.yaml"),
        *(f"forms/{name}.yaml" for name in ("pengaduan", "permohonan", "survei")),
    }
    of_the_shipper = ("docs/.kabar.yaml", "docs/resmi/pedoman-2025.pdf", "docs/pengembang/beranda.png")
    assert all(releases.is_the_shippers(ROOT / name) for name in of_the_shipper)
    assert "docs/resmi/index.md" in ships.digests
    assert not [name for name in ships.digests if releases.is_the_shippers(ROOT / name)]
    table = json.loads(releases.table(ships))
    assert Release(table["versi"], table["berkas"], table["teks"]) == ships


def test_versions_are_ordered_by_their_numbers_and_one_in_the_making_comes_before_itself() -> None:
    names = ["0.10.0", "0.2.0", "0.2.0.dev0", "0.1.0", "1.0"]
    assert sorted(names, key=releases.order) == ["0.1.0", "0.2.0.dev0", "0.2.0", "0.10.0", "1.0"]


OLD, NEWER = (Release(version, dict.fromkeys("abcde", version) | {"f": "same"}, {}) for version in ("1.0", "2.0"))


def test_a_folder_is_of_the_version_whose_files_it_has_and_of_none_by_one_or_two() -> None:
    def base(found: dict[str, str], marked: str = "") -> str:
        release = folder_version.base_of(found, marked, (OLD, NEWER))
        return release.version if release else ""

    assert base({"a": "2.0", "b": "2.0", "c": "2.0", "d": "1.0"}) == "2.0"
    assert base({"a": "own", "b": "own", "c": "1.0", "f": "same"}) == ""
    assert base({"a": "1.0", "b": "1.0", "c": "2.0", "d": "2.0", "f": "same"}) == "1.0", "the older of two"
    assert base({}, "2.0") == "2.0"
    assert base(dict.fromkeys("abc", "1.0"), "1.5") == "1.0", "a version that no table has"


def test_how_lines_end_does_not_count_in_a_text_and_does_in_other_files() -> None:
    assert releases.digest(b"a\r\nb\r\n") == releases.digest(b"a\nb\n")
    assert releases.digest(b"\0a\r\n") != releases.digest(b"\0a\n")
