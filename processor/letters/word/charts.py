"""Charts as Word keeps its own: a chart part that can be edited, with a workbook of the figures that it shows.

The workbook holds nothing else. Bars differ by pattern, not by colour, and bear their numbers.
"""

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from lxml import etree

from processor.letters.word import paragraphs, zip_package
from processor.letters.word.report_blocks import Chart

_WIDTH, _ROW, _LEAST, _UPRIGHT = Cm(15.5), Cm(0.62), Cm(3.2), Cm(6.2)
_SIZE = 9  # points
_DARK, _LIGHT = "404040", "FFFFFF"
_FORMAT = {True: "[$-421]#,##0", False: "[$-421]#,##0.##"}
"""Of whole numbers, and of others: 421 has them written as Indonesians do, on any computer."""
_WORKBOOK = "rId1"
"""The first relation of a chart part, and its only one."""
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def drawing(document: Document, chart: Chart) -> Any:
    """Add a chart to a document's parts, and give the run that shows it, to be put into a paragraph."""
    number = sum(1 for one in document.part.rels.values() if one.reltype == RELATIONSHIP_TYPE.CHART) + 1
    package = document.part.package
    assert package is not None
    data = _data(chart)
    workbook = Part(
        PackURI(f"/word/embeddings/grafik{number}.xlsx"), CONTENT_TYPE.SML_SHEET, _workbook(data, chart), package
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, _chart_xml(chart, data), package)
    assert part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE) == _WORKBOOK
    height = _UPRIGHT if chart.upright else max(_LEAST, _ROW * len(chart.categories) * (1 + len(chart.series)) // 2)
    return _run(document.part.relate_to(part, RELATIONSHIP_TYPE.CHART), number, chart, height)


def _data(chart: Chart) -> Any:
    """Give the figures in the form that python-pptx writes charts of."""
    from pptx.chart.data import CategoryChartData  # noqa: PLC0415 -- a quarter of a second that only reports need

    data = CategoryChartData(number_format=_FORMAT[_whole(chart)])
    data.categories = [paragraphs.clean(name) for name in chart.categories]
    for one in chart.series:
        data.add_series(paragraphs.clean(one.name), one.values)
    return data


def _whole(chart: Chart) -> bool:
    """Tell whether all of the numbers are whole ones."""
    return all(value == int(value) for one in chart.series for value in one.values)


def _workbook(data: Any, chart: Chart) -> bytes:
    """Write the workbook without a time, so that the same figures give the same bytes."""
    from pptx.chart.xlsx import CategoryWorkbookWriter  # noqa: PLC0415

    parts = zip_package.read(CategoryWorkbookWriter(data).xlsx_blob)
    return zip_package.write(zip_package.anonymous(parts, paragraphs.clean(chart.title)))


def _chart_xml(chart: Chart, data: Any) -> bytes:
    from pptx.chart.chart import Chart as Drawn  # noqa: PLC0415
    from pptx.chart.xmlwriter import ChartXmlWriter  # noqa: PLC0415
    from pptx.enum.chart import XL_CHART_TYPE  # noqa: PLC0415
    from pptx.oxml import parse_xml as parse  # noqa: PLC0415

    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if chart.upright else XL_CHART_TYPE.BAR_CLUSTERED
    space: Any = parse(ChartXmlWriter(kind, data).xml.encode())
    _dress(Drawn(space, None), chart)
    for place, (name, value) in enumerate({"lang": "id-ID", "roundedCorners": "0"}.items(), 1):
        space.insert(place, space.makeelement(f"{{{_C}}}{name}", {"val": value}))
    kept = etree.SubElement(space, f"{{{_C}}}externalData", {f"{{{space.nsmap['r']}}}id": _WORKBOOK})
    etree.SubElement(kept, f"{{{_C}}}autoUpdate", {"val": "0"})
    written: bytes = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _dress(drawn: Any, chart: Chart) -> None:
    """Let a chart be read in black and white: numbers at the bars, no grid, a pattern for each series."""
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_MARK  # noqa: PLC0415
    from pptx.util import Pt  # noqa: PLC0415

    drawn.font.size, drawn.font.name = Pt(_SIZE), "Arial"
    drawn.has_title = False
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap, plot.has_data_labels = 60, -10, True
    labels = plot.data_labels
    labels.show_value, labels.number_format_is_linked = True, True
    drawn.value_axis.visible = drawn.value_axis.has_major_gridlines = False
    drawn.value_axis.minimum_scale = 0
    drawn.category_axis.reverse_order = not chart.upright
    drawn.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    for place, series in enumerate(plot.series):
        _fill(series.format, hatched=place < len(chart.series) - 1)


def _fill(look: Any, *, hatched: bool) -> None:
    """Fill the bars of a series; those of the newest are dark, those of earlier ones hatched."""
    from pptx.dml.color import RGBColor  # noqa: PLC0415
    from pptx.enum.dml import MSO_PATTERN  # noqa: PLC0415

    if hatched:
        look.fill.patterned()
        look.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        look.fill.back_color.rgb = RGBColor.from_string(_LIGHT)
    else:
        look.fill.solid()
    look.fill.fore_color.rgb = RGBColor.from_string(_DARK)
    look.line.color.rgb = RGBColor.from_string(_DARK)


def _run(relation: str, number: int, chart: Chart, height: int) -> Any:
    """Write the run that shows a chart, with its words for who cannot see it."""
    name, words = (quoteattr(paragraphs.clean(text)) for text in (chart.title, chart.words))
    return parse_xml(
        f"<w:r {nsdecls('w', 'wp', 'a', 'r')}><w:drawing>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{int(_WIDTH)}" cy="{int(height)}"/>'
        f'<wp:docPr id="{1000 + number}" name="Grafik {number}" title={name} descr={words}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_C}">'
        f'<c:chart xmlns:c="{_C}" r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
