// The receipt: the code, shown once, with what was sent; to copy, print or save.
import { ditinggal, unduh, unsur } from "./halaman.js";

const cari = (id) => document.getElementById(id);
const LACAK = new URL("../lacak/", location.href).href;

/**
 * Fills the receipt and shows it.
 * @param {{judul: string, kabar: string, kode: string, isi: string[][], tertunda?: boolean, galat?: string}} bukti
 * @param {() => void} aman called once the applicant has copied, printed or saved the code
 */
export function tampilkanBukti({ judul, kabar, kode, isi, tertunda = false, galat = "" }, aman) {
  const kepala = cari("bukti").querySelector("h2");
  kepala.textContent = judul;
  cari("bukti-kabar").textContent = kabar;
  cari("bukti-galat").textContent = galat;
  cari("kode").textContent = kode;
  for (const id of ["kode-kotak", "bukti-lacak"]) cari(id).hidden = !kode;
  cari("ke-lacak").href = LACAK;
  cari("tertunda").hidden = !tertunda;
  cari("bukti-isi").replaceChildren(...isi.flatMap(([kata, nilai]) => [unsur("dt", kata), unsur("dd", nilai)]));
  const kabari = (kata) => {
    cari("kode-kabar").textContent = kata;
    aman();
  };
  cari("salin").onclick = () =>
    navigator.clipboard.writeText(kode).then(
      () => kabari("Kode sudah disalin. Tempelkan di tempat yang hanya Anda yang membukanya."),
      () => (cari("kode-kabar").textContent = "Kode tidak dapat disalin sendiri. Catat dengan tangan, atau cetak."),
    );
  cari("cetak").onclick = () => print(); // may be cancelled, and nobody learns of it: what is printed is not yet safe
  cari("unduh").onclick = () => {
    unduh(halaman(judul, kabar, kode, isi), "catatan.html", "text/html");
    kabari("Bukti tersimpan sebagai “catatan.html” di folder unduhan. Pindahkan ke tempat yang aman.");
  };
  cari("bukti").hidden = false;
  kepala.focus();
}

/** Hides the receipt, and forgets the code. */
export function hapusBukti() {
  cari("bukti").hidden = true;
  cari("tertunda").hidden = true;
  cari("kode").textContent = cari("kode-kabar").textContent = "";
  for (const id of ["salin", "unduh"]) cari(id).onclick = null; // each of them knows the code as well
}

ditinggal(hapusBukti);

let judulLayar = "";
addEventListener("beforeprint", () => {
  if (cari("bukti").hidden) return;
  judulLayar = document.title;
  document.title = "Catatan"; // stands on every sheet, and in the list of the printer
});
addEventListener("afterprint", () => (document.title = judulLayar || document.title));

function halaman(judul, kabar, kode, isi) {
  const lembar = document.implementation.createHTMLDocument(judul);
  lembar.documentElement.lang = "id";
  lembar.head.prepend(unsur("meta"));
  lembar.head.firstChild.setAttribute("charset", "utf-8");
  const baris = [["Kode Anda (rahasia)", kode], ...isi, ["Status dan jawaban", LACAK]];
  const daftar = unsur("dl");
  daftar.append(...baris.flatMap(([kata, nilai]) => [unsur("dt", kata), unsur("dd", nilai)]));
  lembar.body.append(unsur("h1", judul), unsur("p", kabar), daftar);
  return `<!doctype html>\n${lembar.documentElement.outerHTML}`;
}
