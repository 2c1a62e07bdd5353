"""``payung.yaml`` -> frozen Settings. The only reader of the environment; holds no secret, only where one lies."""

import os
import shlex
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, model_validator

from processor.foundation import settings_mail, shipped, unit_tree, yaml_reader
from processor.foundation.errors import BrokenFiles, PayungError
from processor.foundation.settings_agency import (
    Agency,
    ComplaintLimits,
    DataProtection,
    Decrees,
    Evaluation,
    Letters,
    Officer,
    OtherPlace,
    ServiceHours,
    Taxonomy,
    Zone,
)
from processor.foundation.settings_desk import Desk
from processor.foundation.settings_mail import Mail, Secret
from processor.foundation.settings_recap import Gathering
from processor.foundation.settings_running import Backups, Watcher
from processor.foundation.settings_signature import ElectronicSignatures
from processor.foundation.unit_tree import Unit
from processor.foundation.yaml_reader import Written

FILE_NAME = "payung.yaml"

RECIPIENTS = "PAYUNG_PENERIMA"
"""The environment variable by which the site's builder is handed the public keys to which pages seal."""
PUBLISHED = "PAYUNG_KINERJA"
"""The environment variable by which the site's builder is handed the file of all published figures."""
PRINTS = "PAYUNG_CETAKAN"
"""The environment variable by which the site's builder is handed the list of what was made to be printed."""
GOOGLE = "PAYUNG_GOOGLE_UJI"
"""The environment variable by which tests let a service on this computer stand in for Google."""


class Site(Written):
    """The public site."""

    alamat: str = Field(pattern=r"^https?://[^\s]+/$", description="Alamat situs, diakhiri garis miring")
    formulir_google: str = Field(
        default="", pattern=r"^(https://\S+)?$", description="Alamat Formulir Google yang dipublikasikan, bila dipakai"
    )
    keputusan_google: str = Field(
        default="",
        description="Keputusan tertulis instansi yang mengizinkan Formulir Google, dengan nomor dan tanggalnya",
    )
    formulir_sendiri: Literal["ya", "tidak"] = Field(
        default="ya", description="tidak, bila tidak ada penerima kiriman di alamat situs"
    )
    status_tiap: int = Field(default=30, ge=1, le=1440, description="Menit antara dua penerbitan status pemohon")
    jawaban_berlaku: int = Field(default=90, ge=1, description="Hari jawaban dapat dibuka dengan kode")
    keluar_ke: str = Field(
        default="",
        pattern=r"^(https?://\S+)?$",
        description="Halaman netral yang dibuka “Keluar cepat”; kosong: halaman kosong",
    )
    bukan_identitas: tuple[str, ...] = Field(
        default=(), description="Kata yang ditulis pemohon sebagai nama, tetapi bukan nama orang"
    )


class GoogleForm(Written):
    """The Google Form to read; ``kredensial`` is the path of a service account's key or a stored token."""

    formulir: str = Field(description="Kunci formulir pada alamat penyuntingannya; kosong: dibuat yang baru")
    kredensial: Path = Field(description="Berkas kunci akun layanan, atau token OAuth")

    @model_validator(mode="before")
    @classmethod
    def _without_former_keys(cls, written: Any) -> Any:
        """Pass over ``layanan``, which 0.1.0 knew: another address of Google, for tests."""
        return {key: one for key, one in written.items() if key != "layanan"} if isinstance(written, dict) else written


class Exports(Written):
    """Exported files; ``zona`` is the time zone of times that do not name theirs, by default the office's."""

    zona: Zone | None = Field(
        default=None, description="Zona waktu ekspor yang tidak menyebutnya; bawaan: layanan.zona"
    )


class Sources(Written):
    """Where responses come from."""

    google: GoogleForm | None = None
    ekspor: Exports = Exports()
    simpan: int = Field(
        default=30, ge=1, le=3650, description="Hari kiriman yang sudah didaftarkan disimpan, tetap tersegel"
    )


class Scanner(Written):
    """Where clamd listens, as an office sets it."""

    soket: Path = Field(description="Soket clamd, misalnya /run/clamav/clamd.ctl")


