"""What the applicant's browser needs, at full speed and slowed six times: ``python -m tests.bench_browser``.

Chromium slows the page's own thread only. WebCrypto stretches the code on another one, so that a slow phone needs for
the keys about six times the full-speed figure, not what is printed for the slowed page.
"""

from typing import Final

from playwright.sync_api import sync_playwright

from tests import conftest, strict_site

_SPEEDS: Final = {"full speed": 1, "slowed 6 times": 6}
_SEAL: Final = "await brankas.segel(isi.subarray(0, {} * 1024 * 1024), [kunci.penerima, kunci.penerima])"
_WORK: Final = {
    "fetching the module from this machine and starting it": "await import(`/brankas.js?${putaran}`)",
    "the keys of a code": "await brankas.turunkan(brankas.buatKode(), 'payung.example.go.id')",
    "sealing 4 KiB to two recipients": "await brankas.segel(isi.subarray(0, 4096), [kunci.penerima, kunci.penerima])",
    "sealing 1 MiB to two recipients": _SEAL.format(1),
    "sealing 5 MiB to two recipients": _SEAL.format(5),
    "opening 1 MiB": "await brankas.buka(satu, kunci.identitas)",
}
_SCRIPT: Final = """
async (kali) => {{
  const brankas = await import("/brankas.js");
  const kunci = await brankas.turunkan(brankas.buatKode(), "payung.example.go.id");
  const isi = new Uint8Array(5 * 1024 * 1024).map((_, tempat) => tempat * 31);
  const satu = await brankas.segel(isi.subarray(0, 1024 * 1024), [kunci.penerima]);
  const lama = [];
  for (let putaran = 0; putaran < kali; putaran++) {{
    const mulai = performance.now();
    {work};
    lama.push(performance.now() - mulai);
  }}
  return lama.sort((a, b) => a - b)[kali >> 1];
}}
"""


def measure(rounds: int = 5) -> dict[str, float]:
    """Milliseconds (medians) for each piece of work at each speed; also printed."""
    result = {}
    with strict_site.serving() as address, sync_playwright() as playwright:
        chromium = conftest.program("chromium", "chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for speed, rate in _SPEEDS.items():
            page = browser.new_page()
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
            page.goto(address)
            for name, work in _WORK.items():
                result[f"{speed}: {name}"] = page.evaluate(_SCRIPT.format(work=work), rounds)
            page.close()
        browser.close()
    for name, milliseconds in result.items():
        print(f"{milliseconds:9.1f}  ms {name}")
    return result


if __name__ == "__main__":
    measure()
