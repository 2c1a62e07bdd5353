"""Prints a study that is being written as its letter would be, for nobody: no identity is opened, nothing is kept."""

from processor.cases.records import Applicant
from processor.foundation import atomic_files, law_catalogue, yaml_editor
from processor.foundation.errors import PayungError
from processor.foundation.scratch_folders import scratch_folder
from processor.letters import documents, pdf
from processor.operations import steps, study_saving, study_texts
from processor.operations.office import Office
from processor.operations.study_texts import Texts


def as_pdf(office: Office, number: str, typed: Texts) -> bytes:
    """Make the PDF of ``letter``; LibreOffice takes a second or two, in which nobody holds the register.

    Raises:
        BrokenFiles: As ``letter``.
        PayungError: As ``letter``, or there is no LibreOffice.
    """
    name, content = letter(office, number, typed)
    with scratch_folder() as folder:
        atomic_files.write(folder / name, content, sync=False)
        return pdf.convert([folder / name])[folder / name]


def letter(office: Office, number: str, typed: Texts) -> tuple[str, bytes]:
    """Make the letter, with its file name, that a case would have with ``typed`` in its study.

    Raises:
        BrokenFiles: With everything that the letter lacks.
        PayungError: The form of help is not chosen.
    """
    filed = office.register.read(number)
    now = study_texts.of_case(study_saving.usable_case(filed))
    changes = {("kajian", key): study_texts.value(key, text) for key, text in typed.items() if text != now.get(key)}
    then = steps.case_with(office, filed, yaml_editor.apply(filed.document.text, changes))
    case = study_saving.usable_case(then)
    if not case.bentuk:
        raise PayungError(f"Bentuk layanan {number} belum dipilih, jadi bentuk suratnya belum diketahui.")
    settings, catalogue = office.settings, law_catalogue.load(office.settings.law_catalogue)
    kind, nobody = case.bentuk, Applicant()
    content = documents.render(kind, case, nobody, settings, catalogue, settings.opinions, then.document, draft=True)
    return documents.file_name(kind), content
