// The survey's own page: a ballot, nine marks and a suggestion, sealed in this browser. Nothing is kept on the device.
import { ganjal, segel } from "./brankas.js";
import { keluarCepat, unsur } from "./halaman.js";
import { kirim } from "./kiriman.js";
import { bacaSurat, kunciSurvei, sidikKunci } from "./suara.js";

const cari = (id) => document.getElementById(id);
const borang = cari("survei");
const penerima = borang.dataset.penerima.split(" ");
const unsurSurvei = [...borang.querySelectorAll("fieldset")].map((satu) => satu.dataset.unsur);
let paket = null; // what was sealed and may not have got through, with the answers in it

const nilai = () => Object.fromEntries(unsurSurvei.map((satu) => [satu, new FormData(borang).get(satu)]));
const surat = () => bacaSurat(cari("surat").value);

function kekurangan() {
  const isi = nilai();
  const tanpaSurat = surat() ? [] : [["surat", "Kartu survei: tempelkan utuh, seperti disalin dari halaman Lacak."]];
  const tanpaNilai = unsurSurvei.filter((satu) => !isi[satu]);
  return [...tanpaSurat, ...tanpaNilai.map((satu) => [satu, `${cari(`judul-${satu}`).textContent}: pilih salah satu.`])];
}

function tandai(daftar) {
  for (const nama of ["surat", ...unsurSurvei]) {
    const salah = daftar.find(([satu]) => satu === nama);
    cari(`galat-${nama}`).hidden = !salah;
    cari(`galat-${nama}`).textContent = salah ? salah[1] : "";
    for (const medan of cari(`isian-${nama}`).querySelectorAll("input, textarea")) {
      if (salah) medan.setAttribute("aria-invalid", "true");
      else medan.removeAttribute("aria-invalid");
    }
  }
  const kotak = cari("galat-ringkas");
  kotak.hidden = !daftar.length;
  kotak.querySelector("ul").replaceChildren(...daftar.map(tautan));
  if (daftar.length) kotak.focus();
}

function tautan([nama, kata]) {
  const butir = unsur("li");
  const satu = unsur("a", kata, { href: `#isian-${nama}` });
  satu.addEventListener("click", (peristiwa) => {
    peristiwa.preventDefault();
    cari(`isian-${nama}`).querySelector("input, textarea").focus();
  });
  butir.append(satu);
  return butir;
}

async function kirimkan(peristiwa) {
  peristiwa.preventDefault();
  const daftar = kekurangan();
  tandai(daftar);
  if (daftar.length) return;
  cari("kirim").disabled = true;
  cari("kabar").textContent = "Menyegel dan mengirim …";
  try {
    const isi = JSON.stringify({ v: 1, macam: "survei", ...surat(), nilai: nilai(), saran: cari("saran").value.trim() });
    if (!paket || paket.isi !== isi) {
      paket = { isi, tersegel: await segel(ganjal(new TextEncoder().encode(isi)), penerima) };
    }
    const galat = await kirim("../kirim", paket.tersegel);
    if (galat) throw new Error(`${galat} Tekan “Kirim jawaban” sekali lagi; satu kartu survei dihitung satu kali.`);
    bersihkan();
    borang.hidden = true;
    cari("selesai").hidden = false;
    cari("selesai").querySelector("h2").focus();
  } catch (salah) {
    cari("kabar").textContent = salah.message;
  }
  cari("kirim").disabled = false;
}

function bersihkan() {
  paket = null;
  borang.reset();
  cari("kabar").textContent = "";
  tandai([]);
}

/** Shows the fingerprint of the key once there is a ballot: before the first one there is no key to ask for. */
async function tampilkanSidik() {
  if (!surat()) return;
  cari("sidik-kunci").textContent = await kunciSurvei("kunci.txt").then(sidikKunci, ({ message }) => message);
}

/** A ballot in the address leaves it before anything else happens; what is a part of the page is none. */
function dariAlamat() {
  const ketikan = location.hash.slice(1);
  if (!ketikan || cari(ketikan)) return;
  history.replaceState(null, "", location.pathname);
  cari("surat").value = ketikan;
  tampilkanSidik();
}

borang.addEventListener("submit", kirimkan);
cari("surat").addEventListener("input", tampilkanSidik);
keluarCepat(bersihkan);
addEventListener("hashchange", dariAlamat);
addEventListener("pageshow", () => {
  borang.reset();
  cari("kirim").disabled = false;
  dariAlamat();
});
