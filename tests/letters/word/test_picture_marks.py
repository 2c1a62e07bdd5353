"""A picture of a kop says nothing of who made it, and looks as it did."""

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from processor.letters.word import picture_marks

NAME = "Budi Rekaan"


def picture(kind: str, *, noted: bool) -> bytes:
    """A small picture; ``noted``: with its maker among everything that its kind can hold."""
    image, made, notes = Image.radial_gradient("L").resize((40, 40)).convert("RGB"), io.BytesIO(), Image.Exif()
    notes[0x013B] = NAME  # the artist
    if not noted:
        image.save(made, kind)
    elif kind == "PNG":
        texts = PngInfo()
        texts.add_text("Author", NAME)
        texts.add_itxt("XML:com.adobe.xmp", NAME, zip=True)
        image.save(made, kind, pnginfo=texts, exif=notes)
    else:
        image.save(made, kind, exif=notes, comment=NAME.encode())
    return made.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_names_nobody_and_looks_the_same(kind: str) -> None:
    noted = picture(kind, noted=True)
    assert NAME.encode() in noted
    assert picture_marks.without_notes(noted) == picture(kind, noted=False)


def test_a_drawing_names_neither_its_maker_nor_their_folder() -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" '
        f'i:export-filename="/home/{NAME}/a.png"><!-- {NAME} --><metadata>{NAME}</metadata><title>Lambang</title></svg>'
    )
    found = picture_marks.without_notes(drawing.encode())
    assert NAME.encode() not in found
    assert b"<title>Lambang</title>" in found


@pytest.mark.parametrize("cut", [b"", b"GIF89a", b"<svg"])
def test_a_picture_of_another_kind_or_damaged_stays_as_it_is(cut: bytes) -> None:
    assert picture_marks.without_notes(cut) == cut


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("length", [3, 9, 12, 30])
def test_a_picture_that_breaks_off_stays_as_it_is(kind: str, length: int) -> None:
    broken = picture(kind, noted=True)[:length]
    assert picture_marks.without_notes(broken) == broken
