"""What a sealed package says, as the site's pages write it; nothing of it is believed before it is checked."""

import base64
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from processor.cases.applicant_messages import MessageKind
from processor.site import package_seal
from processor.site.package_seal import Rejected
from processor.site.survey_packages import BALLOT, VOTE, SentBallotRequest, SentVote

MOST_FILES = 20
MOST_BYTES = 8 * 1024 * 1024
"""Bytes of all attachments of one package together."""
COMPLAINT = "pengaduan"
"""What a package that is no request says of itself."""

_Key = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
_Answers = Annotated[dict[Annotated[str, Field(max_length=64)], str], Field(max_length=60)]


class _PackagePart(BaseModel):
    """A part of a package, as the browser made it: exactly these keys."""

    model_config = ConfigDict(strict=True, extra="forbid")


class SentFile(_PackagePart):
    """A file, by the name that its sender's device gave it."""

    nama: str = Field(max_length=300)
    isi: str

    @cached_property
    def content(self) -> bytes:
        """Its bytes."""
        return base64.b64decode(self.isi, validate=True)


class SentRequest(_PackagePart):
    """A request, or with ``untuk`` a message about one: which ``pesan`` it is, and about which ``nomor``."""

    v: Literal[1]
    kunci: _Key
    untuk: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    jawaban: _Answers
    lampiran: list[SentFile] = Field(max_length=MOST_FILES)
    formulir: int = Field(default=1, ge=1)
    ketentuan: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    pesan: MessageKind | None = None
    nomor: str = Field(default="", pattern=r"^([A-Z]{1,6}-[0-9]{4}-[0-9]{4,8})?$")

    @model_validator(mode="after")
    def _small_enough(self) -> Self:
        """Decode the files. Raises ValueError when one is no base64, when they are too large together, or unproven."""
        if sum(len(file.content) for file in self.lampiran) > MOST_BYTES:
            raise ValueError("too many bytes")
        if (self.pesan or self.nomor) and not self.untuk:
            raise ValueError("a message about nothing")
        return self


class SentComplaint(_PackagePart):
    """A complaint about the service; it comes without files."""

    v: Literal[1]
    macam: Literal["pengaduan"]
    kunci: _Key
    jawaban: _Answers
    lampiran: list[SentFile] = Field(max_length=0)
    formulir: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        """Raise ValueError where nothing is told."""
        if not self.jawaban.get("uraian", "").strip():
            raise ValueError("no words")
        return self


_Sent = SentRequest | SentComplaint | SentVote | SentBallotRequest
_KINDS: Mapping[str, type[_Sent]] = {COMPLAINT: SentComplaint, VOTE: SentVote, BALLOT: SentBallotRequest}


def parsed(content: bytes) -> _Sent:
    """Parse what a package says. Raises Rejected when that is not what our pages make."""
    try:  # half of an emoji, cut by a field that counts letters, becomes a question mark
        said: Any = json.loads(content)
        text = json.dumps(said, ensure_ascii=False).encode(errors="replace")
        kind = _KINDS.get(str(said.get("macam", "")), SentRequest) if isinstance(said, dict) else SentRequest
        return kind.model_validate_json(text)
    except (ValueError, RecursionError):
        raise Rejected(_STRANGE) from None


_STRANGE = (
    "Isinya bukan kiriman dari halaman Ajukan, Pengaduan, atau Survei. Bila halaman dan program berbeda versinya, "
    f"terbitkan situs lagi, lalu {package_seal.BACK}"
)
