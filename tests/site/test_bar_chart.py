from xml.etree import ElementTree as ET

from processor.site import bar_chart


def test_bars_begin_at_zero_and_stand_beside_their_numbers() -> None:
    drawn = ET.fromstring(bar_chart.chart("Menurut topik", [("A & B", 2000), ("C", 500)]))
    bars = [float(one.get("width", "")) for one in drawn.iter("rect") if one.get("class") == "batang"]
    assert bars == [318, 80]
    assert [one.text for one in drawn.iter("text")] == ["A & B", "2.000", "C", "500"]
    assert "angkanya ada dalam tabel" in drawn.get("aria-label", "")


def test_a_long_label_ends_before_its_number() -> None:
    drawn = ET.fromstring(bar_chart.chart("x", [("a" * 90, 1), ("b", 0)]))
    assert [len(one.text or "") for one in drawn.iter("text")] == [38, 1, 1, 1]


def test_one_number_or_none_is_no_chart() -> None:
    assert bar_chart.chart("x", []) == bar_chart.chart("x", [("a", 3)]) == ""
    assert "0" in bar_chart.chart("x", [("a", 0), ("b", 0)])
