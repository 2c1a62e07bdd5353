"""The desk on the office's network as payung.yaml describes it."""

from pydantic import Field

from processor.foundation.yaml_reader import Written, YesNo


class Desk(Written):
    """The desk on the office's network."""

    alamat: str = Field(
        default="",
        pattern=r"^(https://[a-z0-9.-]+(:[0-9]+)?/?)?$",
        description="Alamat meja di jaringan kantor, misalnya https://meja.kantor.go.id",
    )
    peneguhan: YesNo = Field(
        default=True,
        description="tidak: persetujuan, penolakan, dan penyampaian yang ditulis tanpa masuk di meja langsung berlaku",
    )
