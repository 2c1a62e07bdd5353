"""Titles of questions as forms, spreadsheets and people write them, in spellings that can be compared. Pure."""

import html
import re
import unicodedata


def comparable_title(title: str) -> str:
    """Give a title in the form in which titles are compared: lower case, single blanks, no marks around it."""
    text = unicodedata.normalize("NFKC", title).casefold()
    return re.sub(r"\s+", " ", text).strip(" *:.?")


BREAK = re.compile(r"\n|<br\b[^<>]*>", re.IGNORECASE)
"""What stands behind the first of these is a hint."""
_TAG = re.compile(r"<[^<>]{1,500}>")
_NUMBER = re.compile(
    r"^\(?(?:(?:q|no|nomor|soal|butir|pertanyaan)?\.?\s*\d{1,3}(?:\.\d{1,2})*|[a-z]|\d{0,2}[a-z]|[a-z]\.?\d{1,2}|[ivx]{2,4})[.)]\s*(?=[^\W\d])"
    r"|^(?:(?:q|no|nomor|soal|butir|pertanyaan)\.?\s*)?\d{1,3}\s*[-–:]\s*(?=[^\W\d])"
    r"|^(?:[a-z]\.)?\d{1,2}[\ufe0f\u20e3]*\s+(?=[^\W\d])"
)
_HINT = re.compile(r"\s*[-–,/]\s*(?:wajib|opsional|harus)\b.*$")
_BRACKETS = re.compile(
    r"\((?:[^()]|\([^()]*\))*\)|\{[^{}]*\}|\[(?:wajib|opsional|required|optional|harus|sesuai|isi|diisi|contoh)\b[^\[\]]*\]"
)


def plain_title(title: str) -> str:
    """Give a title as people say it: without the number before it, brackets, hints, marks and HTML."""
    text = _edges_off(comparable_title(_TAG.sub(" ", html.unescape(title)).replace("_", " ")), "(")
    bare = _edges_off(comparable_title(_HINT.sub("", _BRACKETS.sub(" ", _NUMBER.sub("", text)))))
    return bare or text


def _edges_off(text: str, kept: str = "") -> str:
    """Take off what is no letter and no digit at both ends, but for a mark that is ``kept`` before it."""
    start = next((i for i, letter in enumerate(text) if letter.isalnum() or letter in kept), len(text))
    end = next((i for i in range(len(text), 0, -1) if text[i - 1].isalnum() or text[i - 1] in ")]}"), start)
    return text[start:end]
