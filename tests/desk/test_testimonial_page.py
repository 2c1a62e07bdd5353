"""Testimonials at the desk: written down with consent, approved by a second officer as they were shown, withdrawn."""

from dataclasses import replace

import pytest

from processor.desk import testimonial_page
from processor.desk.visit import Elsewhere, Posted, Visit
from processor.operations import side_journal
from processor.operations.figures import publication_lists, testimonial_acts
from tests.story import Story

SAID = {"kutipan": "Jawabannya jelas.", "sebagai": "Seorang guru", "tanggal": "2026-03-01", "naskah": "Map 3"}
DONE = Elsewhere("/x/testimoni")


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    return Visit(Story(tmp_path_factory.mktemp("kantor")).office, "/x/", "pengelola", token="t", signed_in=True)


def post(visit: Visit, form: str, me: str = "pengelola", **texts: str) -> Elsewhere | str:
    given = {key: (text,) for key, text in {"borang": form, **texts}.items()}
    return testimonial_page.testimonial_act(replace(visit, me=me, posted=Posted(given)))


def test_whoever_is_nobody_in_particular_writes_nothing(visit: Visit) -> None:
    nobody = replace(visit, signed_in=False)
    assert "Pilih dahulu nama Anda" in str(post(nobody, "tambah", me="", **SAID))
    assert testimonial_acts.read(visit.office) == ()


def test_only_a_second_officer_approves_and_only_the_words_that_they_were_shown(visit: Visit) -> None:
    assert "Belum diisi." in str(post(visit, "tambah", **{**SAID, "naskah": ""}))
    assert "NIP" in str(post(visit, "tambah", **{**SAID, "kutipan": "Terima kasih, 198501012010011001."}))
    assert testimonial_acts.read(visit.office) == ()
    assert post(visit, "tambah", **SAID) == DONE
    [one] = testimonial_acts.read(visit.office)
    assert one.testimonial
    assert 'value="setujui"' not in testimonial_page.testimonial_page(visit)
    assert 'value="setujui"' in testimonial_page.testimonial_page(replace(visit, me="kabag"))
    seen = {"nama": one.name, "sidik": one.testimonial.digest}
    assert "mintalah petugas lain" in str(post(visit, "setujui", **seen))
    for changed in ({**seen, "sidik": "0" * 64}, {**seen, "sidik": ""}):
        assert "berubah sejak halaman ini" in str(post(visit, "setujui", "kabag", **changed))
    assert post(visit, "setujui", "kabag", **seen) == DONE
    assert [*map(publication_lists.standing, testimonial_acts.read(visit.office))] == ["disetujui"]
    assert post(visit, "cabut", nama=one.name) == DONE
    assert [*map(publication_lists.standing, testimonial_acts.read(visit.office))] == ["ditarik"]
    told = side_journal.read(visit.office.register, "testimoni")[0]
    assert [(event.kind, event.actor, "akun" in event.data) for event in told] == [
        ("ditulis", "pengelola", False),
        ("disetujui", "kabag", False),
        ("dicabut", "pengelola", False),
    ]
