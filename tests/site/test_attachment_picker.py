"""Photographed pages and a bad line, in a real browser: what is chosen, what leaves the device, and how far it is."""

import base64
import io
from collections.abc import Iterator
from typing import Any, Final

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Route, expect

from processor.site import package_content, package_pieces
from tests import applicant_site
from tests.applicant_site import NOTHING, Served, faults, traces, uploads
from tests.site.test_kept_answers import kept
from tests.site.test_request_form import ANSWERS, PDF, WALK, arrived, begun, opened, walk

PLACE: Final = "Rumah rekaan"
HEIC: Final = b"\0\0\0\x18ftypheic" + bytes(range(256)) * 40
LI: Final = ".daftar-berkas li"
RESET: Final = """async () => {
  const kanvas = Object.assign(document.createElement("canvas"), { width: 2000, height: 2000 });
  const foto = new File([await new Promise((jadi) => kanvas.toBlob(jadi, "image/jpeg"))], "foto.jpg");
  const pindah = new DataTransfer();
  pindah.items.add(foto);
  const isian = document.getElementById("jawab-dokumen");
  isian.files = pindah.files;
  isian.dispatchEvent(new Event("change"));
  await new Promise((lanjut) => setTimeout(lanjut));
  isian.form.reset();
}"""
"""Chooses a picture, and empties the form while it is made smaller."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with applicant_site.serving(applicant_site.published(tmp_path_factory.mktemp("situs"), tmp_path_factory)) as served:
        yield served


def photo(width: int = 2400, height: int = 1600) -> bytes:
    """What a camera held upright writes: lying on its side, its left half (then the upper one) red, with its place."""
    picture = Image.effect_noise((width // 8, height // 8), 60).resize((width, height)).convert("RGB")
    picture.paste((200, 0, 0), (0, 0, width // 2, height))
    said = Image.Exif()
    said[0x0112] = 6  # the orientation: turned to the right, to be shown
    said[0x010E] = PLACE
    said.get_ifd(0x8825)[1] = "S"  # GPS
    made = io.BytesIO()
    picture.save(made, "JPEG", exif=said)
    return made.getvalue()


def drawing() -> bytes:
    """A picture that is mostly transparent, and a very long one, as of a screen."""
    made = io.BytesIO()
    Image.new("RGBA", (400, 4000)).save(made, "PNG")
    return made.getvalue()


def attached(said: Any) -> dict[str, bytes]:
    return {file["nama"]: base64.b64decode(file["isi"]) for file in said["lampiran"]}


@pytest.mark.slow
def test_pictures_leave_smaller_upright_and_without_their_place(context: BrowserContext, site: Served) -> None:
    tab = begun(context, site)
    tab.evaluate(RESET)
    walk(tab, tab.evaluate("document.getElementById('jawab-dokumen').closest('.langkah-isi').id.slice(8)"))
    taken = photo()
    assert PLACE.encode() in taken
    files = (
        ("IMG 1.JPG", taken),
        ("layar.png", drawing()),
        ("foto.heic", HEIC),
        ("surat.bin", PDF),
        ("x.zip", b"PK\3\4"),
    )
    tab.set_input_files("#jawab-dokumen", uploads(*files))
    expect(tab.locator("#galat-dokumen")).to_contain_text("“x.zip” tidak ikut: isinya bukan foto")
    assert tab.locator(LI).count() == 4, "nothing of what was chosen before the form was emptied"
    words = tab.locator(LI).all_text_contents()
    assert "Dikecilkan dari" in words[0]
    assert "Tanpa tempat dan waktu" in words[1], "which was not smaller"
    assert "dikirim apa adanya" in words[2]
    assert "tangkapan layar" in words[2]
    assert tab.locator(f"{LI} canvas").count() == 2
    red, white = (
        tab.evaluate(
            "([place, at]) => [...document.querySelectorAll('.daftar-berkas canvas')[place].getContext('2d')"
            ".getImageData(5, at, 1, 1).data]",
            [place, at],
        )
        for place, at in ((0, 20), (1, 80))
    )
    assert (red[0] > 150, red[1] < 60) == (True, True), "the upper half"
    assert white == [255] * 4
    assert faults(tab) == []
    kept(tab, 5)
    tab.reload()
    expect(tab.locator(LI)).to_have_count(4)
    assert tab.locator(LI).all_text_contents() == words, "also after a reload"
    tab.click("button.pratinjau >> nth=0")
    expect(tab.locator(".pratinjau.luas canvas")).to_have_js_property("height", 1200)
    tab.evaluate(WALK, {"answers": ANSWERS, "until": "periksa"})
    tab.click("#lanjut")
    arrived(tab)
    sent = attached(opened(site))
    assert list(sent) == ["IMG 1.jpg", "layar.jpg", "foto.heic", "surat.bin"]
    assert (sent["foto.heic"], sent["surat.bin"]) == (HEIC, PDF)
    made = Image.open(io.BytesIO(sent["IMG 1.jpg"]))
    assert (made.size, dict(made.getexif())) == ((1200, 1800), {})
    assert PLACE.encode() not in sent["IMG 1.jpg"]
    assert len(sent["IMG 1.jpg"]) < len(taken)
    assert Image.open(io.BytesIO(sent["layar.jpg"])).size == (400, 4000), "what is narrow would not be readable"


@pytest.mark.long
@pytest.mark.slow
def test_a_summons_of_ten_photographed_pages_goes_through(context: BrowserContext, site: Served) -> None:
    tab = begun(context, site)
    page = photo(3000, 4000)
    tab.set_input_files("#jawab-dokumen", uploads(*((f"{number}.jpg", page) for number in range(10))))
    expect(tab.locator(LI)).to_have_count(10, timeout=60_000)
    walk(tab)
    tab.click("#lanjut")
    arrived(tab)
    assert sum(map(len, attached(opened(site)).values())) < package_content.MOST_BYTES


WORDS: Final = (
    ([[[0, 0]], 1], "Terkirim 0% dari 7,0 MB."),
    ([[[0, 0], [2, 90_000]], 2], "Terkirim 1% dari 7,0 MB."),
    ([[[0, 0], [10, 500_000]], 10], "Terkirim 6% dari 7,0 MB. Kira-kira 2 menit lagi."),
    ([[[0, 0], [130, 6_400_000], [140, 6_900_000]], 140], "Terkirim 94% dari 7,0 MB. Kurang dari satu menit lagi."),
    (
        [[[0, 0], [10, 500_000]], 20],
        "Terkirim 6% dari 7,0 MB. Sambungan sedang lambat atau terputus; dicoba terus dari sini.",
    ),
    ([[[0, 0], [10, 7_340_032]], 30], "Sudah terkirim semua. Menunggu kabar dari penerima …"),
)
"""Seconds and bytes at which something had left, with the moment of the question, and what is said of 7 MB then."""
SAY: Final = """async (semua) => {
  const { kalimat } = await import(document.querySelector('script[src$="kemajuan.js"]').src);
  return semua.map(([catatan, kini]) =>
    kalimat(catatan.map(([saat, terkirim]) => ({ saat: saat * 1000, terkirim })), 7340032, kini * 1000));
}"""
LISTEN: Final = """() => {
  window.heard = [];
  const place = document.getElementById("kabar");
  new MutationObserver(() => window.heard.push(place.textContent)).observe(place, { childList: true });
}"""
"""Notes what the page says while it seals; what is said within one turn of the page is not noted."""
LARGE: Final = PDF + bytes(600_000)


@pytest.mark.slow
def test_a_sending_shows_how_far_it_is_can_be_stopped_and_goes_on_where_it_was(
    context: BrowserContext, site: Served
) -> None:
    begins: list[int] = []
    asked: list[Route] = []

    def line(route: Route) -> None:
        begins.append(int(route.request.headers["payung-potongan"].split()[1]) // package_pieces.SIZE)
        if len(begins) == 3:
            route.abort()
        elif len(begins) in {6, 8}:
            asked.append(route)
        else:
            route.continue_()

    tab = begun(context, site)
    assert tab.evaluate(SAY, [asked for asked, _ in WORDS]) == [words for _, words in WORDS]
    tab.set_input_files("#jawab-dokumen", uploads(("besar.pdf", LARGE)))
    walk(tab)
    context.route("**/kirim", line)
    tab.evaluate(LISTEN)
    tab.click("#lanjut")
    expect(tab.locator("#kemajuan p")).to_contain_text("Terkirim 49% dari 1,0 MB.")
    first, *heard = tab.evaluate("window.heard")
    assert first == "Menyiapkan kode Anda …"
    parts = [int(words.removeprefix("Mengunci permohonan di perangkat ini … ").removesuffix("%")) for words in heard]
    assert (parts == sorted(parts), len({*parts}) > 4) == (True, True)
    assert tab.locator("#kemajuan progress").evaluate("satu => satu.value / satu.max") > 0.49
    assert faults(tab) == []
    tab.click("text=Berhenti mengirim")
    expect(tab.locator("#tertunda")).to_be_visible()
    expect(tab.locator("#kemajuan")).to_be_hidden()
    assert "Anda hentikan" in tab.inner_text("#bukti-galat")
    assert "setiap menit" not in tab.inner_text("#bukti-kabar")
    tab.evaluate("dispatchEvent(new Event('online'))")
    assert site.sent == []
    tab.click("#coba")
    expect(tab.locator("#kemajuan p")).to_contain_text("Terkirim 49%")
    tab.click("text=Berhenti mengirim")
    expect(tab.locator("#coba")).to_be_focused()
    tab.click("#coba")
    arrived(tab)
    assert begins == [0, 0, 1, 0, 1, 2, 0, 2, 0, 2, 3, 4], "asked first, and again after a break and two stops"
    assert attached(opened(site)) == {"besar.pdf": LARGE}
    assert traces(tab) == NOTHING
