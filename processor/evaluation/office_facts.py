"""What an office counts beside its requests: activities, complaints, its own obstacles, the survey. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from processor.cases.complaint import ComplaintFacts
from processor.evaluation.skm import Satisfaction


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """An event: its day, its kind, way and (of a training) subject by their codes, and how many attended.

    ``people`` is None where nobody counted them.
    """

    day: date
    kind: str
    way: str
    people: int | None
    training: str = ""


@dataclass(frozen=True, slots=True)
class ObstacleFacts:
    """An obstacle of the office itself: its day and kind, and whether it is solved."""

    day: date
    kind: str
    solved: bool


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """All of them, of any period, and what the settings say of counting.

    ``survey`` is what the survey of the period gave by ballots that only who was answered can have, ``survey_open``
    what it gave without them, each None where too few answered; ``survey_old`` is the share of points (percent) of
    the survey of six items that the bureau held that year, None where it held none. ``left_out`` says why the
    survey could not be read, "" where it was. ``unread`` are requests of the period whose files could not be read.
    ``units`` gives the unit's code by registration number; where it is empty, units are not counted. ``unit_names``
    are the units of the settings in their order, ``unit_above`` gives the one right above each that is not at the
    top. ``saving`` is what an answered request saves by the office's own estimate (Rp), None where it makes none.
    ``years`` tells how many requests were registered in each year, where only those of the period are at hand;
    empty, they are counted.
    """

    activities: tuple[ActivityFacts, ...] = ()
    complaints: tuple[ComplaintFacts, ...] = ()
    obstacles: tuple[ObstacleFacts, ...] = ()
    survey: Satisfaction | None = None
    survey_open: Satisfaction | None = None
    survey_old: Decimal | None = None
    left_out: str = ""
    unread: int = 0
    units: Mapping[str, str] = field(default_factory=dict)
    unit_names: Mapping[str, str] = field(default_factory=dict)
    unit_above: Mapping[str, str] = field(default_factory=dict)
    saving: int | None = None
    years: Mapping[int, int] = field(default_factory=dict)


NOTHING_BESIDE = OfficeFacts()
