"""The sentences of statuses: a published status holds their codes and the page the words, so that a look costs little.

``status_sentences.yaml`` has them all. What happened stands in a status by the two letters under ``kode`` there; which
stay what they are, so that a page that was opened earlier reads what is published later.
"""

from collections.abc import Mapping
from functools import cache, reduce
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("status_sentences.yaml")


@cache
def sentences() -> Mapping[str, Any]:
    """Read the words of statuses, on first use."""
    words: Mapping[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return words


@cache
def codes() -> Mapping[str, str]:
    """Give the code of each sentence on what happened, by its place: ``peristiwa.diubah``, ``cara.kode.jawaban``."""
    return {place: code for code, place in sentences()["kode"].items()}


def for_page(reviewer: str) -> dict[str, dict[str, str]]:
    """Give the sentences as a page needs them, each under what a status calls it; what it fills in stands in braces.

    Args:
        reviewer: Who reviews answers, as it is written inside a sentence.
    """
    said, complaint = sentences(), sentences()["pengaduan"]
    stages = said["tahap"] | {f"pengaduan.{name}": one for name, one in complaint["tahap"].items()}
    stages |= {name: said[name] for name in ("ditarik", "keberatan_dijawab")}
    ways = {f"cara.{name}": one["selanjutnya"] for name, one in said["cara"].items()}
    other = {name: said[name] for name in ("serahkan", "keberatan_masuk", "buka")}
    waits = {"pengaduan.menunggu_email": complaint["menunggu_email"]["selanjutnya"]}
    late = {f"pengaduan.{name}": complaint[name] for name in ("tenggat", "lewat")}
    found = {
        "riwayat": {code: _sentence(place) for code, place in said["kode"].items()},
        "tahap": {name: one["kata"] for name, one in stages.items()},
        "selanjutnya": {name: one["selanjutnya"] for name, one in stages.items()} | ways | other | waits,
        "tenggat": said["tenggat"] | late,
        "jadwal": said["jadwal"],
        "surat": {stage: said["surat"][letter] for stage, letter in said["surat_menurut_tahap"].items()},
    }
    return {
        part: {name: text.replace("{pemeriksa}", reviewer) for name, text in some.items()}
        for part, some in found.items()
    }


def _sentence(place: str) -> str:
    """Give the sentence on what happened at its place; of a letter that went out, with which one it was."""
    kind, _, rest = place.partition(".")
    if kind == "cara":
        way, _, letter = rest.partition(".")
        return str(sentences()["cara"][way]["terjadi"].format(surat=sentences()["surat"][letter]))
    found: Any = reduce(lambda some, name: some[name], place.split("."), sentences())
    return str(found if isinstance(found, str) else found["terjadi"])
