"""The built module in a real browser under the strictest headers: it agrees with Python and asks for nothing."""

import base64
import hashlib
import os
import re
from collections.abc import Iterator
from typing import Any, Final

import pyrage
import pytest
from playwright.sync_api import Browser, Page
from pyrage import x25519

from processor.site import applicant_code
from tests import strict_site
from tests.office import ROOT
from tests.site.test_applicant_code import SYMBOLS, VECTORS, is_code

SOURCES: Final = ROOT / "processor" / "browser"
CHUNK: Final = 64 * 1024  # age seals in pieces of this size

ASKED: Final = {
    "ketikan": ["ketik"],
    "alamat": ["alamat"],
    "turunan": ["kode", "host"],
    "ganjal": ["isi", "kali"],
    "segel": ["oleh", "kode", "host", "age"],
}
"""What the other half is told of each vector; the rest it must find."""

READY: Final = """
  const brankas = await import("/brankas.js");
  const baca = (teks) => Uint8Array.from(atob(teks), (huruf) => huruf.charCodeAt(0));
  const tulis = (bita) => btoa(Array.from(bita, (b) => String.fromCharCode(b)).join(""));
"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with strict_site.serving() as address:
        yield address


@pytest.fixture(scope="module")
def tab(browser: Browser, site: str) -> Iterator[Page]:
    """One page for all tests: what they ask of the module leaves nothing behind."""
    with browser.new_page() as page:
        page.goto(site)
        yield page


def ask(tab: Page, body: str, given: Any = None) -> Any:
    """What the JavaScript ``body`` returns, with ``brankas``, ``baca`` and ``tulis`` (base64) at hand."""
    return tab.evaluate(f"async (diberi) => {{{READY}{body}}}", given)


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


@pytest.mark.slow
def test_the_browser_answers_the_shared_vectors(tab: Page) -> None:
    answers = ask(
        tab,
        """
        const bita = (teks) => new TextEncoder().encode(teks);
        const semua = (daftar, jawab) => Promise.all(daftar.map(async (satu) => ({ ...satu, ...(await jawab(satu)) })));
        const sidik = async (isi) => Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", isi)),
          (b) => b.toString(16).padStart(2, "0")).join("");
        return {
          ketikan: await semua(diberi.ketikan, ({ ketik }) => brankas.periksaKode(ketik)),
          alamat: await semua(diberi.alamat, ({ alamat }) => ({ host: new URL(alamat).hostname })),
          turunan: await semua(diberi.turunan, ({ kode, host }) => brankas.turunkan(kode, host)),
          ganjal: await semua(diberi.ganjal, async ({ isi, kali }) => {
            const padat = brankas.ganjal(bita(isi.repeat(kali)));
            return { panjang: padat.length, sidik: await sidik(padat) };
          }),
          segel: await semua(diberi.segel, async ({ kode, host, age }) => {
            const { identitas } = await brankas.turunkan(kode, host);
            return { isi: new TextDecoder().decode(brankas.lepasGanjal(await brankas.buka(baca(age), identitas))) };
          }),
        };
        """,
        {kind: [{key: vector[key] for key in keys} for vector in VECTORS[kind]] for kind, keys in ASKED.items()},
    )
    assert answers == VECTORS


@pytest.mark.slow
def test_a_thousand_codes_of_the_browser_are_codes_to_python(tab: Page) -> None:
    made = ask(tab, "return Array.from({ length: 1000 }, brankas.buatKode)")
    read = [applicant_code.parse_code(shown) for shown in made]
    assert [one.shown for one in read] == made
    assert len(set(made)) == 1000
    assert all({one.symbols[place] for one in read} == set(SYMBOLS) for place in range(20))


@pytest.mark.slow
def test_a_thousand_codes_of_python_and_their_misprints_are_judged_alike(tab: Page) -> None:
    made = [applicant_code.new_code().shown for _ in range(1000)]
    misprints = [
        shown[:place] + "7" + shown[place + 1 :] for place, shown in zip([0, 6, 12, 22] * 250, made, strict=True)
    ]
    judged = ask(tab, "return diberi.map((ketik) => !brankas.periksaKode(ketik).salah)", made + misprints)
    assert judged[:1000] == [True] * 1000
    assert judged[1000:] == [is_code(shown) for shown in misprints]
    assert judged.count(False) > 900


@pytest.mark.slow
def test_five_new_codes_have_the_same_keys_in_both_halves(tab: Page) -> None:
    host = "payung.example.go.id"
    made = [applicant_code.new_code() for _ in range(5)]
    asked = [one.shown.lower() for one in made]
    derived = ask(tab, "return Promise.all(diberi[0].map((kode) => brankas.turunkan(kode, diberi[1])))", [asked, host])
    keys = [applicant_code.derive_keys(one, host) for one in made]
    assert derived == [
        {"identitas": k.identity, "penerima": k.recipient, "lacak": k.locator, "susulan": k.proof} for k in keys
    ]


@pytest.mark.slow
def test_no_keys_are_derived_from_what_is_no_code(tab: Page) -> None:
    why = ask(tab, "return brankas.turunkan(diberi, 'payung.example.go.id').catch((salah) => salah.message)", "BH-1")
    assert why.startswith("Kode terdiri atas 20 huruf dan angka; yang Anda ketik 3.")


@pytest.mark.slow
@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_one_half_seals_every_recipient_opens_in_the_other(length: int, tab: Page) -> None:
    content = os.urandom(length)
    readers = [x25519.Identity.generate() for _ in range(3)]
    recipients = [reader.to_public() for reader in readers]
    by_browser = ask(
        tab, "return tulis(await brankas.segel(baca(diberi[0]), diberi[1]))", [b64(content), [*map(str, recipients)]]
    )
    by_python = pyrage.encrypt(content, recipients)
    for reader in readers:
        opened = ask(tab, "return tulis(await brankas.buka(baca(diberi[0]), diberi[1]))", [b64(by_python), str(reader)])
        assert base64.b64decode(opened) == content
        assert pyrage.decrypt(base64.b64decode(by_browser), [reader]) == content


@pytest.mark.slow
def test_words_are_sealed_as_utf8(tab: Page) -> None:
    reader = x25519.Identity.generate()
    words = "Perkara rekaan: “saya dituduh” – é 😀"
    sealed = ask(tab, "return tulis(await brankas.segel(diberi[0], [diberi[1]]))", [words, str(reader.to_public())])
    assert pyrage.decrypt(base64.b64decode(sealed), [reader]).decode() == words


@pytest.mark.slow
def test_the_same_words_sealed_twice_look_different(tab: Page) -> None:
    recipient = str(x25519.Identity.generate().to_public())
    one, two = (ask(tab, "return tulis(await brankas.segel('sama', [diberi]))", recipient) for _ in range(2))
    assert one != two


@pytest.mark.slow
def test_another_code_a_shortened_and_an_altered_file_open_nothing(tab: Page) -> None:
    reader, stranger = x25519.Identity.generate(), x25519.Identity.generate()
    sealed = pyrage.encrypt(bytes(2 * CHUNK), [reader.to_public()])
    head = sealed.index(b"\n---") + 60
    altered = [
        sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :] for place in (40, head, len(sealed) - 1)
    ]
    shortened = [sealed[:-1], sealed[: head + 16 + CHUNK], sealed[: head // 2], b""]
    tries = [(sealed, stranger), *((file, reader) for file in (*altered, *shortened, b"bukan berkas age"))]
    told = ask(
        tab,
        "return Promise.all(diberi.map(([file, kunci]) => brankas.buka(baca(file), kunci).then(() => '', String)))",
        [[b64(file), str(identity)] for file, identity in tries],
    )
    assert all(why.startswith("Error: Tidak terbuka: kodenya lain atau berkasnya rusak.") for why in told)


@pytest.mark.slow
@pytest.mark.parametrize(
    "recipients", [[], ["age1bukankunci"], ["ssh-ed25519 AAAA"], [str(x25519.Identity.generate())]]
)
def test_nothing_is_sealed_to_nobody_or_to_what_is_no_key(recipients: list[str], tab: Page) -> None:
    assert ask(tab, "return brankas.segel('isi', diberi).then(() => false, () => true)", recipients)


@pytest.mark.slow
def test_what_was_never_padded_is_refused(tab: Page) -> None:
    refused = """
      return diberi.map((teks) => { try { brankas.lepasGanjal(baca(teks)); return "" } catch (e) { return e.message } })
    """
    told = ask(tab, refused, [b64(broken) for broken in (b"", bytes(4096), b"isi" + bytes(4093), b"\x80isi")])
    assert told == ["Isi berkas tersegel tidak utuh. Muat ulang halaman ini."] * 4


@pytest.mark.slow
def test_an_older_phone_without_x25519_gets_the_same_keys_and_opens_the_same_files(browser: Browser, site: str) -> None:
    known = VECTORS["segel"][0]
    with browser.new_page() as page:
        page.add_init_script("""
          const asli = SubtleCrypto.prototype.importKey;
          SubtleCrypto.prototype.importKey = function (bentuk, kunci, cara, ...lain) {
            if (cara.name === "X25519") return Promise.reject(new DOMException("", "NotSupportedError"));
            return asli.call(this, bentuk, kunci, cara, ...lain);
          };
        """)
        page.goto(site)
        derived, opened, sealed = ask(
            page,
            """
            const kunci = await brankas.turunkan(diberi.kode, diberi.host);
            const isi = brankas.lepasGanjal(await brankas.buka(baca(diberi.age), kunci.identitas));
            return [kunci, new TextDecoder().decode(isi), tulis(await brankas.segel("isi", [kunci.penerima]))];
            """,
            known,
        )
    keys = applicant_code.derive_keys(applicant_code.parse_code(known["kode"]), known["host"])
    assert (derived["identitas"], derived["penerima"]) == (keys.identity, keys.recipient)
    assert opened == known["isi"]
    assert pyrage.decrypt(base64.b64decode(sealed), [x25519.Identity.from_str(keys.identity)]) == b"isi"


@pytest.mark.slow
def test_the_module_works_where_nothing_is_allowed_and_asks_for_nothing(browser: Browser, site: str) -> None:
    requests: list[str] = []
    told: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url.removeprefix(site)))
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.goto(site)
        whole = """
          const { identitas, penerima } = await brankas.turunkan(brankas.buatKode(), location.hostname);
          const isi = brankas.ganjal(new TextEncoder().encode("isi"));
          return (await brankas.buka(await brankas.segel(isi, [penerima]), identitas)).length;
        """
        assert ask(page, whole) == 4096
        assert requests == ["", "brankas.js"]
        assert told == []
        assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
        assert page.evaluate("(async () => (await indexedDB.databases()).length)()") == 0


@pytest.mark.slow
def test_the_page_of_these_tests_really_forbids_other_hosts_wasm_and_eval(tab: Page) -> None:
    forbidden = """
      const larangan = [];
      addEventListener("securitypolicyviolation", (e) => larangan.push(`${e.effectiveDirective} ${e.blockedURI}`));
      await Promise.allSettled([
        fetch("http://127.0.0.1:1/"),
        WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
      ]);
      setTimeout("1");
      for (let kali = 0; kali < 3000 && larangan.length < 3; kali++) await new Promise((s) => setTimeout(s, 10));
      return larangan.sort();
    """
    assert ask(tab, forbidden) == ["connect-src http://127.0.0.1:1/", "script-src eval", "script-src wasm-eval"]


def _recorded() -> dict[str, str]:
    lines = (SOURCES / "SHA256SUMS").read_text("utf-8").splitlines()
    return {path: digest for digest, path in (line.split("  ") for line in lines)}


def test_the_built_module_is_what_the_recorded_sources_gave() -> None:
    for path, digest in _recorded().items():
        assert hashlib.sha256((SOURCES / path).read_bytes()).hexdigest() == digest, f"{path}: run make browser"


def test_every_source_and_the_built_module_are_on_record() -> None:
    sources = {path.relative_to(SOURCES).as_posix() for path in SOURCES.glob("src/*")}
    built = os.path.relpath(strict_site.MODULE, SOURCES).replace(os.sep, "/")
    assert set(_recorded()) == {built, "build.js", "package.json", "package-lock.json", *sources}


def test_the_built_module_names_its_contents_and_carries_their_licences() -> None:
    text = strict_site.MODULE.read_text("utf-8")
    first = text.partition("\n")[0]
    packages = re.findall(r"[@\w/-]+ \d+\.\d+\.\d+ \((?:MIT|BSD-3-Clause)\)", first)
    assert {package.split()[0] for package in packages} == {
        "@noble/ciphers", "@noble/curves", "@noble/hashes", "@scure/base", "age-encryption",
    }  # fmt: skip
    for package in packages:
        licence = text.partition(f"\n/*! {package}\n")[2].partition("*/")[0]
        assert "Copyright" in licence, package
        assert "AS IS" in licence, package


def test_the_built_module_knows_no_way_out() -> None:
    program = strict_site.MODULE.read_text("utf-8").partition("\n/*!")[0]
    ways = (
        r"\beval\b|\bFunction\(|WebAssembly|\bfetch\b|XMLHttpRequest|WebSocket|sendBeacon|\bimport\(|[sS]torage|cookie"
    )
    assert not re.findall(ways, program)
