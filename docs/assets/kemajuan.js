// How far a sending is: per cent and time left, and a button that stops it. It never stands still without saying why.
import { ukuran, unsur } from "./halaman.js";
import { kirim } from "./kiriman.js";

const SEDETIK = 1000;
const JENDELA = 15; // seconds, over which the speed is counted
const TERCEPAT = 4; // seconds, before which nothing is said of the time left: the first answers tell little
const LAMBAT = 6; // seconds without a byte, after which the line is called slow

const terakhir = (catatan) => catatan[catatan.length - 1];

/**
 * Sends a package, and shows in `tempat` how far it is while it does.
 * @param {string} alamat
 * @param {Uint8Array} paket
 * @param {HTMLElement} tempat empty and hidden before and after
 * @returns {Promise<string>} as `kirim` in kiriman.js
 */
export async function kirimTampak(alamat, paket, tempat) {
  const pemutus = new AbortController();
  const catatan = [{ saat: Date.now(), terkirim: 0 }]; // since when how much had left
  const papan = unsur("progress", "", { max: paket.length, value: 0 });
  const kata = unsur("p");
  const tombol = unsur("button", "Berhenti mengirim", { type: "button", className: "tombol" });
  papan.setAttribute("aria-label", "Yang sudah terkirim");
  tombol.addEventListener("click", () => {
    tombol.disabled = true;
    pemutus.abort();
  });
  const perbarui = () => (kata.textContent = kalimat(catatan, paket.length, Date.now()));
  const maju = (terkirim, lompat = false) => {
    if (lompat) catatan.length = 0; // what came at another time says nothing of how fast the line is now
    if (lompat || terkirim > terakhir(catatan).terkirim) catatan.push({ saat: Date.now(), terkirim });
    papan.value = terkirim;
    perbarui();
  };
  perbarui();
  tempat.replaceChildren(papan, kata, tombol);
  tempat.hidden = false;
  const detak = setInterval(perbarui, SEDETIK);
  const jaga = navigator.wakeLock?.request("screen").catch(() => null); // a phone that falls asleep sends nothing
  try {
    return await kirim(alamat, paket, { maju, henti: pemutus.signal });
  } finally {
    clearInterval(detak);
    jaga?.then((satu) => satu?.release());
    tempat.hidden = true;
    tempat.replaceChildren();
  }
}

/**
 * How far it is, in words.
 * @param {{saat: number, terkirim: number}[]} catatan ms and bytes, in order
 * @param {number} utuh bytes
 * @param {number} kini ms
 */
export function kalimat(catatan, utuh, kini) {
  const { saat, terkirim } = terakhir(catatan);
  const bagian = `Terkirim ${Math.floor((100 * terkirim) / utuh)}% dari ${ukuran(utuh)}.`;
  const diam = (kini - saat) / SEDETIK;
  if (terkirim >= utuh) return "Sudah terkirim semua. Menunggu kabar dari penerima …";
  if (diam > LAMBAT) return `${bagian} Sambungan sedang lambat atau terputus; dicoba terus dari sini.`;
  const dahulu = catatan.find((satu) => kini - satu.saat <= JENDELA * SEDETIK) || catatan[0];
  const laju = (terkirim - dahulu.terkirim) / (saat - dahulu.saat);
  return laju > 0 && saat - dahulu.saat >= TERCEPAT * SEDETIK ? `${bagian} ${sisa((utuh - terkirim) / laju / SEDETIK)}` : bagian;
}

function sisa(detik) {
  if (detik < 55) return "Kurang dari satu menit lagi.";
  return `Kira-kira ${detik < 90 ? "satu" : Math.round(detik / 60)} menit lagi.`;
}
