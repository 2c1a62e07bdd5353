"""Writes what is shipped and made from the code: ``python -m tests.generate`` (``make generated``).

The editor's schemas for the files that people write, so that no editor asks the internet, that of the file
of figures, which the site gives to whoever reads one, the table of what a released version ships, the figures that the
example office publishes, which the release gate let out of made-up requests, the picture of the workflow for the
developers' page, and the handbook's pages of Markdown for letters, of commands and of settings.
"""

import json
from pathlib import Path

from processor.cases import case_file_text, complaint_register, office_record_files, testimonials
from processor.evaluation import aggregate, frozen_publication
from processor.foundation import atomic_files, law_catalogue, settings
from processor.foundation.form_definition import Form
from processor.foundation.survey_form import SurveyForm
from processor.operations.upgrade import releases
from processor.site import official_texts
from processor.site.everyday_words import Synonyms
from tests import handbook_reference, workflow_picture
from tests.evaluation import published_samples
from tests.letters import markdown_examples
from tests.office import ROOT


def generated() -> dict[Path, str]:
    """Make each file's text, by its path."""
    found = settings.load(ROOT / settings.FILE_NAME)
    models = {
        "payung": settings.Settings.model_json_schema(),
        "formulir": Form.model_json_schema(),
        "survei": SurveyForm.model_json_schema(),
        "sinonim": Synonyms.model_json_schema(),
        "dasar-hukum": law_catalogue.Catalogue.model_json_schema(),
        "naskah": official_texts.OfficialText.model_json_schema(),
        "permohonan": case_file_text.schema(found.taksonomi),
        "pengaduan": complaint_register.schema(),
        "testimoni": testimonials.schema(),
        **{
            name: case_file_text.relaxed(model.model_json_schema())
            for name, model in office_record_files.SCHEMAS.items()
        },
    }
    schemas = {
        ROOT / ".vscode" / "skema" / f"{name}.schema.json": json.dumps(model, ensure_ascii=False, indent=1)
        for name, model in models.items()
    }
    schemas[ROOT / "docs" / "assets" / "rekap.schema.json"] = json.dumps(
        aggregate.schema(), ensure_ascii=False, indent=1
    )
    figures = {
        ROOT / "processor" / "cli" / "sample" / "kinerja" / f"{one.name}.json": frozen_publication.to_json(one)
        for one in published_samples.samples()
    }
    made = releases.of_program()
    tables = {} if ".dev" in made.version else {releases.TABLES / f"{made.version}.json": releases.table(made)}
    return {
        **schemas,
        **figures,
        **tables,
        ROOT / "docs" / "pengembang" / "alur-kerja.svg": workflow_picture.svg(),
        ROOT / "docs" / "petugas" / "markdown.md": markdown_examples.page(),
        ROOT / "docs" / "petugas" / "perintah.md": handbook_reference.commands_page(),
        ROOT / "docs" / "petugas" / "pengaturan.md": handbook_reference.settings_page(),
    }


if __name__ == "__main__":
    for path, text in generated().items():
        atomic_files.replace_if_changed(path, text.encode())
