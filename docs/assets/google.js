// Google is the channel: the code is made here first, and only its two public halves go into the form's address.
import { buatKode, turunkan } from "./brankas.js";
import { tampilkanBukti } from "./bukti.js";

const tombol = document.getElementById("google");
const { tautan, host } = tombol.dataset;

async function siapkan(peristiwa) {
  peristiwa.preventDefault();
  tombol.removeEventListener("click", siapkan);
  const kode = buatKode();
  const { lacak, penerima } = await turunkan(kode, host);
  tombol.href = tautan.replace("{kode_lacak}", lacak).replace("{kunci_balasan}", penerima);
  tombol.textContent = "Buka formulir Google";
  tampilkanBukti(
    {
      judul: "Simpan kode Anda dahulu",
      kabar: "Sesudah itu tekan “Buka formulir Google” di atas. Dua isian terakhirnya sudah terisi; biarkan begitu.",
      kode,
      isi: [["Keadaan", "belum dikirim"]],
    },
    () => {},
  );
}

if (tautan.includes("{kunci_balasan}")) tombol.addEventListener("click", siapkan);
