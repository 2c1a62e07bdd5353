"""A small office of fictional people, for tests: responses, a register, settings that point into a folder."""

import secrets
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml
from pyrage import x25519

from processor.cases import office_keys
from processor.cases.records import Applicant, Response, ShownTerms
from processor.cases.register import Register
from processor.foundation import form_definition, settings
from processor.foundation.settings import Settings
from processor.foundation.settings_agency import Taxonomy
from processor.intake import filing, planning, recognition_index
from processor.intake.recognition import Decision
from processor.site import applicant_code
from processor.site.leak_targets import GateHit, Targets
from processor.site.leak_tokens import SiteKeys

ROOT = Path(__file__).parents[1]
START = datetime(2026, 3, 2, 1, 0, 7, tzinfo=UTC)
FORM = form_definition.load(ROOT / "forms" / "permohonan.yaml")


def response(person: int = 1, *, minute: int = 0, source: str = "ekspor", key: str = "", **answers: str) -> Response:
    """A valid response of a fictional person, as a complete export lists it."""
    given = {
        "nama": f"Orang Rekaan{person}",
        "nip": f"19800101200501190{person}",
        "jabatan": "Analis Contoh",
        "unit_kerja": "Dinas Contoh",
        "alamat": f"Jalan Rekaan Nomor {person}, Kota Contoh",
        "email": f"orang{person}@example.org",
        "telepon": f"0812 0000 000{person}",
        "bentuk": "pendapat_hukum",
        "uraian": "Sebuah persoalan.",
        "pertanyaan": "Apa hukumnya?",
        "persetujuan": "setuju",
        **answers,
    }
    moment = START + timedelta(minutes=minute)
    place, terms = f"contoh.csv, baris {minute + 2}", ShownTerms.of(FORM.ketentuan)
    return Response(source, place, given, submitted=moment, key=key, batch="contoh.csv", terms=terms)


def edited(one: Response, *, minute: int, **answers: str) -> Response:
    """``one`` after its sender changed it: a source with ids keeps the id and the first time."""
    moment = START + timedelta(minutes=minute)
    created = (one.created or one.submitted) if one.key else None
    return replace(one, answers={**one.answers, **answers}, created=created, submitted=moment)


def applicant_keys() -> applicant_code.Keys:
    """An applicant's keys as a code gives them, without deriving them, which is slow on purpose."""
    identity, proof = x25519.Identity.generate(), secrets.token_hex(32)
    return applicant_code.Keys(str(identity), str(identity.to_public()), applicant_code.locator_of(proof), proof)


def keys(folder: Path) -> office_keys.OfficeKeys:
    """The office's keys in ``folder``, made when there are none."""
    office_keys.create_key_files(folder / "kantor.txt", folder / "penerima.txt")
    return office_keys.load(folder / "kantor.txt", folder / "penerima.txt")


def register(folder: Path) -> Register:
    """A prepared register in ``folder/register``, its keys in ``folder/kunci``."""
    made = Register(folder / "register", keys(folder / "kunci"), Taxonomy())
    made.prepare()
    return made


def file(into: Register, *responses: Response) -> tuple[Decision, ...]:
    """Plan and file ``responses`` as one source's listing."""
    with into.lock(5):
        known = recognition_index.update(into)
        outcomes = planning.plan(responses, known, into.fingerprint, into.next_numbers("BH", 2026))
        filing.file(outcomes, FORM, into, START)
        known.refresh({outcome.number for outcome in outcomes if outcome.kind != "sama"})
        filing.point_back(into, known.one_sided(), START)
    return outcomes


def sources(folder: Path) -> Path:
    """A copy in ``folder`` of everything the site, forms and letters are made from, free to change."""
    for name in ("docs", "forms", "opinions"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def small_sources(folder: Path) -> Path:
    """The sources in ``folder`` of a site of two pages, built in a third of the time; all else is as shipped."""
    menu, rest = (ROOT / "mkdocs.yml").read_text("utf-8").split("not_in_nav:")
    assert "nav:" in rest
    (folder / "docs").mkdir(parents=True)
    pages = "nav:\n  - Beranda: index.md\n  - Tanya jawab: faq.md\n"
    (folder / "mkdocs.yml").write_text(menu.replace("[Petugas, Pengembang]", "[]") + pages, "utf-8")
    words = "# Beranda\n\nLayanan Bantuan Hukum bagi ASN. Ajukan permohonan.\n"
    (folder / "docs" / "index.md").write_text(words, "utf-8")
    (folder / "docs" / "faq.md").write_text("# Tanya jawab\n\nGratis dan rahasia.\n", "utf-8")
    return folder


def agency(folder: Path, root: Path = ROOT, **changes: object) -> Settings:
    """The shipped settings with every private folder under ``folder``; ``changes`` replace whole sections.

    Nothing is said of signatures, as in offices from before there was a choice.
    """
    data = yaml.load((ROOT / settings.FILE_NAME).read_text("utf-8"), Loader=yaml.CBaseLoader)
    del data["surat"]["tanda_tangan"]
    private = {name: str(folder / name) for name in ("register", "masuk", "kunci", "situs")}
    data["folder"] = {"sumber": str(root), **private}
    data |= changes
    path = folder / settings.FILE_NAME
    path.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True), "utf-8")
    return settings.load(path)


def forget_register(found: Settings) -> None:
    """Let the computer forget its register, so that a test may put back what it was before."""
    for path in found.office_key.parent.glob("ingatan-*"):
        path.unlink()


def everything(folder: Path) -> dict[Path, bytes]:
    """Every file in ``folder`` with its content."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@dataclass(frozen=True)
class Everybody:
    """People for the leak gate, each in every case: all are looked for."""

    applicants: tuple[Applicant, ...] = ()

    def suspects(self, keys: SiteKeys, public: SiteKeys, site: str) -> list[str]:  # noqa: ARG002 -- as the gate asks
        return ["BH-2026-0001"] if self.applicants else []

    def digest(self) -> str:
        return ""

    def people(self, *numbers: str) -> Iterable[Applicant]:
        return self.applicants if numbers else ()

    def leaked(
        self,
        number: str,  # noqa: ARG002 -- as the gate asks
        sought: Callable[[Applicant], Targets],
        found: frozenset[GateHit],
    ) -> set[GateHit]:
        return {hit for one in self.applicants for hit in sought(one).hits & found}

    def clear(self, site: str, keys: SiteKeys) -> None:
        """Nothing is kept."""
