"""The agency's papers, as payung.yaml names them: the decrees on which the service stands, what its letters carry."""

from datetime import date

from pydantic import Field

from processor.foundation.yaml_reader import Written


class Decree(Written):
    """An official text that the site explains."""

    nama: str
    nomor: str
    tanggal: date
    dibuat: date | None = None
    pengesah: str = ""


class Decrees(Written):
    """The texts on which the service stands."""

    pedoman: Decree
    sop: Decree
    tim: Decree


class Signer(Written):
    """Who signs letters."""

    atas_nama: str = ""
    jabatan: str
    nama: str
    nip: str
    pangkat: str = ""


class Letters(Written):
    """What every letter carries."""

    awalan: str = Field(pattern=r"^[A-Z]{1,6}$", description="Awalan nomor registrasi, misalnya BH")
    klasifikasi: str
    sifat: str = "Rahasia"
    penandatangan: Signer
    tembusan: tuple[str, ...] = ()
