"""What becomes of each file of an older office's folder, before anything is written."""

from pathlib import Path

import docx
import pytest

import processor
from processor.cli import example
from processor.foundation import settings as settings_file
from processor.foundation import yaml_reader
from processor.foundation.errors import PayungError
from processor.foundation.settings import Settings
from processor.foundation.yaml_merge import ABSENT, KeyChange
from processor.operations.upgrade import folder_version, releases, upgrade_plan
from processor.operations.upgrade.upgrade_plan import UpgradePlan
from tests.office import ROOT, agency, everything
from tests.operations.upgrade.older_office import NEWS, older_office

FORM = "forms/permohonan.yaml"
PAGE, LETTER = "docs/faq.md", "opinions/pendapat-hukum.docx"
NOTICE = "opinions/pemberitahuan/pengingat_petugas.txt"


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    return older_office(tmp_path / "kantor")


def kinds(plan: UpgradePlan) -> dict[str, str]:
    return {one.name: one.kind for one in plan.changes}


def written(plan: UpgradePlan, name: str) -> str:
    [found] = [one.after for one in plan.writes if one.name == name]
    assert found is not None
    return found.decode()


def test_what_was_never_touched_is_replaced_and_what_is_new_beside_it_added(office: Settings) -> None:
    plan = upgrade_plan.make_plan(office)
    assert plan.base == "0.1.0"
    found = kinds(plan)
    assert found[FORM] == found[LETTER] == found[NOTICE] == "ganti"
    assert found["opinions/laporan.docx"] == found["forms/survei.yaml"] == found["docs/cara-kerja.md"] == "tambah"
    assert written(plan, FORM) == (ROOT / FORM).read_text("utf-8")
    assert ".vscode/settings.json" not in found, "of a folder that the office does not have"


def test_settings_are_merged_and_facts_of_the_agency_that_ships_come_as_comments(office: Settings) -> None:
    plan = upgrade_plan.make_plan(office)
    before, after = (office.root / "payung.yaml").read_text("utf-8"), written(plan, "payung.yaml")
    kept = [line for line in after.split("\n") if line in before.split("\n")]
    assert kept == before.split("\n")
    assert "\n  # alamat_pengaduan: " in after
    assert "Padang" not in str(yaml_reader.parse(office.path, after).data)
    [menu, question] = plan.questions
    old, new = (f"{one} Layanan Bantuan Hukum secara Elektronik" for one in ("SOP", "Prosedur"))
    assert question.change == KeyChange(("dasar", "sop", "nama"), old, old, new)
    assert menu.change.place == ("nav", "Kabar", "Kabar")
    answered = upgrade_plan.make_plan(office, {("payung.yaml", question.change.place): True})
    assert f"    nama: {new}\n" in written(answered, "payung.yaml")
    assert answered.questions == (menu,)


def test_the_agency_that_ships_takes_over_what_is_said_of_it(office: Settings) -> None:
    text = office.path.read_text("utf-8").replace("Provinsi Contoh", "Provinsi Sumatera Barat")
    office.path.write_text(text, "utf-8")
    plan = upgrade_plan.make_plan(office)
    assert "\n  alamat_pengaduan: Jalan Jenderal Sudirman" in written(plan, "payung.yaml")
    assert [one.name for one in plan.questions] == ["mkdocs.yml"]


def test_what_the_office_changed_is_put_aside_with_the_difference_where_the_program_changed_it_too(
    office: Settings,
) -> None:
    (office.root / PAGE).write_text("# Tanya jawab kami\n", "utf-8")
    letter = docx.Document(str(office.root / LETTER))
    letter.paragraphs[0].add_run(" kami")
    letter.save(str(office.root / LETTER))
    (office.root / NOTICE).write_text("Subjek: Jawaban kami\n", "utf-8")
    plan = upgrade_plan.make_plan(office)
    found = {one.name: one for one in plan.changes}
    assert found[PAGE].kind == found[LETTER].kind == found[NOTICE].kind == "samping"
    assert "-# Tanya jawab kami" in found[PAGE].difference
    assert "[- kami-]" in "\n".join(found[LETTER].difference)
    writes = {one.name: one for one in plan.writes}
    assert not writes.keys() & {PAGE, LETTER, NOTICE}
    assert writes[f"pembaruan/{LETTER}"].after == (ROOT / LETTER).read_bytes()
    assert "[- kami-]" in written(plan, upgrade_plan.DIFFERENCES)


def test_what_only_the_office_changed_is_left_alone(office: Settings) -> None:
    name = "docs/assets/ikon.svg"
    (office.root / "docs" / "assets").mkdir()
    own = (ROOT / name).read_bytes().replace(b"<svg", b"<!-- kami --><svg")
    (office.root / name).write_bytes(own)
    same = releases.digest((ROOT / name).read_bytes())
    assert same == next(iter(releases.released())).digests[name], "another example is needed"
    assert name not in kinds(upgrade_plan.make_plan(office))


