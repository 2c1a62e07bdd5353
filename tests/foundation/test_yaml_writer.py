"""Long words are written as a person reads them, and read back as they were."""

import pytest
import yaml

from processor.foundation import yaml_writer

LONG = "Kata demi kata. " * 8 + "Tamat"
BLOCKS = [LONG, f"{LONG}\n\n{LONG}", f"{LONG}\n  maju", "é 😀\n- a: b # c\n'\"", "a\nb\n\n"]
OTHERS = [f"{LONG} ", f"{LONG} \n{LONG}", f"\ufeff{LONG}", f"{LONG}\x07", f"{LONG}\t\n"]


@pytest.mark.parametrize("text", BLOCKS)
def test_long_words_stand_as_a_block_and_are_read_back(text: str) -> None:
    written = yaml_writer.dump({"a": text, "b": [text]})
    assert written.startswith("a: |")
    assert yaml.safe_load(written) == {"a": text, "b": [text]}


@pytest.mark.parametrize("text", OTHERS)
def test_what_no_block_can_hold_is_read_back_as_well(text: str) -> None:
    written = yaml_writer.dump({"a": text, "b": [text]})
    assert written.startswith('a: "')
    assert yaml.safe_load(written) == {"a": text, "b": [text]}
