"""Referrals at the desk: counted, in the name of who signed in, and without anything of whom."""

from pathlib import Path

from processor.desk import referral_page
from processor.desk.visit import Elsewhere, Posted, Visit
from processor.operations import referrals
from tests.story import Story


def test_a_referral_is_noted_with_its_usual_place_and_never_with_a_person(tmp_path: Path) -> None:
    story = Story(tmp_path)

    def post(me: str = "pengelola", **texts: str) -> Elsewhere | str:
        posted = Posted({key: (text,) for key, text in {"borang": "rujuk", **texts}.items()})
        return referral_page.refer_act(Visit(story.office, "/x/", me, {}, posted, "t", signed_in=True))

    done = Elsewhere("/x/loket/rujukan#tercatat")
    assert post(jenis="litigasi") == done
    assert post(jenis="lainnya", tempat="Inspektorat") == done
    for wrong in (
        {"jenis": "cuaca"}, {"jenis": ""}, {"jenis": "lainnya"}, {"jenis": "litigasi", "tempat": "wulan@example.org"},
        {"jenis": "litigasi", "tempat": "x" * 500},
    ):  # fmt: skip
        assert 'class="salah"' in str(post(**wrong)) or 'role="alert"' in str(post(**wrong))
    assert isinstance(post("analis", jenis="litigasi"), str)
    events, problems = referrals.read(story.office.register)
    assert [(one.actor, one.data["jenis"]) for one in events] == [("pengelola", "litigasi"), ("pengelola", "lainnya")]
    assert (events[0].data["ke"], problems) == (referrals.PLACES["litigasi"], ())
    page = referral_page.referral_page(Visit(story.office, "/x/", "pengelola", signed_in=True))
    assert "<li>lainnya: 1</li>" in page
