"""Whose file is whose, and which are refused: every refusal says why, and the others are added up all the same."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.cases import aggregate_key
from processor.evaluation.aggregate import WHOLE, Aggregate, AggregateTable
from processor.evaluation.periods import Period
from processor.foundation.errors import PayungError, Problem
from processor.foundation.progress import silent
from processor.foundation.settings_recap import GatheredAgency
from processor.operations.figures import recap_sources
from processor.operations.figures.aggregate_addresses import MOST_BYTES
from processor.operations.figures.known_agencies import FILE_NAME, KnownAgencies
from tests.effort import MANY

PARTS = ("format", "instansi", "dibuat", "angka", "nama", "kategori", "periode", "lain")
QUARTER = Period(2026, 3)
TODAY = date(2027, 2, 1)
FIRST, SECOND, THIRD = (Ed25519PrivateKey.generate() for _ in range(3))


def figures(name: str, total: int = 30) -> Aggregate:
    table = AggregateTable("hasil", (WHOLE, "a", "b"), {"2026-3": (total, 15, None)})
    return Aggregate(name, date(2026, 10, 15), (table,))


def signed(key: Ed25519PrivateKey, one: Aggregate) -> bytes:
    return aggregate_key.sign(key, one.content())


def listed(code: str, name: str, key: Ed25519PrivateKey | None = None, address: str = "") -> GatheredAgency:
    public = aggregate_key.public_text(key) if key else ""
    return GatheredAgency(kode=code, nama=name, alamat=address, kunci=public)


def mark(key: Ed25519PrivateKey) -> str:
    return aggregate_key.fingerprint(aggregate_key.public_text(key))


def total(found: recap_sources.Gathered) -> int:
    return found.recap.sums(QUARTER)["hasil"][WHOLE].sum if found.recap.periods else 0


def test_sound_files_are_added_and_every_other_is_refused_with_its_sentence() -> None:
    wrong_sums = replace(figures("C"), tables=(AggregateTable("hasil", (WHOLE, "a"), {"2026-3": (30, 31)}),))
    found = recap_sources.gather(
        {
            "a.json": signed(FIRST, figures("A")),
            "b.json": signed(SECOND, figures("B", 20)),
            "c.json": signed(THIRD, wrong_sums),
            "d.json": signed(THIRD, figures("D")).replace(b"15, null", b"16, null"),
            "e.json": b"bukan",
            "f.json": Problem("f.json", None, "Berkas atau folder tidak ada."),
        },
        (),
        {},
        TODAY,
    )
    assert total(found) == 50
    assert {one.place: one.message.split()[0] for one in found.refused} == {
        "c.json": "Tabel", "d.json": "Tanda", "e.json": "Bukan", "f.json": "Berkas",
    }  # fmt: skip
    assert len(found.news) == 2
    assert mark(FIRST) in found.news[0]


def test_a_key_is_remembered_and_a_changed_one_refused_until_somebody_accepts_it() -> None:
    known = recap_sources.gather({"a": signed(FIRST, figures("Biro A"))}, (), {}, TODAY).keys
    again = recap_sources.gather({"a": signed(FIRST, figures("BIRO  a"))}, (), known, TODAY)
    assert (again.news, again.keys) == ((), known)
    changed = {"a": signed(SECOND, figures("Biro A"))}
    refused = recap_sources.gather(changed, (), known, TODAY)
    assert "Kuncinya berubah" in refused.refused[0].message
    assert (total(refused), refused.keys) == (0, known)
    accepted = recap_sources.gather(changed, (), known, TODAY, {mark(SECOND)})
    assert total(accepted) == 30
    assert [*accepted.keys.values()] == [aggregate_key.public_text(SECOND)]


def test_the_key_of_the_settings_is_the_only_one_of_its_agency() -> None:
    agencies = (listed("A", "Biro A", FIRST),)
    refused = recap_sources.gather({"a": signed(SECOND, figures("Biro A"))}, agencies, {}, TODAY, {mark(SECOND)})
    assert "bukan kunci instansi itu di payung.yaml" in refused.refused[0].message
    named_otherwise = recap_sources.gather({"a": signed(FIRST, figures("Nama Lain"))}, agencies, {}, TODAY)
    assert [(one.code, one.name, bool(one.file)) for one in named_otherwise.recap.members] == [("A", "Biro A", True)]


def test_the_key_of_one_agency_is_asked_of_no_other() -> None:
    agencies = (listed("B", "Biro B", SECOND), listed("A", "Biro A"))
    found = recap_sources.gather({"a": signed(FIRST, figures("Biro A"))}, agencies, {}, TODAY)
    assert (found.refused, total(found)) == ((), 30)


def test_a_strangers_file_takes_nothing_from_an_agency_that_is_known() -> None:
    own, strange = signed(FIRST, figures("Biro A")), signed(SECOND, figures("Biro A", 99))
    known = recap_sources.gather({"a": own}, (), {}, TODAY).keys
    assert total(recap_sources.gather({"b": strange, "a": own}, (), known, TODAY)) == 30
    unknown = recap_sources.gather({"b": strange, "a": own}, (), {}, TODAY)
    assert (total(unknown), len(unknown.refused), unknown.keys) == (0, 2, {})
    assert "mengaku instansi yang sama" in unknown.refused[0].message


def test_what_comes_from_an_agencys_address_is_its_own_whatever_it_is_called() -> None:
    address = "https://a.example.go.id/rekap.json"
    found = recap_sources.gather(
        {address: signed(FIRST, figures("X"))}, (listed("A", "Biro A", None, address),), {}, TODAY
    )
    assert [*found.keys] == ["kode A"]
    assert found.recap.members[0].name == "Biro A"


def test_of_two_files_of_one_agency_the_newer_counts_once() -> None:
    newer = replace(figures("A", 40), made=date(2027, 1, 15))
    files = {"old": signed(FIRST, figures("A")), "new": signed(FIRST, newer), "same": signed(FIRST, newer)}
    found = recap_sources.gather(files, (), {}, TODAY)
    assert total(found) == 40
    assert [one.place for one in found.refused] == ["old"]


def test_agencies_of_the_settings_without_a_file_are_gaps_and_headings_are_not() -> None:
    agencies = (
        GatheredAgency(kode="PUSAT", nama="Pusat"),
        GatheredAgency(kode="K1", nama="Kanwil 1", induk="PUSAT"),
        GatheredAgency(kode="K2", nama="Kanwil 2", induk="PUSAT"),
    )
    found = recap_sources.gather({"a": signed(FIRST, figures("kanwil 1"))}, agencies, {}, TODAY)
    assert [(gap.member.code, gap.periods) for gap in found.recap.gaps()] == [("K2", (QUARTER,))]
    assert found.recap.along_tree(QUARTER, "hasil")["PUSAT"].sum == 30
    awaited = (listed("PUSAT", "Pusat", None, "https://a.example.go.id/"), *agencies[1:])
    missing = recap_sources.gather({"a": signed(FIRST, figures("kanwil 1"))}, awaited, {}, TODAY).recap.gaps()
    assert [gap.member.code for gap in missing] == ["PUSAT", "K2"]
    own = recap_sources.gather({"a": signed(FIRST, figures("Pusat"))}, agencies, {}, TODAY)
    assert own.recap.along_tree(QUARTER, "hasil")["PUSAT"].sum == 30


def test_a_file_of_a_day_to_come_is_refused() -> None:
    later = replace(figures("A"), made=date(2027, 2, 3))
    tomorrow = replace(figures("A"), made=date(2027, 2, 2))  # another zone may be there already
    assert recap_sources.gather({"a": signed(FIRST, tomorrow)}, (), {}, TODAY).refused == ()
    assert "belum tiba" in recap_sources.gather({"a": signed(FIRST, later)}, (), {}, TODAY).refused[0].message


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 40)
    | st.floats()
    | st.text(max_size=3)
    | st.sampled_from(["*", "2026-3"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PARTS) | st.text(max_size=3), inner),
    max_leaves=8,
)


@settings(max_examples=MANY // 40)
@given(st.sampled_from(PARTS), JSON, st.booleans())
def test_whatever_stands_in_a_signed_file_is_added_or_refused_and_crashes_nothing(
    part: str,
    odd: object,
    deep: bool,  # noqa: FBT001 -- hypothesis gives it
) -> None:
    content: dict[str, Any] = figures("A").content()
    at = content["angka"][0] if deep else content
    at[part] = odd
    file = aggregate_key.sign(FIRST, content)
    found = recap_sources.gather({"a": file, "b": signed(SECOND, figures("B"))}, (), {}, TODAY)
    assert found.recap.sums(QUARTER)["hasil"][WHOLE].sum >= 30
    assert len(found.refused) + len(found.recap.members) == 2


def test_an_agency_that_is_renamed_or_comes_by_two_ways_counts_once() -> None:
    renamed = replace(figures("Nama Baru", 40), made=date(2027, 1, 15))
    address = "https://a.example.go.id/rekap.json"
    files = {"lama": signed(FIRST, figures("Nama Lama")), "baru": signed(FIRST, renamed)}
    by_hand = recap_sources.gather(files, (), {}, TODAY)
    assert (total(by_hand), [one.name for one in by_hand.recap.members]) == (40, ["Nama Baru"])
    both = recap_sources.gather(files | {address: files["baru"]}, (listed("A", "Biro A", None, address),), {}, TODAY)
    assert (total(both), [one.code for one in both.recap.members]) == (40, ["A"])


def test_an_agency_that_is_known_cannot_be_another_one() -> None:
    agencies = (listed("A", "Biro A"), listed("B", "Biro B"))
    known = recap_sources.gather({"b": signed(SECOND, figures("Biro B"))}, agencies, {}, TODAY).keys
    found = recap_sources.gather({"x": signed(SECOND, figures("Biro A"))}, agencies, known, TODAY)
    assert [(one.code, bool(one.file)) for one in found.recap.members] == [("A", False), ("B", True)]


@pytest.mark.parametrize("met", [False, True])
def test_one_file_at_two_addresses_is_of_neither_unless_it_is_known_whose(met: bool) -> None:  # noqa: FBT001
    first, second = "https://a.example.go.id/", "https://b.example.go.id/"
    agencies = (listed("A", "Biro A", None, first), listed("B", "Biro B", None, second))
    file = signed(FIRST, figures("Biro A"))
    known = recap_sources.gather({first: file}, agencies, {}, TODAY).keys if met else {}
    contents = {second: file} if met else {first: file, second: file}
    found = recap_sources.gather(contents, agencies, known, TODAY)
    assert total(found) == 0
    assert {"sudah milik instansi lain" in one.message for one in found.refused} == {True}


def test_files_and_folders_are_read_and_what_is_missing_or_too_large_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"{}")
    (tmp_path / "b.txt").write_bytes(b"{}")
    with (tmp_path / "c.json").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    found = recap_sources.read([str(tmp_path), str(tmp_path / "tidak-ada.json")], (), silent)
    assert found[str(tmp_path / "a.json")] == b"{}"
    (tmp_path / "d.json").mkdir()
    folder = recap_sources.read([str(tmp_path)], (), silent)[str(tmp_path / "d.json")]
    assert isinstance(folder, Problem)
    assert "IsADirectoryError" in folder.message
    told = {Path(place).name: one.message for place, one in found.items() if isinstance(one, Problem)}
    assert {name: text.split()[0] for name, text in told.items()} == {"c.json": "Lebih", "tidak-ada.json": "Berkas"}


@pytest.mark.parametrize("address", ["https://lain.example.go.id/rekap.json", "file:///etc/passwd", "ftp://x/y"])
def test_an_address_that_no_setting_names_is_never_asked(address: str) -> None:
    with pytest.raises(PayungError, match="tidak terdaftar, jadi tidak dihubungi"):
        recap_sources.read([address], (listed("A", "A", None, "https://a.example.go.id/rekap.json"),), silent)


def test_keys_are_remembered_beside_the_offices_own_and_a_damaged_memory_is_told(tmp_path: Path) -> None:
    memory = KnownAgencies(tmp_path)
    assert memory.load() == {}
    memory.save({"kode A": "x"})
    assert memory.load() == {"kode A": "x"}
    (tmp_path / FILE_NAME).write_text("[]", "utf-8")
    with pytest.raises(PayungError, match="cocokkan lagi sidik kunci"):
        memory.load()
