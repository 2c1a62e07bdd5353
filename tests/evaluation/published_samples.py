"""Publications of a made-up office, a year and a quarter, as its passes would have frozen them one after the other."""

from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from processor.evaluation import kept_counts, publication_values, published_counts, suppression
from processor.evaluation.case_facts import CaseFacts, Outcome
from processor.evaluation.frozen_publication import FrozenPublication, Promise, node_of
from processor.evaluation.office_facts import ActivityFacts
from processor.evaluation.periods import Period
from processor.evaluation.publication_tables import CountTable
from tests.evaluation.generated_registers import COUNTING, ZONE, register

ONE = register(1)[0][0].facts
EVENTS = [ActivityFacts(date(2025, 2, 3), "sosialisasi", "apel", 40)] * 3
_OUTCOMES: dict[Outcome, int] = {"dijawab": 12, "ditolak": 2, "dibatalkan": 1, "terbuka": 1}


def requests(period: Period, count: int) -> list[CaseFacts]:
    """So many made-up requests of a quarter, the same every time."""
    random, lists = Random(str(period)), COUNTING.taxonomy
    days = (period.last - period.first).days
    return [
        ONE._replace(
            number=f"BH-{period.year}-{period.quarter}{serial:03}",
            received=period.first + timedelta(random.randrange(days)),
            topic=random.choice(lists.topik[:4]),
            field=random.choice(lists.ranah[:2]),
            position=random.choice(lists.posisi_pemohon[:3]),
            kind=random.choice(("pendapat_hukum", "nasihat_hukum")),
            channel=random.choice(("situs", "loket", "whatsapp")),
            outcome=random.choices([*_OUTCOMES], [*_OUTCOMES.values()])[0],
            sent_known=True,
            promised=random.randrange(90, 1100),
            worked=random.randrange(60, 900),
        )
        for serial in range(count)
    ]


@cache
def samples() -> tuple[FrozenPublication, ...]:
    """Four quarters, their year and the quarter after that, oldest first."""
    made: list[FrozenPublication] = []
    counts: list[tuple[CountTable, ...]] = []
    cases: list[CaseFacts] = []
    for period, many in zip(Period(2025).quarters, (34, 57, 21, 48), strict=True):
        cases += (those := requests(period, many))
        counts.append(published_counts.tables(those, node_of(period), COUNTING))
        made.append(_frozen(period, counts[-1], those, made))
    of_year = [kept_counts.joined(list(same), "2025") for same in zip(*counts, strict=True)]
    made.append(_frozen(Period(2025), tuple(of_year), cases, made))
    later = requests(Period(2026, 1), 62)
    made.append(_frozen(Period(2026, 1), published_counts.tables(later, "2026/1", COUNTING), later, made))
    return tuple(made)


def _frozen(
    period: Period, tables: tuple[CountTable, ...], cases: list[CaseFacts], before: list[FrozenPublication]
) -> FrozenPublication:
    figures = suppression.publish(str(period), tables, [one.figures for one in before])
    shown = {key: count for table in figures.tables for key, count in table.shown.items()}
    day = period.next.first.replace(month=1 if not period.quarter else period.next.first.month, day=15)
    now = datetime.combine(day, datetime.min.time(), ZONE)
    words = published_counts.words(period, COUNTING, now, by_quarters=not period.quarter)
    values = publication_values.times(cases, period, node_of(period), shown)
    values = (*values, publication_values.events(EVENTS, period))
    return FrozenPublication(period, 1, day, Promise(885, 420, 420), figures, words, values)
