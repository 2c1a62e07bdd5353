"""How much tests try: ``make test-long`` tries everything, ``make test`` what two cores can do in minutes."""

from typing import Final

from hypothesis import settings

LONG: Final = settings.get_current_profile_name() == "long"
STRIDE: Final = 1 if LONG else 12
"""What is killed at chosen steps is killed at every STRIDE-th."""
MANY: Final = 10_000 if LONG else 500
"""How many requests or packages are generated."""
TEXTS: Final = 1000 if LONG else 50
"""How many texts in Markdown are generated."""
STUDIES: Final = 1000 if LONG else 30
"""How many studies go to Word and back."""
