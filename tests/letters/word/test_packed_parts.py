"""A .docx is written as the standard library would, byte for byte, and what is ready is not compressed again."""

import io
import zipfile
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from processor.letters.word import zip_package
from processor.letters.word.zip_package import PackedPart


def by_zipfile(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system = 0
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=1)
    return made.getvalue()


PARTS = st.dictionaries(st.text("abcü/.", min_size=1, max_size=9), st.binary(max_size=400), max_size=5)


@given(PARTS)
def test_the_bytes_are_those_of_the_standard_library(parts: dict[str, bytes]) -> None:
    ready = {name: zip_package.pack(content) for name, content in parts.items()}
    assert zip_package.write(parts) == by_zipfile(parts)
    assert zip_package.write({name: part.content for name, part in ready.items()}, ready) == by_zipfile(parts)


def test_what_is_ready_is_taken_as_it_is_and_only_for_the_same_content() -> None:
    content = b"isi " * 20
    ready = {"a.xml": PackedPart(content, 7, b"mampat")}
    assert b"mampat" in zip_package.write({"a.xml": content}, ready)
    assert zip_package.write({"a.xml": content + b"lain"}, ready) == by_zipfile({"a.xml": content + b"lain"})
