"""Whose figures are gathered, as payung.yaml names them (``rekap:``): a tree of agencies, their addresses and keys."""

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from processor.foundation.yaml_reader import Written


class GatheredAgency(Written):
    """An agency; ``induk`` is the code of the one above it, "" at the top.

    One that has neither address nor key and stands above others is a heading: no file of it is awaited.
    """

    kode: str = Field(pattern=r"^[A-Z0-9.-]{1,16}$", description="Kode pendek, misalnya KANWIL.11")
    nama: str = Field(min_length=1, description="Nama yang ditulis pada rekap")
    induk: Annotated[str, BeforeValidator(lambda value: "" if value is None else value)] = Field(
        default="", description="Kode instansi di atasnya; kosong bila paling atas"
    )
    alamat: str = Field(
        default="",
        pattern=r"^(https://[A-Za-z0-9.:\[\]-]+(/[^\s@]*)?|http://127\.0\.0\.1(:[0-9]+)?(/[^\s@]*)?)?$",
        description="Alamat berkas angkanya, misalnya https://contoh.example.go.id/rekap.json",
    )
    kunci: str = Field(
        default="", pattern=r"^([A-Za-z0-9+/]{43}=)?$", description="Kunci publiknya (base64), bila sudah dicocokkan"
    )


class Gathering(Written):
    """The agencies of a recap; no other address is ever asked."""

    instansi: tuple[GatheredAgency, ...] = Field(default=(), description="Instansi yang angkanya dihimpun")

    @model_validator(mode="after")
    def _each_its_own(self) -> Self:
        """Refuse an address, key or name of two agencies: a file could be of either. Raises ValueError."""
        for name, shown in ("alamat", 80), ("kunci", 8), ("nama", 80):
            seen = set[str]()
            for one in self.instansi:
                text = " ".join(str(getattr(one, name)).split())
                if text and text.casefold() in seen:
                    cut = f"{text[:shown]}…" if len(text) > shown else text
                    raise ValueError(f"{name} “{cut}” dipakai dua instansi. Betulkan salah satu.")
                seen.add(text.casefold())
        return self
