"""Writes YAML as a person reads it: in order, long words as block text, what a block cannot hold made visible."""

import re
from typing import Any

import yaml
from yaml.emitter import ScalarAnalysis


def visible_text(text: str) -> str:
    """Give ``text`` as it reads in a YAML block: line ends unified, tabs and control characters made visible.

    The applicant's exact words stay in the sealed file.
    """
    text = re.sub(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]", "\n", text).replace("\t", "    ")
    text = re.sub(r"[\x00-\x09\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]", "\ufffd", text)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


class _BlockText(str):
    """Text to be written as a block."""


_BLOCK = re.compile(
    r"(?:[\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff](?<! \n))+(?<! )"
)
"""Text that a block can hold as it is: letters that are seen, and no blank at the end of a line."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 -- PyYAML's
        super().increase_indent(flow, False)

    def analyze_scalar(self, scalar: str) -> ScalarAnalysis:
        """Tell how a scalar can be written; of a long block PyYAML would ask that of every letter."""
        if isinstance(scalar, _BlockText) and _BLOCK.fullmatch(scalar):
            return ScalarAnalysis(scalar, False, "\n" in scalar, False, False, False, True, True)
        return super().analyze_scalar(scalar)


# A time is written without quotes: our reader takes every scalar as text.
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
_Dumper.add_representer(
    _BlockText, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
)
_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))


def dump(data: dict[str, Any]) -> str:
    """Write ``data`` as YAML; strings of several lines or over 90 characters become blocks."""
    return yaml.dump(_blocks_marked(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)


def _blocks_marked(value: Any) -> Any:
    """Mark the long strings of ``value`` to be written as blocks."""
    if isinstance(value, dict):
        return {key: _blocks_marked(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_blocks_marked(item) for item in value]
    if isinstance(value, str) and ("\n" in value or len(value) > 90):
        return _BlockText(value)
    return value
