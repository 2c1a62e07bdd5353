// The site's own forms: one thing a page, checked with mercy, sealed in this browser, sent once. The HTML holds the
// questions, and the words for what is sent: a request or a complaint.
import { pengantar } from "./antar.js";
import { pencatat } from "./catat.js";
import { sasaran, tandai } from "./galat.js";
import { brankas, keluarCepat, unsur } from "./halaman.js";
import { isianUntuk } from "./isian.js";
import { pemilihBerkas } from "./lampiran.js";
import { barisJawaban } from "./ringkas.js";
import { pemeriksa } from "./temuan.js";

const SEHAT = "../sehat";

const cari = (id) => document.getElementById(id);
const borang = cari("borang");
const tertulis = JSON.parse(borang.dataset.isi);
const { dibuat, kata, pertanyaan, lampiran, opsi } = tertulis;
const { hal } = kata;
const langkah = [...borang.querySelectorAll(".langkah-isi")];
const PERIKSA = langkah.length - 1;
const MULAI = cari("mulai").textContent;
const judulHalaman = document.title;
const pemilih = borang.querySelector("input[type=file]");
const berkas = pemilih ? pemilihBerkas(pemilih, lampiran) : [];
const isian = isianUntuk(dibuat.macam);

let terakhir = 0; // the step that was shown last
let lewatPeriksa = false;
let ragu = ""; // the answers of a step whose doubts the applicant has seen
let tawaran = null; // what an earlier visit kept on this device

const antaran = pengantar(tertulis, {
  sembunyikan: () => tampilkan(-1),
  disimpan: () => isian.hapus().catch(() => {}),
  async sampai() {
    isian.lama = false;
    await isian.hapus().catch(() => {});
    borang.reset();
  },
  kembali() {
    tampilkan(PERIKSA);
    catatan.catat(0);
  },
  async dibuang() {
    isian.lama = false;
    borang.reset();
    ragu = "";
    lewatPeriksa = false;
    terakhir = 0;
    await isian.hapus().catch(() => {});
    history.replaceState(history.state, "", location.pathname);
    tampilkan(-1);
    cari("mulai-kabar").textContent = "Sudah dihapus dari perangkat ini.";
    cari("mulai").focus();
  },
});

const catatan = pencatat(isian, berkas, {
  potret: () => ({ jawaban: jawaban(Object.keys(pertanyaan)), langkah: langkah[terakhir].id, lewat: lewatPeriksa }),
  menunggu: () => antaran.bertugas,
});

// ---- The answers

const medan = (nama) => borang.querySelectorAll(`[name="${CSS.escape(nama)}"]`);
const isi = (nama) => (new FormData(borang).get(nama) || "").trim();
const ditanya = (nama) => Object.entries(pertanyaan[nama].kecuali || {}).every(([lain, jawab]) => isi(lain) !== jawab);
const nyata = () => Object.keys(pertanyaan).filter(ditanya);
const isianLangkah = (bagian) => nyata().filter((nama) => bagian.contains(cari(`isian-${nama}`)));
const jawaban = (nama) => Object.fromEntries(nama.map((satu) => [satu, isi(satu)]).filter(([, teks]) => teks));
const adaIsian = () => Boolean(berkas.length || Object.keys(jawaban(Object.keys(pertanyaan))).length);

/** What is wrong with one answer, and whether nothing can be sent like that. */
export const temuan = pemeriksa(tertulis);

const temuanLangkah = (bagian) => isianLangkah(bagian).map((nama) => temuan(nama, isi(nama))).filter(Boolean);
const menahan = (bagian) => temuanLangkah(bagian).some(({ tahan }) => tahan);

/** Whether a question is seen: one that follows from another of its own page waits for that answer. */
const tampak = (nama) =>
  ditanya(nama) && Object.keys(pertanyaan[nama].kecuali || {}).every((lain) => isi(lain) || !sehalaman(lain, nama));
const sehalaman = (...nama) => langkah.some((bagian) => nama.every((satu) => bagian.contains(cari(`isian-${satu}`))));

/** Shows what is asked after the answers so far, and what the page says to the one that it speaks of. */
function sesuaikan() {
  for (const nama of Object.keys(pertanyaan)) cari(`isian-${nama}`).hidden = !tampak(nama);
  for (const bagian of borang.querySelectorAll("[data-menurut]")) {
    for (const satu of bagian.querySelectorAll("[data-untuk]")) satu.hidden = !untuk(satu, bagian);
  }
}

const untuk = (satu, bagian) => satu.dataset.untuk.split(" ").includes(isi(bagian.dataset.menurut));

// ---- The steps

const nomorLangkah = () => langkah.findIndex((bagian) => `#${bagian.id}` === location.hash);

