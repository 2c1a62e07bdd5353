"""Every question of a form stands on one page of it, also those of an older form and those that an office added."""

import re
from typing import get_args

import pytest

from processor.cases.case_parts import UrgentMatter
from processor.foundation import form_definition, law_catalogue
from processor.foundation.form_definition import Form, Question
from processor.foundation.settings_agency import OtherPlace
from processor.site import form_steps, request_form
from processor.site.request_form import Contact
from tests.office import FORM, ROOT

OLD = ROOT / "tests" / "data" / "office-0.1" / "forms" / "permohonan.yaml"
COMPLAINT = form_definition.load(ROOT / "forms" / "pengaduan.yaml")


def added(form: Form) -> Form:
    """The form of an office that asks one thing more in every group."""
    groups = ("identitas", "persoalan", "persetujuan", "pengiriman")
    more = [
        Question.model_validate(
            {"kunci": f"lain_{one}", "judul": f"Lain {one}", "jenis": "teks", "kelompok": one, "wajib": "tidak"}
        )
        for one in groups
    ]
    return form.model_copy(update={"pertanyaan": (*form.pertanyaan, *more)})


@pytest.mark.parametrize("form", [FORM, form_definition.load(OLD), added(FORM)])
def test_every_question_of_a_request_stands_on_one_page(form: Form) -> None:
    asked = request_form.asked_questions(form)
    shown = [one.kunci for _, questions in form_steps.placed(asked, form_steps.REQUEST_STEPS) for one in questions]
    assert sorted(shown) == sorted(one.kunci for one in asked)
    page = request_form.render(form, "payung.example.go.id", ())
    assert [key for key in shown if page.count(f'id="isian-{key}"') != 1] == []
    assert ("langkah-segera" in page) == ("mendesak" in shown)


def test_every_question_of_a_complaint_stands_on_one_page() -> None:
    placed = form_steps.placed(COMPLAINT.pertanyaan, form_steps.COMPLAINT_STEPS)
    assert sorted(one.kunci for _, questions in placed for one in questions) == sorted(
        q.kunci for q in COMPLAINT.pertanyaan
    )


def test_the_advice_names_the_telephone_of_the_settings_and_who_else_helps_with_such_a_date() -> None:
    places = (
        OtherPlace(nama="Posko <Rekaan>", telepon="0800 1", jam="24 jam", untuk=("dipanggil",)),
        OtherPlace(nama="Lembaga Rekaan"),
        OtherPlace(nama="Meja Data", untuk=("data",)),
    )
    page = request_form.render(FORM, "", (), request_form.REQUEST, Contact("(0751) 1234", "Senin, 08.00", places))
    advice = page.partition('id="langkah-segera"')[2].partition('id="langkah-uraian"')[0]
    assert '<a href="tel:07511234">(0751) 1234</a> (Senin, 08.00)' in advice
    foot = page.partition('<p class="keluar"')[2]
    assert "<small>Senin, 08.00</small>" in foot, "at the foot of every step, where the number is"
    number = '<a href="tel:08001">0800 1</a> (24 jam).'
    assert f'<p data-untuk="surat_panggilan"><strong>Posko &lt;Rekaan&gt;</strong>. {number}' in advice
    assert f'<p data-untuk="{" ".join(get_args(UrgentMatter))}"><strong>Lembaga Rekaan</strong>.' in advice
    assert "Meja Data" not in advice


def test_the_advice_cites_only_articles_that_somebody_has_read() -> None:
    text = (ROOT / "processor" / "site" / "near_date_advice.html").read_text("utf-8")
    laws = law_catalogue.load(ROOT / "opinions" / "dasar-hukum.yaml").peraturan
    cited = re.findall(r"\(UU (\d+)/(\d+) Pasal ((?:[^()]|\(\d+\))+)\)", text)
    assert len(cited) == text.count("Pasal ") == 4
    assert [one for one in cited if one[2] not in laws[f"uu-{one[0]}-{one[1]}"].pasal] == []
