"""What the forms of an Indonesian word have in common, to compare words with: never to be read."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_NO_WORD = 40  # letters; longer than any word of the language
_SWALLOWED = re.compile(r"^[kt](?=[aiueo]\w\w)")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Give what the forms of a word have in common: to compare with, not to read.

    Snowball's stemmer makes "olak" of menolak and penolakan, but "tolak" of ditolak and tolak: it cannot know that men-
    replaced a t. So, when nothing more can be cut, a k or t before a vowel is cut from every word. Of the pairs of
    forms of 142 legal Indonesian words, 90% then meet; 74% by Snowball alone, 92% by the dictionary of PySastrawi.
    The site's search does the same in the browser (``docs/assets/pokok.js``); a test compares the two.
    """
    shorter = unicodedata.normalize("NFKC", word).casefold()
    stemmer = snowballstemmer.stemmer("indonesian")  # one for each word: it is not made for several threads
    word = ""
    while shorter != word and len(shorter) <= _NO_WORD:
        word = shorter
        shorter = stemmer.stemWord(word)
        if shorter == word:
            shorter = _SWALLOWED.sub("", word)
    return shorter
