// The receipt: the code, shown once, with what was sent; to copy, print or save, openly or so that its face says nothing.
import { ditinggal, unduh, unsur } from "./halaman.js";
import { halamanSamar } from "./samaran.js";

const cari = (id) => document.getElementById(id);
const LACAK = new URL("../lacak/", location.href).href;

/**
 * Fills the receipt and shows it.
 * @param {{judul: string, kabar: string, kode: string, isi: string[][], sidik?: string, tertunda?: boolean,
 *   galat?: string}} bukti `sidik` is the SHA-256 of the package
 * @param {() => void} aman called once the applicant has copied or saved the code
 */
export function tampilkanBukti({ judul, kabar, kode, isi, sidik = "", tertunda = false, galat = "" }, aman) {
  const kepala = cari("bukti").querySelector("h2");
  kepala.textContent = judul;
  cari("bukti-kabar").textContent = kabar;
  cari("bukti-galat").textContent = galat;
  cari("kode").textContent = kode;
  for (const id of ["kode-kotak", "bukti-lacak"]) cari(id).hidden = !kode;
  cari("ke-lacak").href = LACAK;
  cari("tertunda").hidden = !tertunda;
  cari("bukti-isi").replaceChildren(...baris(isi));
  cari("bukti-sidik").hidden = !sidik;
  cari("bukti-sidik").querySelector("code").textContent = sidik;
  const kabari = (kata) => (cari("kode-kabar").textContent = kata);
  cari("salin").onclick = () =>
    navigator.clipboard.writeText(kode).then(
      () => {
        kabari("Kode sudah disalin. Tempelkan di tempat yang hanya Anda yang membukanya.");
        aman();
      },
      () => kabari("Kode tidak dapat disalin sendiri. Catat dengan tangan, atau cetak."),
    );
  cari("cetak").onclick = () => print(); // may be cancelled, and nobody learns of it: what is printed is not yet safe
  cari("unduh").onclick = async () => {
    const rincian = [...isi, ...(sidik ? [["Sidik paket (SHA-256)", sidik]] : []), ["Status dan jawaban", LACAK]];
    if (cari("samar").checked) {
      unduh(await halamanSamar(kode, [[judul, kabar], ...rincian]), "catatan.html", "text/html");
      kabari("Tersimpan sebagai “catatan.html”. Kodenya tidak ada di dalamnya: salin atau catat juga kodenya.");
    } else {
      unduh(halaman(judul, kabar, [["Kode Anda (rahasia)", kode], ...rincian]), "catatan.html", "text/html");
      kabari("Bukti tersimpan sebagai “catatan.html” di folder unduhan. Pindahkan ke tempat yang aman.");
      aman();
    }
  };
  cari("samar").onchange = ({ target }) => document.body.classList.toggle("samar", target.checked);
  cari("bukti").hidden = false;
  kepala.focus();
}

const baris = (isi) => isi.flatMap(([kata, nilai]) => [unsur("dt", kata), unsur("dd", nilai)]);

/** Hides the receipt, and forgets the code. */
export function hapusBukti() {
  cari("bukti").hidden = true;
  cari("tertunda").hidden = true;
  cari("kode").textContent = cari("kode-kabar").textContent = "";
  cari("samar").checked = false;
  document.body.classList.remove("samar");
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

function halaman(judul, kabar, isi) {
  const lembar = document.implementation.createHTMLDocument(judul);
  lembar.documentElement.lang = "id";
  lembar.head.prepend(unsur("meta"));
  lembar.head.firstChild.setAttribute("charset", "utf-8");
  const daftar = unsur("dl");
  daftar.append(...baris(isi));
  lembar.body.append(unsur("h1", judul), unsur("p", kabar), daftar);
  return `<!doctype html>\n${lembar.documentElement.outerHTML}`;
}
