"""What to say to somebody who typed a word that is none of those to choose from. Pure."""

import difflib
from collections.abc import Sequence

_NAMED = 12  # words that a sentence names


def proposal(word: str, known: Sequence[str]) -> str:
    """Say in a sentence which of the ``known`` words was meant, or which there are; of no known word nothing."""
    if near := difflib.get_close_matches(word, known, n=1):
        return f"Maksudnya “{near[0]}”?"
    more = f", dan {len(known) - _NAMED} lagi" if len(known) > _NAMED else ""
    return f"Pakai salah satu: {', '.join(known[:_NAMED])}{more}." if known else ""