/** A step that asks nothing is shown where it has something to say. */
function terpakai(bagian) {
  if (!bagian.dataset.menurut) return bagian === langkah[PERIKSA] || isianLangkah(bagian).length > 0;
  return [...bagian.querySelectorAll("[data-untuk]")].some((satu) => untuk(satu, bagian));
}

function tampilkan(nomor) {
  const mengisi = nomor >= 0 && !antaran.bertugas;
  document.body.classList.toggle("mengisi", mengisi || antaran.bertugas);
  borang.hidden = !mengisi;
  cari("mulai").textContent = adaIsian() || tawaran ? "Lanjutkan isian Anda" : MULAI;
  if (!mengisi) return;
  terakhir = nomor;
  sesuaikan();
  for (const bagian of langkah) bagian.hidden = bagian !== langkah[nomor];
  const bernomor = langkah.filter((bagian) => !bagian.dataset.menurut && terpakai(bagian));
  const judul = langkah[nomor].querySelector("h2");
  const urutan = bernomor.indexOf(langkah[nomor]) + 1;
  cari("langkah-ke").textContent = urutan ? `Langkah ${urutan} dari ${bernomor.length}` : "";
  cari("lanjut").textContent = nomor === PERIKSA ? `Kirim ${hal}` : "Lanjut";
  cari("kabar").textContent = "";
  cari("kembali-kabar").textContent = "";
  document.title = `${judul.textContent} - ${judulHalaman}`;
  tandaiLangkah(langkah[nomor], []);
  if (nomor === PERIKSA) ringkas();
  judul.focus();
  scrollTo(0, 0);
}

function ke(nomor) {
  const kedalaman = ((history.state && history.state.kedalaman) || 0) + 1;
  history.pushState({ kedalaman }, "", `#${langkah[nomor].id}`);
  tampilkan(nomor);
}

function mundur() {
  if (history.state && history.state.kedalaman) return history.back();
  const sebelum = langkah.slice(0, terakhir).map(terpakai).lastIndexOf(true);
  history.replaceState(null, "", sebelum < 0 ? location.pathname : `#${langkah[sebelum].id}`);
  tampilkan(sebelum);
}

function tandaiLangkah(bagian, daftar) {
  tandai(isianLangkah(bagian), daftar);
  if (daftar.length) document.title = `Kesalahan: ${bagian.querySelector("h2").textContent} - ${judulHalaman}`;
}

function maju() {
  const nomor = nomorLangkah();
  if (nomor === PERIKSA) return segelDanKirim();
  const daftar = temuanLangkah(langkah[nomor]);
  const rupa = JSON.stringify(isianLangkah(langkah[nomor]).map(isi));
  if (daftar.some(({ tahan }) => tahan) || (daftar.length && ragu !== rupa)) {
    ragu = rupa;
    return tandaiLangkah(langkah[nomor], daftar);
  }
  const berikut = (bagian, urutan) => urutan > nomor && terpakai(bagian);
  ke(langkah.findIndex(lewatPeriksa ? (bagian, urutan) => urutan === PERIKSA || menahan(bagian) : berikut));
  return catatan.catat(0);
}

function ringkas() {
  lewatPeriksa = true;
  const baris = (nama) => {
    const jawab = pertanyaan[nama].jenis === "berkas" ? berkas.map(({ name }) => name).join("\n") : isi(nama);
    const salah = temuan(nama, pertanyaan[nama].jenis === "berkas" ? "" : jawab);
    const kataJawaban = jawab ? dibaca(nama, jawab) : "Tidak diisi";
    return barisJawaban(pertanyaan[nama].judul, kataJawaban, salah ? salah.kata : "", () => {
      ke(langkah.findIndex((bagian) => bagian.contains(cari(`isian-${nama}`))));
      sasaran(nama).focus();
    });
  };
  cari("jawaban").replaceChildren(...langkah.flatMap(isianLangkah).map(baris));
}

/** An answer in the words that the applicant chose or typed. */
function dibaca(nama, jawab) {
  const { jenis } = pertanyaan[nama];
  if (jenis === "unit") return sasaran(nama).selectedOptions[0].text;
  if (jenis === "tanggal") return new Date(jawab).toLocaleDateString("id-ID", { dateStyle: "long", timeZone: "UTC" });
  return (opsi[nama] && opsi[nama][jawab]) || jawab;
}

// ---- Sending

async function segelDanKirim() {
  const belum = langkah.findIndex(menahan);
  if (belum >= 0) {
    ke(belum);
    return tandaiLangkah(langkah[belum], temuanLangkah(langkah[belum]));
  }
  cari("lanjut").disabled = true;
  const kabari = (persen) => (cari("kabar").textContent = `Mengunci ${hal} di perangkat ini … ${persen}%`);
  cari("kabar").textContent = "Menyiapkan kode Anda …"; // which takes a slow phone seconds
  try {
    await antaran.segel(jawaban(nyata()), berkas, kabari);
  } catch (salah) {
    cari("kabar").textContent = salah.message;
  } finally {
    cari("lanjut").disabled = false;
  }
}

