"""Open data hold what was published and no more, fit their schemas, and name their license."""

import csv
import io
import json
from typing import Any

import jsonschema
import pytest

from processor.evaluation import frozen_publication
from processor.site import open_data
from tests.evaluation import published_samples

DATA: list[Any] = [frozen_publication.to_data(one) for one in published_samples.samples()]
FILES = open_data.files(DATA, "CC BY 4.0", "Biro Hukum")


def test_the_json_fits_its_schema_and_holds_every_publication() -> None:
    whole, schema = json.loads(FILES["kinerja.json"]), json.loads(FILES["kinerja.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(whole, schema)
    assert whole["terbitan"] == DATA
    assert whole["lisensi"]["nama"] == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("old", "new"), [('"jumlah": 62', '"jumlah": 2'), ('"versi": 1', '"versi": 2'), ('"terbit"', '"x"')]
)
def test_the_schema_refuses_what_is_no_publication(old: str, new: str) -> None:
    changed = json.loads(FILES["kinerja.json"].replace(old, new))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(changed, open_data.schema())


def test_the_csv_has_a_row_for_every_number_and_an_empty_one_for_what_is_not_shown() -> None:
    rows = [*csv.DictReader(io.StringIO(FILES["kinerja.csv"], newline=""))]
    package = json.loads(FILES["datapackage.json"])
    assert [field["name"] for field in package["resources"][0]["schema"]["fields"]] == [*rows[0]]
    assert {one["path"] for one in package["resources"]} <= FILES.keys()
    counts = [row for row in rows if row["satuan"] == "permohonan"]
    assert len(counts) == sum(len(table["angka"]) for one in DATA for table in one["angka"]["tabel"])
    assert {row["nilai"] for row in counts} & {"0", "1", "2"} == set()
    assert "" in {row["nilai"] for row in counts}
    assert {"terbitan": "2025", "waktu": "2025/3", "butir": "", "nilai": "21"}.items() <= next(
        row for row in rows if (row["terbitan"], row["waktu"], row["butir"]) == ("2025", "2025/3", "")
    ).items()


def test_an_office_that_published_nothing_gives_no_files() -> None:
    assert open_data.files([], "CC BY 4.0", "Biro Hukum") == {}
