"""What the gate found and an officer excepts, for one case and with a reason, stops no site any more."""

import json
from pathlib import Path

import pytest

from processor.cases import journal
from processor.cases.records import Event
from processor.cli import main
from processor.foundation.errors import LeakFound, PayungError
from processor.operations import leak_exceptions, site_publication
from processor.operations.identity_index import IdentityIndex
from processor.operations.office import Office, open_office
from processor.site import publish
from tests.office import START, agency, file, register, response

ONE, TWO = "BH-2026-0001", "BH-2026-0002"
REASON = "nama sebuah bagian situs"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office whose site holds what two applicants gave as their names."""
    made, settings = register(tmp_path), agency(tmp_path)
    file(made, response(1, nama="Wulan Rekawati"), response(2, minute=1, nama="Wulan Rekawati"))
    settings.site.mkdir()
    (settings.site / "wulan-rekawati.html").write_text("<p>#WulanRekawati, Jalan Rekaan 1</p>")
    (settings.site / "b.html").write_text("<p>Wulan Rekawati, Jalan Rekaan 1</p>")
    return open_office(settings, lambda: START)


def found(office: Office) -> tuple[str, ...]:
    """What the gate says, remembered as a pass does."""
    try:
        publish.inspect(office.settings, IdentityIndex(office.register), office.settings.site)
    except LeakFound as error:
        leak_exceptions.remember(office.register, error.found)
        return error.leaks
    return ()


def told(kind: str, **data: object) -> Event:
    return Event(kind, START, "pengelola", data)


def test_an_exception_counts_until_it_is_taken_back_and_none_that_somebody_wrote_otherwise() -> None:
    events = [
        told("bukan_identitas", tanda=["a", "b"]),
        told("bukan_identitas_dicabut", tanda=["a", "c"]),
        told("bukan_identitas", tanda=["c"]),
        told("bukan_identitas", tanda="de"),
        told("bukan_identitas"),
        told("catatan", tanda=["f", "b"]),
    ]
    assert leak_exceptions.excepted(events) == frozenset({"b", "c"})
    assert isinstance(leak_exceptions.excepted(()), frozenset)


def test_finds_are_kept_by_case_and_kind_in_one_order(office: Office) -> None:
    hits = [("nama", "b"), ("nama", "a"), ("alamat", "c"), ("nama", "d"), ("nama", "c")]
    leak_exceptions.remember(office.register, {ONE: hits, TWO: []})
    mark = {word: office.register.fingerprint("bukan_identitas", f"nama {word}") for word in "abcd"}
    kept = office.register.state("bocor")
    address = [office.register.fingerprint("bukan_identitas", "alamat c")]
    assert kept == {ONE: {"alamat": address, "nama": [mark[word] for word in "abcd"]}, TWO: {}}


def test_what_is_excepted_is_told_whole_and_the_rest_can_be_excepted_later(office: Office) -> None:
    found = {"nama": ["b", "a", "d", "c"], "alamat": ["e"], "NIP": ["f"]}
    office.register.save_state("bocor", {ONE: found, TWO: found})
    with pytest.raises(PayungError, match="Yang ditemukan"):
        leak_exceptions.except_found(office, ONE, "pengelola", REASON, ["nama", "telepon"])
    kinds = leak_exceptions.except_found(office, ONE, "pengelola", REASON, ["nama", "NIP"])
    marks = ["a", "b", "c", "d", "f"]
    data = {"jenis": ["NIP", "nama"], "tanda": marks, "alasan": REASON}
    event = office.register.read(ONE).events[-1]
    assert (event.kind, event.time, event.actor, event.data) == ("bukan_identitas", START, "pengelola", data)
    assert kinds == ("NIP", "nama")
    assert office.register.state("bocor") == {ONE: {"alamat": ["e"]}, TWO: found}


def test_only_exceptions_that_still_hold_are_taken_back_each_as_a_whole(office: Office) -> None:
    office.register.record(
        ONE,
        told("bukan_identitas", jenis=["nama"], tanda=["a"]),
        told("bukan_identitas_dicabut", jenis=["nama", "NIP"], tanda=["a"]),
        told("bukan_identitas", jenis=["nama", "email", "alamat"], tanda=["c", "a", "d", "b"]),
        told("bukan_identitas_dicabut", jenis=["lain"], tanda=["d"]),
        told("bukan_identitas", jenis=["telepon"], tanda=["e"]),
        told("bukan_identitas", jenis="apa saja", tanda=["f"]),
    )
    with pytest.raises(PayungError, match=r"Yang dikecualikan: alamat, email, nama, telepon\."):
        leak_exceptions.withdraw(office, ONE, "pengelola", REASON, ["NIP"])
    assert leak_exceptions.withdraw(office, ONE, "pengelola", REASON, ["nama"]) == ("alamat", "email", "nama")
    event = office.register.read(ONE).events[-1]
    data = {"jenis": ["alamat", "email", "nama"], "tanda": ["a", "b", "c"], "alasan": REASON}
    assert (event.kind, event.time, event.actor, event.data) == ("bukan_identitas_dicabut", START, "pengelola", data)
    assert leak_exceptions.withdraw(office, ONE, "pengelola", REASON) == ("telepon",)
    with pytest.raises(PayungError, match="BH-2026-0099 tidak ada di register"):
        leak_exceptions.withdraw(office, "BH-2026-0099", "pengelola", REASON)


def test_what_was_excepted_is_no_leak_of_that_case_any_more(office: Office) -> None:
    hidden = "(nama berkas memuat identitas)"
    assert found(office) == ("b.html: alamat", "b.html: nama", f"{hidden}: alamat", f"{hidden}: nama")
    assert leak_exceptions.except_found(office, ONE, "pengelola", REASON, ["nama"]) == ("nama",)
    assert f"{hidden}: nama" in found(office), "of the other case it still is one"
    assert leak_exceptions.except_found(office, TWO, "pengelola", REASON) == ("nama",)
    assert found(office) == ("b.html: alamat", "wulan-rekawati.html: alamat"), "a name that may be shown is shown"
    assert leak_exceptions.except_found(office, ONE, "pengelola", REASON) == ("alamat",)
    assert found(office) == ()
    (office.settings.site / "c.html").write_text("<p>198001012005011901</p>")
    assert found(office) == ("c.html: NIP",)


def test_a_number_that_the_register_does_not_hold_is_named_as_that(office: Office) -> None:
    with pytest.raises(PayungError, match="BH-2026-0099 tidak ada di register"):
        leak_exceptions.except_found(office, "BH-2026-0099", "pengelola", REASON)


def test_the_journal_says_who_and_why_and_no_word_of_it(office: Office) -> None:
    found(office)
    leak_exceptions.except_found(office, ONE, "pengelola", REASON)
    path = office.register.path(ONE) / journal.FILE_NAME
    event = journal.read(path)[0][-1]
    assert (event.kind, event.actor, event.data["jenis"]) == ("bukan_identitas", "pengelola", ["alamat", "nama"])
    assert event.data["alasan"] == REASON
    kept = path.read_text("utf-8") + (office.register.state_folder / "bocor.json").read_text("utf-8")
    assert not [word for word in ("wulan", "rekawati", "jalan rekaan") if word in kept.casefold()]


@pytest.mark.parametrize(
    ("kinds", "reason", "says"),
    [
        (["NIP"], REASON, r"Yang ditemukan di BH-2026-0001: alamat, nama"),
        ([], "memang Wulan Rekawati", "Alasan tidak boleh memuat identitas"),
        ([], " ", "Alasan harus diisi"),
    ],
)
def test_nothing_else_can_be_excepted_and_not_without_a_reason(
    office: Office, kinds: list[str], reason: str, says: str
) -> None:
    before = found(office)
    with pytest.raises(PayungError, match=says):
        leak_exceptions.except_found(office, ONE, "pengelola", reason, kinds)
    assert found(office) == before


def test_where_nothing_was_found_nothing_can_be_excepted(office: Office) -> None:
    with pytest.raises(PayungError, match=r"Tidak ada yang perlu dikecualikan pada BH-2026-0001\. Jalankan dulu"):
        leak_exceptions.except_found(office, ONE, "pengelola", REASON)


def test_an_officer_excepts_by_command(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    found(office)
    words = ["kecualikan", "1", "--alasan", REASON, "--pengaturan", str(office.settings.path), "--oleh"]
    assert main.main([*words, "siapa"]) == 1
    by = next(iter(office.settings.petugas))
    assert main.main([*words, by]) == 0
    assert f"Dikecualikan untuk {ONE}: alamat, nama." in capsys.readouterr().out
    assert json.loads((office.register.state_folder / "bocor.json").read_text())[ONE] == {}
    event = journal.read(office.register.path(ONE) / journal.FILE_NAME)[0][-1]
    assert event.actor == by


def test_what_is_taken_back_is_a_leak_again_although_the_site_was_cleared(office: Office) -> None:
    found(office)
    leak_exceptions.except_found(office, ONE, "pengelola", REASON, ["nama"])
    leak_exceptions.except_found(office, TWO, "pengelola", REASON)
    leak_exceptions.except_found(office, ONE, "pengelola", REASON, ["alamat"])
    assert found(office) == () == found(office), "the second look compares nobody"
    words = [
        "kecualikan",
        "1",
        "--cabut",
        "--oleh",
        "pengelola",
        "--alasan",
        "ternyata nama orang",
        "--jenis",
        "alamat",
    ]
    assert main.main([*words, "--pengaturan", str(office.settings.path)]) == 0
    assert "b.html: alamat" in found(office)
    assert "b.html: nama" not in found(office), "only what names that kind"
    event = office.register.read(ONE).events[-1]
    assert (event.kind, event.data["jenis"], event.data["alasan"]) == (
        "bukan_identitas_dicabut", ["alamat"], "ternyata nama orang",
    )  # fmt: skip
    leak_exceptions.except_found(office, ONE, "pengelola", REASON)
    assert found(office) == (), "and it can be excepted once more"


def test_the_next_pass_looks_at_the_site_that_stands_once_an_exception_is_taken_back(office: Office) -> None:
    office.register.save_state("terbit", {"dari": "x", "orang": "y"})
    site_publication.look_again(office)
    assert office.register.state("terbit") == {"dari": "x", "orang": ""}


@pytest.mark.parametrize(
    ("kinds", "reason", "says"),
    [
        (["NIP"], REASON, r"pada BH-2026-0001\. Yang dikecualikan: alamat, nama\."),
        ([], "memang Wulan Rekawati", "Alasan tidak boleh memuat identitas"),
        ([], " ", "Alasan harus diisi"),
    ],
)
def test_nothing_is_taken_back_without_a_reason_or_of_another_kind(
    office: Office, kinds: list[str], reason: str, says: str
) -> None:
    found(office)
    leak_exceptions.except_found(office, ONE, "pengelola", REASON)
    with pytest.raises(PayungError, match=says):
        leak_exceptions.withdraw(office, ONE, "pengelola", reason, kinds)
    leak_exceptions.withdraw(office, ONE, "pengelola", REASON)
    with pytest.raises(PayungError, match=r"Tidak ada pengecualian yang dapat dicabut pada BH-2026-0001\.$"):
        leak_exceptions.withdraw(office, ONE, "pengelola", REASON)
