// Shows what is missing or doubtful on a page of the form: beside each field, and together at the top.
import { unsur } from "./halaman.js";

const cari = (id) => document.getElementById(id);

/** The field of a question; of several the first. */
export const sasaran = (nama) => cari(`isian-${nama}`).querySelector("input, textarea, select");

/**
 * Marks the fields of a page, and moves the focus to what is wrong with them.
 * @param {string[]} ditanya its questions
 * @param {{nama: string, tahan: boolean, kata: string}[]} daftar what is wrong; nothing takes all marks away
 */
export function tandai(ditanya, daftar) {
  for (const nama of ditanya) {
    const salah = daftar.find((satu) => satu.nama === nama);
    const galat = cari(`galat-${nama}`);
    galat.hidden = !salah;
    galat.textContent = salah ? salah.kata : "";
    for (const satu of cari(`isian-${nama}`).querySelectorAll("input, textarea, select")) {
      if (salah) satu.setAttribute("aria-invalid", "true");
      else satu.removeAttribute("aria-invalid");
    }
  }
  const kotak = cari("galat-ringkas");
  const tahan = daftar.some((satu) => satu.tahan);
  kotak.hidden = !daftar.length;
  if (!daftar.length) return;
  kotak.querySelector("h2").textContent = tahan ? "Sedikit lagi sebelum lanjut" : "Mohon dilihat lagi";
  kotak.querySelector("p").hidden = tahan;
  kotak.querySelector("ul").replaceChildren(...daftar.map(tautan));
  kotak.focus();
}

function tautan({ nama, kata }) {
  const butir = unsur("li");
  const ke = unsur("a", kata, { href: `#isian-${nama}` });
  ke.addEventListener("click", (peristiwa) => {
    peristiwa.preventDefault();
    sasaran(nama).focus();
  });
  butir.append(ke);
  return butir;
}
