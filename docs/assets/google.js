// Google is the channel: the code is made here first, and only its two public halves go into the form's address.
import { buatKode, turunkan } from "./brankas.js";
import { tampilkanBukti } from "./bukti.js";

const tombol = document.getElementById("google");
const kabar = document.getElementById("google-kabar");
const { tautan, host } = tombol.dataset;
const { href: alamat, textContent: kata } = tombol;
let aman = true;
let siap = false;

/** On the first tap; a second one finds no address until the code is in it, and half of a double tap opens nothing. */
async function siapkan(peristiwa) {
  if (siap && peristiwa.detail < 2) return;
  peristiwa.preventDefault();
  if (siap || !tombol.hasAttribute("href")) return;
  tombol.removeAttribute("href");
  tombol.textContent = "Menyiapkan kode …";
  kabar.textContent = "";
  try {
    const kode = buatKode();
    const { lacak, penerima } = await turunkan(kode, host);
    tombol.href = tautan.replace("{kode_lacak}", lacak).replace("{kunci_balasan}", penerima);
    tombol.textContent = "Buka formulir Google";
    siap = true;
    perlihatkan(kode);
  } catch {
    tombol.href = alamat;
    tombol.textContent = kata;
    kabar.textContent = "Kode tidak dapat dibuat di peramban ini. Tekan sekali lagi, atau pakai cara lain di bawah.";
  }
}

function perlihatkan(kode) {
  aman = false;
  tampilkanBukti(
    {
      judul: "Simpan kode Anda dahulu",
      kabar: "Sesudah itu tekan “Buka formulir Google” di atas. Dua isian terakhirnya sudah terisi; biarkan begitu.",
      kode,
      isi: [["Keadaan", "belum dikirim"]],
    },
    () => (aman = true),
  );
}

addEventListener("beforeunload", (peristiwa) => aman || peristiwa.preventDefault());

if (tautan.includes("{kunci_balasan}")) tombol.addEventListener("click", siapkan);
