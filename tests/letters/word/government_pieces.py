"""What templates of government offices are made of: papers, a kop with a picture, boxes, groups, controls, tables."""

import io
import re
from dataclasses import dataclass, field
from functools import cache

from PIL import Image, ImageDraw

from tests.letters.word.word_xml import LETTER, SHIPPED, Parts, par, run, table, with_link, with_part

A4, F4, LEGAL = (11906, 16838), (12189, 18709), (12240, 20160)
"""Papers in twips; F4 is 21.5 x 33 cm."""
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMES = re.findall(r' xmlns:\w+="[^"]*"', SHIPPED[LETTER].decode().partition("<w:body>")[0])
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WPG = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
Place = tuple[str, str]
"""Where words stand (``sel kotak``: in a text box in a cell; "" in the letter's own lines), and all words there."""


def page_of(paper: tuple[int, int], before: str = "", after: str = "") -> str:
    """The ``w:sectPr`` of a section on ``paper`` (twips), with what its schema wants before and after the size."""
    turned = ' w:orient="landscape"' * (paper[0] > paper[1])
    margins = "".join(f' w:{side}="1134"' for side in ("top", "right", "bottom"))
    return (
        f'<w:sectPr>{before}<w:pgSz w:w="{paper[0]}" w:h="{paper[1]}"{turned}/><w:pgMar{margins} w:left="1701" '
        f'w:header="567" w:footer="567" w:gutter="0"/>{after}</w:sectPr>'
    )


@dataclass(frozen=True)
class Sample:
    """A template, what a letter made from it says and where, and the paper of its last page (twips)."""

    body: str
    places: tuple[Place, ...]
    paper: tuple[int, int] = A4
    font: str = "Arial"
    section: str = ""
    kind: str = "nextPage"
    parts: dict[str, str] = field(default_factory=dict)

    def build(self) -> Parts:
        """Give the template's parts."""
        references, parts = "", picture_part(dict(SHIPPED))
        for kind, xml in self.parts.items():
            name = kind.split()[0]
            file, link = f"{kind.replace(' ', '')}.xml", f"r{kind.replace(' ', '')}"
            tag = {"header": "hdr", "footer": "ftr"}.get(name, name)
            whole = f"<w:{tag}{''.join(_NAMES)}>{xml}</w:{tag}>".encode()
            parts = with_link(with_part(parts, f"word/{file}", f"{_WORD}.{name}+xml", whole), name, file, link)
            links = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
            parts[f"word/_rels/{file}.rels"] = links.replace(b"/>", b">" + _IMAGE_LINK + b"</Relationships>")
            if name in {"header", "footer"}:
                references += f'<w:{name}Reference w:type="{kind.split()[1]}" r:id="{link}"/>'
        start = SHIPPED[LETTER].decode().partition("<w:body>")[0]
        page = page_of(self.paper, f'{references}<w:type w:val="{self.kind}"/>', self.section)
        fonts = SHIPPED["word/styles.xml"].replace(b'"Arial"', f'"{self.font}"'.encode())
        return {
            **parts,
            LETTER: f"{start}<w:body>{self.body}{page}</w:body></w:document>".encode(),
            "word/styles.xml": fonts,
        }


_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_IMAGE_LINK = f'<Relationship Id="rLambang" Type="{_IMAGE}" Target="media/lambang.png"/>'.encode()


@cache
def _emblem() -> bytes:
    image, made = Image.new("RGB", (96, 112), "white"), io.BytesIO()
    ImageDraw.Draw(image).polygon([(48, 4), (92, 28), (84, 84), (48, 108), (12, 84), (4, 28)], "#1d4f91", "#111111")
    image.save(made, "PNG")
    return made.getvalue()


def picture_part(parts: Parts) -> Parts:
    """The parts with the picture of a kop."""
    return with_link(
        with_part(parts, "word/media/lambang.png", "image/png", _emblem()), "image", "media/lambang.png", "rLambang"
    )


def _drawing(graphic: str, kind: str, size: tuple[int, int], at: tuple[int, int] | None = None) -> str:
    """A drawing in the line, or ``at`` an offset from the margin (EMU)."""
    inside = (
        f'<wp:docPr id="{size[0] // 1000}" name="Gambar" descr=""/><a:graphic {_A}>'
        f'<a:graphicData uri="{kind}">{graphic}</a:graphicData></a:graphic>'
    )
    extent = f'<wp:extent cx="{size[0]}" cy="{size[1]}"/>'
    if at is None:
        return f"<w:drawing><wp:inline>{extent}{inside}</wp:inline></w:drawing>"
    offset = "<wp:position{0} relativeFrom='{1}'><wp:posOffset>{2}</wp:posOffset></wp:position{0}>"
    return (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f"{offset.format('H', 'margin', at[0])}{offset.format('V', 'paragraph', at[1])}{extent}<wp:wrapNone/>{inside}"
        "</wp:anchor></w:drawing>"
    )


