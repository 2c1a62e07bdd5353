"""What ``payung.yaml`` says of electronic signatures: who issues trusted certificates, and which is the signer's."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from processor.foundation.yaml_reader import Written


class ElectronicSignatures(Written):
    """How a letter that was signed electronically is checked; paths count from the settings file."""

    akar: tuple[Path, ...] = Field(
        default=(), description="Berkas sertifikat penerbit yang dipercaya (PEM atau DER); kosong: tidak diperiksa"
    )
    seri: tuple[str, ...] = Field(
        default=(),
        description="Nomor seri sertifikat surat.penandatangan, heksadesimal; kosong: NIP-nya harus ada di sertifikat",
    )
    pencabutan: tuple[Path, ...] = Field(
        default=(), description="Berkas daftar sertifikat yang dicabut (CRL), diunduh sendiri dari penerbitnya"
    )
    wajib: Literal["ya", "tidak"] = Field(
        default="tidak", description="ya: surat tanpa tanda tangan elektronik, juga hasil pindai, tidak disampaikan"
    )
