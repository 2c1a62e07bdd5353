"""What lies in a register for a text editor: schemas that complete and explain keys, and which files each is for."""

import json
from pathlib import Path

from processor.cases import case_file_text, office_record_files, testimonials
from processor.foundation import atomic_files, shipped
from processor.foundation.settings_agency import Taxonomy

_CASE = "permohonan"
PATTERNS = {**office_record_files.PATTERNS, testimonials.FOLDER: testimonials.PATTERN}
"""Which files each schema beside that of cases is for."""


def write(register: Path, inner: Path, taxonomy: Taxonomy) -> None:
    """Keep the editor's settings and schemas up to date.

    The schema of a case follows the office's own words; the others are shipped as they are.

    Args:
        register: The register's folder.
        inner: The folder of what the processor keeps there for itself.
        taxonomy: The words by which the office counts requests.
    """
    atomic_files.replace_if_changed(inner / _schema(_CASE), case_file_text.schema_text(taxonomy))
    for name in PATTERNS:
        source = shipped.sources() / ".vscode" / "skema" / _schema(name)
        if source.is_file():
            atomic_files.replace_if_changed(inner / _schema(name), source.read_bytes())
    patterns = {_CASE: f"**/{_CASE}.yaml", **PATTERNS}
    editor = {
        "yaml.schemas": {f"{inner.name}/{_schema(name)}": pattern for name, pattern in patterns.items()},
        "yaml.schemaStore.enable": False,
        "files.exclude": {"**/*.age": True, inner.name: True},
    }
    atomic_files.replace_if_changed(register / ".vscode" / "settings.json", json.dumps(editor, indent=1).encode())


def _schema(name: str) -> str:
    return f"{name}.schema.json"