def test_a_page_that_is_no_longer_shipped_goes_unless_the_menu_or_the_office_holds_it(office: Settings) -> None:
    assert kinds(upgrade_plan.make_plan(office))[NEWS] == "usang", "the office's own menu names it"
    menu = office.root / "mkdocs.yml"
    menu.write_text(menu.read_text("utf-8").replace("      - Jam layanan: kabar/2026-03-jam-layanan.md\n", ""), "utf-8")
    assert kinds(upgrade_plan.make_plan(office))[NEWS] == "hapus"
    with (office.root / NEWS).open("a") as page:
        page.write("Kami tambah.\n")
    assert kinds(upgrade_plan.make_plan(office))[NEWS] == "usang"


def test_the_menu_keeps_the_office_s_pages_and_gets_the_new_ones(office: Settings) -> None:
    menu = written(upgrade_plan.make_plan(office), "mkdocs.yml")
    assert "      - Jam layanan: kabar/2026-03-jam-layanan.md\n" in menu
    assert "  - Persoalan Anda:\n      - Dipanggil: persoalan/dipanggil.md\n" in menu


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("payung.yaml", b"instansi: [\n", "kesalahan YAML"),
        (FORM, b"judul: \xff\n", "bukan teks UTF-8"),
        (FORM, b"judul: Kami\npertanyaan: []\n", "Sesudah digabungkan berkas ini tidak sah: "),
    ],
)
def test_a_file_that_cannot_be_merged_is_put_aside_with_the_reason(
    office: Settings, name: str, content: bytes, reason: str
) -> None:
    (office.root / name).write_bytes(content)
    [found] = [one for one in upgrade_plan.make_plan(office).changes if one.name == name]
    assert found.kind == "samping"
    assert reason in found.reason
    assert str(office.root) not in found.reason


def test_where_nobody_knows_from_what_a_folder_began_all_is_shown_and_nothing_written(office: Settings) -> None:
    for path in everything(office.root):
        if path.suffix in {".docx", ".txt", ".html"} or "dasar-hukum" in path.name:
            path.unlink()
    (office.root / NEWS).unlink()
    plan = upgrade_plan.make_plan(office)
    assert (plan.base, plan.writes) == ("", ())
    assert kinds(plan) == dict.fromkeys(["mkdocs.yml", "payung.yaml", FORM], "tidak_dikenal")
    assert all(one.difference for one in plan.changes)


def test_that_a_folder_is_of_another_version_is_told_and_a_newer_one_is_refused(office: Settings) -> None:
    [told] = folder_version.differences(office)
    assert told.startswith(f"Folder Anda masih menurut Payung 0.1; program ini {processor.__version__}.")
    folder_version.mark(office.root)
    assert [*folder_version.differences(office)] == []
    assert upgrade_plan.make_plan(office).base == processor.__version__
    (office.root / folder_version.MARK).write_text('{"versi": "9.0.0"}')
    with pytest.raises(PayungError, match=r"sudah menurut Payung 9\.0\.0, lebih baru"):
        upgrade_plan.make_plan(office)
    assert "lebih baru" in next(folder_version.differences(office))
    (office.root / folder_version.MARK).write_text("{")
    assert "masih menurut Payung 0.1;" in next(folder_version.differences(office))


def test_the_program_s_own_folder_and_the_example_are_left_alone(tmp_path: Path, office: Settings) -> None:
    assert folder_version.EXAMPLE == example.FOLDER
    (tmp_path / example.FOLDER).mkdir()
    for found in (agency(tmp_path), agency(tmp_path / example.FOLDER, office.root)):
        assert [*folder_version.differences(found)] == []
        with pytest.raises(PayungError, match="git pull"):
            upgrade_plan.make_plan(found)


def test_settings_that_stand_elsewhere_are_found(tmp_path: Path, office: Settings) -> None:
    elsewhere = tmp_path / "pengaturan" / "kami.yaml"
    elsewhere.parent.mkdir()
    elsewhere.write_text(office.path.read_text("utf-8") + f"  sumber: {office.root}\n", "utf-8")
    (office.root / "payung.yaml").unlink()
    found = settings_file.load(elsewhere)
    assert upgrade_plan.place(found, "payung.yaml") == elsewhere
    plan = upgrade_plan.make_plan(found)
    assert written(plan, "payung.yaml").endswith(f"  sumber: {office.root}\n")
    assert ABSENT not in {one.change.mine for one in plan.questions if one.name == "payung.yaml"}
