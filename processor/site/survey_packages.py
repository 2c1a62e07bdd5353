"""What the survey's pages send, as their scripts write it: a vote, or the request for a ballot."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from processor.foundation.survey_form import KEYS, ElementKey, Mark

VOTE, BALLOT = "survei", "surat_suara"
"""What such a package says of its kind."""
_MOST_WORDS = 2000  # letters: twice what the form may allow, as another way of counting may let through
_DIGEST = r"^[0-9a-f]{64}$"
_NUMBER = r"^([0-9a-f]{2}){128,1024}$"  # of a key of 1024 to 8192 bits


class _SurveyPart(BaseModel):
    """What a page sent: exactly these keys."""

    model_config = ConfigDict(strict=True, extra="forbid")


class SentVote(_SurveyPart):
    """A vote: its ``token`` with the signature of it, a mark for each element, and what the voter suggests."""

    v: Literal[1]
    macam: Literal["survei"]
    token: str = Field(pattern=_DIGEST)
    tanda: str = Field(pattern=_NUMBER)
    nilai: dict[ElementKey, Mark]
    saran: str = Field(default="", max_length=_MOST_WORDS)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Raise ValueError where an element has no mark."""
        if self.nilai.keys() != {*KEYS}:
            raise ValueError("not nine marks")
        return self

    @property
    def marks(self) -> tuple[int, ...]:
        """The marks in the order of the elements."""
        return tuple(int(self.nilai[key]) for key in KEYS)


class SentBallotRequest(_SurveyPart):
    """Who has the code of a case (``untuk`` proves it) asks to have signed what is blinded with the key ``sidik``."""

    v: Literal[1]
    macam: Literal["surat_suara"]
    lampiran: list[str] = Field(default=[], max_length=0)
    untuk: str = Field(pattern=_DIGEST)
    nomor: str = Field(max_length=40)
    buta: str = Field(pattern=_NUMBER)
    sidik: str = Field(pattern=r"^[0-9a-f]{16}$")
