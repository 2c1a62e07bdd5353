"""The agency's mail server as payung.yaml names it, and the password for it. Reads no environment itself."""

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from processor.foundation.errors import PayungError
from processor.foundation.yaml_reader import Written

ADDRESS = re.compile(
    r"(?=[^@]{1,64}@)(?=.{6,254}\Z)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)
"""An email address as every server takes it: ASCII, no quotes, no comments, no line ends."""

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")


def _address(text: str) -> str:
    """Pass ``text`` on, if every server would take it as an address. Raises ValueError."""
    if not ADDRESS.fullmatch(text):
        raise ValueError("Bukan alamat email. Tulis seperti layanan@contoh.example.go.id.")
    return text


EmailAddress = Annotated[str, AfterValidator(_address)]
OptionalAddress = Annotated[str, AfterValidator(lambda text: text and _address(text))]


def domain(address: str) -> str:
    """Give the domain of a mail address, in lower case."""
    return address.rpartition("@")[2].lower()


class Mail(Written):
    """The mail server, ``email`` in payung.yaml; without one everything waits. Holds no secret, only where one lies."""

    server: str = Field(default="", pattern=r"^[A-Za-z0-9.:-]*$", description="Nama server email keluar (SMTP)")
    port: int = Field(default=587, ge=1, le=65535, description="587 untuk starttls, 465 untuk tls")
    keamanan: Literal["starttls", "tls", "tanpa"] = Field(default="starttls", description="tanpa: hanya di 127.0.0.1")
    pengguna: str = Field(default="", description="Nama masuk ke server; kosongkan bila tidak diminta")
    sandi_dari: str = Field(
        default="",
        validate_default=True,
        description="NAMA variabel lingkungan, atau alamat berkas sandi. Bukan sandi",
    )
    pengirim: OptionalAddress = Field(default="", description="Alamat pengirim; bawaan: instansi.email")
    nama_pengirim: str = Field(
        default="", pattern=r"^[^\x00-\x1f\x7f]*$", description="Nama yang dilihat penerima; bawaan: instansi.nama"
    )
    jeda: int = Field(default=5, ge=1, le=1440, description="Menit sebelum dicoba lagi")
    sertifikat: Path | None = Field(default=None, description="Sertifikat CA instansi sendiri, bila ada")

    @field_validator("keamanan")
    @classmethod
    def _encrypted_unless_local(cls, value: str, info: ValidationInfo) -> str:
        if value == "tanpa" and info.data.get("server") not in _LOOPBACK:
            raise ValueError("tanpa hanya untuk server di komputer ini (127.0.0.1). Pakai starttls atau tls.")
        return value

    @field_validator("sandi_dari")
    @classmethod
    def _user_and_password_together(cls, value: str, info: ValidationInfo) -> str:
        if bool(value) != bool(info.data.get("pengguna")):
            raise ValueError("pengguna dan sandi_dari diisi keduanya atau dikosongkan keduanya.")
        return value


@dataclass(frozen=True, slots=True)
class Secret:
    """A password that shows itself only to who asks for ``text``."""

    text: str = field(default="", repr=False)


def secret(mail: Mail, environment: Mapping[str, str], base: Path) -> Secret:
    """Read the password that ``mail`` names.

    Args:
        mail: The settings; what stands in ``sandi_dari`` is never repeated, as it may be the password by mistake.
        environment: The environment variables.
        base: The folder from which a relative path counts.

    Raises:
        PayungError: When there is none, or when others than its owner can read it.
    """
    if not mail.pengguna:
        return Secret()
    if _VARIABLE.fullmatch(mail.sandi_dari):
        text = environment.get(mail.sandi_dari, "")
        if not text:
            raise PayungError("Variabel lingkungan pada email.sandi_dari kosong. Isi sebelum menjalankan Payung.")
        return Secret(text)
    try:
        path = base / Path(mail.sandi_dari).expanduser()
        mode, text = path.stat().st_mode, path.read_text("utf-8").strip()
    except (OSError, RuntimeError, UnicodeDecodeError, ValueError):
        raise PayungError("Berkas sandi pada email.sandi_dari tidak terbaca. Betulkan alamat atau izinnya.") from None
    if os.name != "nt" and stat.S_IMODE(mode) & 0o077:
        raise PayungError("Berkas sandi pada email.sandi_dari terbaca orang lain. Jalankan chmod 600 pada berkas itu.")
    if not text:
        raise PayungError("Berkas sandi pada email.sandi_dari kosong. Tulis sandinya di baris pertama.")
    return Secret(text)