def _pixels(size: tuple[int, int]) -> str:
    return (
        f'<pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr><pic:cNvPr id="0" name="lambang.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="rLambang"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{size[0]}" cy="{size[1]}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )


def emblem(size: tuple[int, int] = (600000, 700000), at: tuple[int, int] | None = None) -> str:
    """The picture, in the line or anchored."""
    return f"<w:r>{_drawing(_pixels(size), _PIC, size, at)}</w:r>"


def _shape(inside: str, size: tuple[int, int], x: int = 0) -> str:
    return (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="{x}" y="0"/>'
        f'<a:ext cx="{size[0]}" cy="{size[1]}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:ln w="12700"><a:solidFill><a:srgbClr val="C00000"/></a:solidFill></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    )


def box(inside: str, size: tuple[int, int] = (2000000, 500000), at: tuple[int, int] = (3600000, 0)) -> str:
    """A text box as Word writes it: once for Word of today, once for that of 2007."""
    old = (
        f'<w:pict><v:shape style="width:150pt;height:30pt"><v:textbox><w:txbxContent>{inside}</w:txbxContent>'
        "</v:textbox></v:shape></w:pict>"
    )
    new = _drawing(_shape(inside, size), _WPS, size, at)
    return _alternatives("wps", new, f"<mc:Fallback>{old}</mc:Fallback>")


def _alternatives(needed: str, new: str, old: str = "") -> str:
    choice = f'<mc:Choice Requires="{needed}">{new}</mc:Choice>'
    return f"<w:r><mc:AlternateContent>{choice}{old}</mc:AlternateContent></w:r>"


def group(inside: str) -> str:
    """A picture and a text box, grouped, as in a kop that was drawn."""
    size, half = (5400000, 700000), (4600000, 700000)
    both = _pixels((600000, 700000)) + _shape(inside, half, 800000)
    shapes = f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr/>{both}</wpg:wgp>"
    return _alternatives("wpg", _drawing(shapes, _WPG, size, (0, 0)))


def centred(*inside: str) -> str:
    """A centred paragraph."""
    return par(*inside, properties='<w:pPr><w:jc w:val="center"/></w:pPr>')


def tabbed(*stops: int, dots: bool = False) -> str:
    """The properties of a line with tab stops (twips), the last of them with dots before it."""
    leader = ' w:leader="dot"'
    tabs = "".join(f'<w:tab w:val="left"{leader * (dots and at == stops[-1])} w:pos="{at}"/>' for at in stops)
    return f"<w:pPr><w:tabs>{tabs}</w:tabs></w:pPr>"


def styled(style: str, *inside: str) -> str:
    """A paragraph in one of the shipped styles, by its id."""
    return par(*inside, properties=f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>')


def control(properties: str, inside: str) -> str:
    """A content control, in a line or around paragraphs."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def framed(width: int = 9000, columns: int = 2, head: str = "") -> str:
    """The head of a table with lines."""
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = f'<w:gridCol w:w="{width // columns}"/>' * columns
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/>{head}<w:tblBorders>{lines}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


KOP_LINES = par("{% for baris in instansi.kop %}") + centred(run("{{ baris }}", "<w:b/>")) + par("{% endfor %}")
KOP = table((par(emblem()), KOP_LINES + centred("{{ instansi.alamat }}")), head=framed())
"""A kop with the picture left of its lines."""
SIGNED = (
    centred("{{ penandatangan.jabatan }},")
    + par("")
    + centred(run("{{ penandatangan.nama }}", '<w:b/><w:u w:val="single"/>'))
)
COPIES = (
    par("Tembusan:") + par("{% for satu in tembusan %}") + styled("DaftarTembusan", "{{ satu }}") + par("{% endfor %}")
)
NUMBER = "180/………/[nomor dari sekretariat]"
ROWS = (
    ("{%tr for d in kajian.dasar_hukum %}", "", ""),
    ("{{ loop.index }}.", "{{ d }}", "{% if loop.last %}akhir{% else %}ada{% endif %}"),
    ("{%tr endfor %}", "", ""),
)
