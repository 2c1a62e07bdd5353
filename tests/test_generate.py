"""What is shipped and made from the code is up to date, and the picture of the workflow shows the whole table."""

from lxml import etree

from processor.cases.case_status import STAGES
from tests import generate, workflow_picture

SVG = "{http://www.w3.org/2000/svg}"


def test_what_is_generated_is_up_to_date() -> None:
    for path, text in generate.generated().items():
        assert path.read_text("utf-8") == text, f"run: make generated ({path.name})"


def test_the_picture_has_a_box_for_each_status_an_arrow_for_each_change_and_no_script() -> None:
    picture = etree.fromstring(workflow_picture.svg().encode())
    assert [text.text for text in picture.iter(f"{SVG}text")] == [status.replace("_", " ") for status in STAGES]
    arrows = [path for path in picture.iter(f"{SVG}path") if path.get("marker-end")]
    assert len(arrows) == sum(len(stage.leads_to) for stage in STAGES.values())
    assert {node.tag.removeprefix(SVG) for node in picture.iter()} == {
        "svg",
        "title",
        "defs",
        "marker",
        "path",
        "rect",
        "text",
    }
    assert not [name for node in picture.iter() for name in node.attrib if name.startswith("on") or "href" in name]
