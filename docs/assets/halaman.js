// What every one of the applicant's pages needs: words into the page, digests, downloads, and the quick way out.

export const isikan = (kalimat, nilai) => kalimat.replace(/\{(\w+)\}/g, (_, nama) => nilai[nama]);

export const hex = (bita) => Array.from(new Uint8Array(bita), (b) => b.toString(16).padStart(2, "0")).join("");

export const sidik = async (isi) => hex(await crypto.subtle.digest("SHA-256", isi));

/** A random UUID (version 4); crypto.randomUUID is missing on older phones. */
export function uuid() {
  const acak = crypto.getRandomValues(new Uint8Array(16));
  acak[6] = (acak[6] & 0x0f) | 0x40;
  acak[8] = (acak[8] & 0x3f) | 0x80;
  return hex(acak).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

/** A moment in words, on the clock of `timeZone` (IANA) or else of this device. */
export const waktu = (saat, timeZone) =>
  saat.toLocaleString("id-ID", { dateStyle: "long", timeStyle: "short", timeZone });

/** An element with text in it; whatever the text holds, it never becomes markup. */
export function unsur(nama, teks = "", sifat = {}) {
  const hasil = Object.assign(document.createElement(nama), sifat);
  if (teks) hasil.textContent = teks;
  return hasil;
}

export const ukuran = (bita) =>
  bita < 1048576 ? `${Math.ceil(bita / 1024)} KB` : `${(bita / 1048576).toFixed(1).replace(".", ",")} MB`;

/** Holds a name for as long as this page lives; false where a page holds it now. However slow, nothing runs out. */
export function pegang(nama) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((hasil) => {
    const dapat = (kunci) => {
      hasil(Boolean(kunci));
      return kunci && new Promise(() => {});
    };
    navigator.locks.request(nama, { ifAvailable: true }, dapat).catch(() => hasil(false));
  });
}

/** Offers bytes or text as a file of that name; the page itself shows nothing of it. */
export function unduh(isi, nama, jenis) {
  const alamat = URL.createObjectURL(new Blob([isi], { type: jenis }));
  unsur("a", "", { href: alamat, download: nama }).click();
  setTimeout(() => URL.revokeObjectURL(alamat), 60000);
}

let segera = null; // what seals, once somebody needs it
let kali = 0; // a browser remembers that a module did not come; under another address it asks again

/**
 * What seals and opens (brankas.js): a third of the page, so a form loads it when somebody begins. Its digest stands on
 * the page, at `data-brankas`; where that is missing, a tag has loaded it already.
 */
export function brankas() {
  segera = segera || muatBrankas();
  segera.catch(() => {
    segera = null;
    kali += 1;
  });
  return segera;
}

async function muatBrankas() {
  const halaman = document.querySelector("[data-brankas]");
  const alamat = new URL(`brankas.js${kali ? `?${kali}` : ""}`, import.meta.url).href;
  if (halaman) {
    await new Promise((baik, gagal) => {
      const sifat = { type: "module", src: alamat, integrity: halaman.dataset.brankas, onload: baik };
      const tidak = () => gagal(new Error(TAK_SIAP));
      document.head.append(unsur("script", "", { ...sifat, onerror: tidak }));
    });
  }
  return import(alamat);
}

const TAK_SIAP = "Sambungan terputus sebelum kuncinya siap. Coba sekali lagi. Masih begitu? Muat ulang halaman ini.";
const PALING_LAMA = 300; // milliseconds; the page is hidden by then
const TIGA_KALI = 2000; // milliseconds for three times Esc

/**
 * "Keluar cepat", also by Esc three times: wipes the page, steps back over the entries that it made, and puts a neutral
 * page in its place, which the settings name; else an empty one.
 * @param {() => void} bersihkan wipes the page; so it does whenever the page is left
 * @param {() => number} mundur how many entries of the history the page made
 * @param {() => Promise<void>} lupakan forgets what is kept on this device
 */
export function keluarCepat(bersihkan, mundur = () => 0, lupakan = async () => {}) {
  const tombol = document.getElementById("keluar");
  const keluar = async () => {
    document.documentElement.hidden = true;
    bersihkan();
    await Promise.race([lupakan(), new Promise((lanjut) => setTimeout(lanjut, PALING_LAMA))]);
    const pergi = () => location.replace(document.body.dataset.keluar || "about:blank");
    const langkah = mundur();
    if (!langkah) return pergi();
    addEventListener("popstate", pergi, { once: true });
    history.go(-langkah);
  };
  tombol.addEventListener("click", keluar);
  tombol.before(unsur("span", "Atau tekan Esc tiga kali.", { className: "esc" }));
  let esc = [];
  addEventListener("keydown", ({ key, timeStamp }) => {
    esc = key === "Escape" ? [...esc, timeStamp].slice(-3) : [];
    if (esc.length === 3 && timeStamp - esc[0] < TIGA_KALI) keluar();
  });
  document.querySelector(".keluar").hidden = false;
  ditinggal(bersihkan);
}

/** Wipes the page when it is left. A browser may bring it back as it was: then it shows nothing, and starts anew. */
export function ditinggal(bersihkan) {
  addEventListener("pagehide", () => {
    document.documentElement.hidden = true;
    bersihkan();
  });
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
}
