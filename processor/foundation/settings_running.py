"""Where backups go, and who is told that passes go on, as payung.yaml describes it."""

from pathlib import Path

from pydantic import Field

from processor.foundation.yaml_reader import Written


class Backups(Written):
    """Where ``payung cadangkan`` writes: the keys never to where the register goes, as they open it."""

    ke: Path | None = Field(default=None, description="Folder cadangan register, misalnya /media/cadangan")
    kunci: Path | None = Field(default=None, description="Folder cadangan kunci, di disk yang lain")


class Watcher(Written):
    """A service that raises an alarm once nobody asks for its address any more."""

    alamat: str = Field(
        default="",
        pattern=r"^(https?://[^\s/@]+(/\S*)?)?$",
        description="Alamat yang diminta sesudah setiap putaran yang baik; tidak ada isi yang dikirim",
    )
