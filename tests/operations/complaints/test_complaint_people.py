"""The leak gate looks for who complained, as it does for applicants."""

import os
from pathlib import Path

import pytest

from processor.cases import complaint_register
from processor.cases.complaint_content import SEALED_WORDS
from processor.foundation.errors import LeakFound, PayungError
from processor.operations.complaints import complaint_intake
from processor.operations.identity_index import IdentityIndex
from processor.site import publish
from tests.operations.complaints.test_complaint_acts import HEAD, INTAKE, NUMBER, PERSON, WORDS, typed
from tests.story import Story

CLEAN = "<p>Layanan bagi pegawai. Hubungi kami.</p>"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    made = Story(tmp_path)
    inspect(made, CLEAN)
    complaint_intake.take(made.office, INTAKE, HEAD, typed(*PERSON, WORDS))
    return made


def inspect(story: Story, text: str) -> None:
    """Let the gate look at a site that holds ``text``."""
    (story.settings.site / "index.html").write_text(text)
    publish.inspect(story.settings, IdentityIndex(story.office.register), story.settings.site)


@pytest.mark.parametrize(
    "text", ["Wulan Andaiannya", "wulan@example.org", "0812-0000-0099", "Jl. Tanjung Andaian No. 17"]
)
def test_who_complained_stands_on_no_page(story: Story, text: str) -> None:
    inspect(story, CLEAN)
    for _ in range(2):  # what is refused once is not let out the next time
        with pytest.raises(LeakFound) as refused:
            inspect(story, f"{CLEAN}<p>{text}</p>")
        assert list(refused.value.found) == [NUMBER]
        assert text not in str(refused.value)


def test_who_complains_later_is_looked_for_in_the_site_that_stands(story: Story) -> None:
    page = f"{CLEAN}<p>Budi Khayali Rekaan</p>"
    index = IdentityIndex(story.office.register)
    before = index.digest()
    other = ("Budi Khayali Rekaan", *PERSON[1:])
    number = complaint_intake.take(story.office, INTAKE, HEAD, typed(*other, WORDS))
    assert index.digest() != before
    with pytest.raises(LeakFound) as refused:
        inspect(story, page)
    assert list(refused.value.found) == [number]


def test_of_a_cleared_site_no_complaint_is_opened_again(story: Story) -> None:
    inspect(story, CLEAN)
    sealed = complaint_register.path(story.office.register, NUMBER) / SEALED_WORDS
    before = sealed.stat()
    sealed.write_bytes(b"x" * before.st_size)  # whoever opens it fails
    os.utime(sealed, ns=(before.st_atime_ns, before.st_mtime_ns))
    inspect(story, CLEAN)
    with pytest.raises(PayungError, match="tidak terbuka"):
        inspect(story, f"{CLEAN}<p>Kabar baru.</p>")