class Folders(Written):
    """Where things lie, relative to the settings file."""

    sumber: Path = Field(default=Path(), description="Letak docs, forms, opinions, dan mkdocs.yml")
    register_: Path = Field(default=Path("pribadi/register"), alias="register", description="Letak register; pribadi")
    masuk: Path = Field(default=Path("pribadi/masuk"), description="Letak ekspor dan kiriman yang datang; pribadi")
    kunci: Path = Field(default=Path("pribadi/kunci"), description="Letak kunci kantor; pribadi, di luar register")
    situs: Path = Field(default=Path("pribadi/situs"), description="Letak situs yang sudah dibangun")


class Settings(Written):
    """Everything that differs between agencies."""

    instansi: Agency
    dasar: Decrees
    layanan: ServiceHours
    surat: Letters
    tte: ElectronicSignatures = ElectronicSignatures()
    email: Mail = Mail()
    situs: Site
    pengaduan: ComplaintLimits = ComplaintLimits()
    evaluasi: Evaluation = Evaluation()
    sumber: Sources = Sources()
    pemindai: Scanner | None = None
    meja: Desk = Desk()
    taksonomi: Taxonomy = Taxonomy()
    pdp: DataProtection = DataProtection()
    petugas: dict[str, Officer] = Field(default_factory=dict, description="Nama pendek petugas, lalu keterangannya")
    unit: tuple[Unit, ...] = Field(
        default=(), description="Perangkat daerah atau unit utama yang dilayani; kosong: tidak ditanyakan"
    )
    tempat_lain: tuple[OtherPlace, ...] = Field(
        default=(), description="Ke mana lagi pemohon dapat pergi: alamat dan nomor bagi halaman tentang persoalannya"
    )
    rekap: Gathering = Gathering()
    cadangan: Backups = Backups()
    pemantau: Watcher = Watcher()
    folder: Folders = Folders()
    _path: Path = PrivateAttr(default=Path(FILE_NAME))

    def located_at(self, path: Path) -> "Settings":
        """Give the same settings, knowing that they stand in ``path``."""
        copy = self.model_copy()
        copy._path = path.resolve()  # noqa: SLF001 -- our own kind
        return copy

    @property
    def path(self) -> Path:
        """The settings file itself."""
        return self._path

    @cached_property
    def root(self) -> Path:
        """The folder that holds docs, forms, opinions and mkdocs.yml."""
        return self.resolve(self.folder.sumber)

    def resolve(self, path: Path) -> Path:
        """Make ``path`` absolute; a relative one counts from the settings file."""
        return (self._path.parent / path.expanduser()).resolve()

    @property
    def register(self) -> Path:
        """The private register."""
        return self.resolve(self.folder.register_)

    @property
    def inbox(self) -> Path:
        """Where people drop exported files."""
        return self.resolve(self.folder.masuk)

    @property
    def export_zone(self) -> ZoneInfo:
        """The time zone of times in exports that do not name theirs."""
        return ZoneInfo(self.sumber.ekspor.zona or self.layanan.zona)

    @property
    def packages(self) -> Path:
        """Where sealed packages from the site's own form wait."""
        return self.inbox / "kiriman"

    @property
    def site(self) -> Path:
        """Where the built site stands."""
        return self.resolve(self.folder.situs)

    @property
    def opinions(self) -> Path:
        """The Word templates and the catalogue of law."""
        return self.root / "opinions"

    @property
    def form(self) -> Path:
        """The definition of the request form."""
        return shipped.own_or_shipped(self.root / "forms" / "permohonan.yaml", "forms/permohonan.yaml")

    @property
    def survey_form(self) -> Path:
        """The definition of the satisfaction survey."""
        return shipped.own_or_shipped(self.root / "forms" / "survei.yaml", "forms/survei.yaml")

    @property
    def complaint_form(self) -> Path:
        """The definition of the form by which somebody complains about the service."""
        return shipped.own_or_shipped(self.root / "forms" / "pengaduan.yaml", "forms/pengaduan.yaml")

    @property
    def unit_options(self) -> dict[str, str]:
        """The words by which an applicant chooses a unit, by its code; none where the settings list no unit."""
        return unit_tree.options(self.unit)

    @property
    def law_catalogue(self) -> Path:
        """The catalogue of law."""
        return shipped.own_or_shipped(self.opinions / "dasar-hukum.yaml", "opinions/dasar-hukum.yaml")

    @property
    def days_off(self) -> Path:
        """The office's own days off and working days."""
        return self._path.parent / "libur.yaml"

    @property
    def google_lock(self) -> Path:
        """Which Google Form and question ids belong to the form."""
        return self.root / "forms" / "permohonan.google.lock.json"

    @property
    def office_key(self) -> Path:
        """The office's age identities, private."""
        return self.resolve(self.folder.kunci) / "kantor.txt"

    @property
    def key_file(self) -> Path:
        """Where ``office_key`` is read: what systemd hands over as a credential of its name, else that file itself."""
        handed = Path(os.environ.get("CREDENTIALS_DIRECTORY") or os.devnull, self.office_key.name)
        return handed if handed.is_file() else self.office_key

    @property
    def recipients(self) -> Path:
        """The public keys to which the register is sealed, one a line."""
        return self.resolve(self.folder.kunci) / "penerima.txt"

    @property
    def recap_key(self) -> Path:
        """The key with which the office signs its published figures, private."""
        return self.office_key.parent / "rekap.pem"

    @property
    def sender(self) -> str:
        """The address from which notices are sent."""
        return self.email.pengirim or self.instansi.email

    @property
    def sender_name(self) -> str:
        """The name that a notice's reader sees beside it."""
        return self.email.nama_pengirim or " ".join(self.instansi.nama.split())

    def mail_password(self) -> Secret:
        """Read the mail server's password. Raises PayungError when it is missing, or others can read it."""
        return settings_mail.secret(self.email, os.environ, self._path.parent)