// ---- To begin, and to come back

function pulihkan({ jawaban: semua, langkah: di, lewat, berkas: daftar }) {
  for (const [nama, jawab] of Object.entries(semua)) {
    for (const satu of medan(nama)) {
      if (satu.type === "radio" || satu.type === "checkbox") satu.checked = satu.value === jawab;
      else satu.value = jawab;
    }
  }
  pemilih?.dispatchEvent(new CustomEvent("pulihkan", { detail: daftar }));
  lewatPeriksa = Boolean(lewat);
  terakhir = Math.max(0, langkah.findIndex(({ id }) => id === di));
}

async function mulai() {
  cari("mulai").disabled = true;
  const kunci = brankas().then(() => true, () => false); // who fills in the form can seal it offline
  const siap = (await fetch(SEHAT, { credentials: "omit" }).then(({ ok }) => ok, () => false)) && (await kunci);
  const dahulu = siap && tawaran ? await isian.lanjutkan(tawaran).catch(() => null) : null;
  cari("mulai").disabled = false;
  if (!siap) {
    cari("mulai-kabar").textContent =
      `Penerima ${hal} sedang tidak dapat dihubungi. Coba lagi nanti, atau pakai cara lain di bawah.`;
    return;
  }
  tawaran = tawaran && !dahulu ? await isian.sapu().catch(() => null) : null;
  if (tawaran) {
    cari("mulai-kabar").textContent = "Isian Anda masih ada, tetapi belum dapat dibuka. Tekan sekali lagi.";
    return; // an empty form would look as if all were lost
  }
  if (dahulu) pulihkan(dahulu);
  ke(terakhir);
  if (dahulu) catatan.catat(0);
}

function tawarkan() {
  cari("mulai-kabar").textContent = "Isian yang Anda simpan di perangkat ini masih ada. ";
  const hapus = unsur("button", "Hapus isian itu", { type: "button", className: "tombol-teks" });
  hapus.addEventListener("click", async () => {
    await isian.buang(tawaran);
    tawaran = null;
    tampilkan(-1);
    cari("mulai-kabar").textContent = "Sudah dihapus.";
    cari("mulai").focus();
  });
  cari("mulai-kabar").append(hapus);
}

/** Goes on at the step at which a reload, a link or the phone took the page away. */
function lanjutkan(dahulu) {
  tawaran = null;
  brankas().catch(() => {});
  pulihkan(dahulu);
  const nomor = nomorLangkah();
  if (nomor < 0) history.replaceState(history.state, "", `#${langkah[terakhir].id}`);
  tampilkan(nomor < 0 ? terakhir : nomor);
  cari("kembali-kabar").textContent = "Isian Anda kembali seperti tadi.";
}

borang.addEventListener("submit", (peristiwa) => {
  peristiwa.preventDefault();
  maju();
});
for (const jenis of ["input", "change"]) {
  borang.addEventListener(jenis, () => {
    sesuaikan();
    catatan.catat();
  });
}
pemilih?.addEventListener("berkas", () => catatan.catat());
cari("kembali").addEventListener("click", mundur);
cari("mulai").addEventListener("click", mulai);
addEventListener("popstate", () => {
  if (!antaran.bertugas && (nomorLangkah() >= 0 || !location.hash)) tampilkan(nomorLangkah());
});
addEventListener("beforeunload", (peristiwa) => {
  const bisaHilang = !antaran.kodeAman || (adaIsian() && !antaran.tersimpan && !catatan.lunas);
  if (bisaHilang && !document.documentElement.hidden) peristiwa.preventDefault();
});
keluarCepat(
  () => {
    catatan.berhenti();
    antaran.lupakan();
    borang.reset();
    cari("jawaban").replaceChildren();
  },
  () => (history.state && history.state.kedalaman) || 0,
  isian.keluar,
);

// A browser fills in by itself what it remembers, after the scripts have run; what comes back comes from here.
addEventListener("pageshow", async () => {
  borang.reset();
  let dahulu = null;
  try {
    dahulu = await isian.muat();
    tawaran = await isian.sapu();
    catatan.mulai();
  } catch {
    catatan.menolak();
  }
  if (dahulu) lanjutkan(dahulu);
  else {
    if (nomorLangkah() >= 0) history.replaceState(null, "", location.pathname); // no step makes sense before the others
    const tertunda = await antaran.ingatkan();
    if (!tertunda) tampilkan(-1);
    if (!tertunda && tawaran) tawarkan();
  }
  cari("mulai").disabled = false;
});
