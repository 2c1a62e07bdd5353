"""A builder that refuses the site is told loudly; and no page needs the theme whose end is announced."""

import sys
from pathlib import Path

import pytest

from tests import builders
from tests.office import sources

HERE = Path(sys.executable)


def test_a_builder_that_refuses_the_site_is_told_with_its_words(tmp_path: Path) -> None:
    office = sources(tmp_path / "kantor")
    config = office / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("name: material", "name: tema-yang-tiada"), "utf-8")
    with pytest.raises(builders.Refused, match="tema-yang-tiada"):
        builders.build(HERE, "mkdocs", office)


@pytest.mark.long
@pytest.mark.slow
def test_both_builders_pass_and_no_page_needs_material(tmp_path: Path) -> None:
    assert "without Material" in builders.check(HERE, sources(tmp_path / "kantor"))


@pytest.mark.long
@pytest.mark.slow
def test_a_page_that_needs_material_is_found(tmp_path: Path) -> None:
    office = sources(tmp_path / "kantor")
    with (office / "docs" / ".tema" / "404.html").open("a", encoding="utf-8") as page:
        page.write('{% include "partials/actions.html" %}')  # the theme's own
    with pytest.raises(builders.Refused, match=r"actions\.html"):
        builders.check(HERE, office)