def load(path: Path) -> Settings:
    """Read the settings file. Raises BrokenFiles with every mistake in it."""
    document = yaml_reader.read(path)
    found, problems = yaml_reader.validate(Settings, document)
    if found is not None:
        agencies = unit_tree.mistakes(found.rekap.instansi, document, ("rekap", "instansi"), "instansi")
        problems = (*unit_tree.mistakes(found.unit, document), *agencies)
    if found is None or problems:
        raise BrokenFiles(problems)
    return found.located_at(path)


def google_address() -> str:
    """Give the address that stands in for Google's services where this program is tested; "" for Google itself."""
    return os.environ.get(GOOGLE, "")


def builder_recipients() -> tuple[str, ...]:
    """Give the public keys that whoever started the site's builder handed to it; none by default."""
    return tuple(os.environ.get(RECIPIENTS, "").split())


def builder_figures() -> Path | None:
    """Give the file of published figures that whoever started the site's builder handed to it; none by default."""
    return Path(named) if (named := os.environ.get(PUBLISHED)) else None


def builder_prints() -> Path | None:
    """Give the list of prints that whoever started the site's builder handed to it; none by default."""
    return Path(named) if (named := os.environ.get(PRINTS)) else None


def editor() -> list[str]:
    """Give the command of the person's text editor: ``VISUAL`` or ``EDITOR``, else what the system surely has."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not named:
        return ["notepad" if os.name == "nt" else "nano"]
    return shlex.split(named.replace("\\", r"\\") if os.name == "nt" else named)


def find(start: Path) -> Path:
    """Find ``PAYUNG_PENGATURAN``, else ``payung.yaml`` in ``start`` or a folder above it. Raises PayungError."""
    named = os.environ.get("PAYUNG_PENGATURAN")
    if named:
        return Path(named)
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    raise PayungError(
        f"Berkas pengaturan {FILE_NAME} tidak ditemukan di {start} atau folder di atasnya. "
        "Pindah ke folder kerja kantor Anda, atau sebutkan dengan --pengaturan. Belum ada? Buat dengan: payung siapkan"
    )
