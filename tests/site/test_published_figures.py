"""The site shows every publication that can be read: a damaged one takes neither the others nor the site with it."""

import json
from pathlib import Path
from typing import Any

import pytest

from processor.evaluation import frozen_publication
from processor.site import published_figures
from tests.evaluation import published_samples
from tests.office import agency

DATA: list[Any] = [frozen_publication.to_data(one) for one in published_samples.samples()]
FEW = {"nama": "2026-1", "versi": 1, "terbit": "2026-04-10"}


@pytest.mark.parametrize(
    "damaged",
    [
        FEW,
        {**DATA[-1], "tabel": None},
        {**DATA[-1], "janji": {"batas_menit": 1, "sasaran_menit": 1, "menit_sehari": 0}},
        {**DATA[-1], "judul": 7},
        [],
    ],
    ids=["few keys", "no tables", "a day of no minutes", "a number for a title", "a list"],
)
def test_a_damaged_publication_is_left_out_alone(tmp_path: Path, damaged: Any) -> None:
    settings = agency(tmp_path)
    folder = settings.register / "kinerja"
    folder.mkdir(parents=True)
    (folder / f"{DATA[0]['nama']}.json").write_text(json.dumps(DATA[0]), "utf-8")
    (folder / "2026-1.json").write_text(json.dumps(damaged), "utf-8")
    assert [one["nama"] for one in published_figures.read(settings)] == [DATA[0]["nama"]]
