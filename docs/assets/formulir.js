// The site's own forms: one group a page, checked with mercy, sealed in this browser, sent once. The HTML holds the
// questions, and the words for what is sent: a request or a complaint.
import { pengantar } from "./antar.js";
import { keluarCepat, unsur } from "./halaman.js";
import { pemilihBerkas } from "./lampiran.js";
import { pemeriksa } from "./temuan.js";

const TUJUH_HARI = 7 * 86400000;
const SEHAT = "../sehat";

const cari = (id) => document.getElementById(id);
const borang = cari("borang");
const tertulis = JSON.parse(borang.dataset.isi);
const { dibuat, kata, pertanyaan, lampiran, opsi } = tertulis;
const { hal } = kata;
const DRAF = ["payung-isian", dibuat.macam].filter(Boolean).join("-");
const langkah = [...borang.querySelectorAll(".langkah-isi")];
const PERIKSA = langkah.length - 1;
const judulHalaman = document.title;
const pemilih = borang.querySelector("input[type=file]");
const berkas = pemilih ? pemilihBerkas(pemilih, lampiran) : [];
const laci = (() => {
  try {
    localStorage.length; // a browser that is told to keep nothing throws here
    return localStorage;
  } catch {
    return null;
  }
})();

let berdraf = false; // the applicant wants the answers kept
let lewatPeriksa = false;
let ragu = ""; // the answers of a step whose doubts the applicant has seen

const antaran = pengantar(tertulis, {
  sembunyikan: () => tampilkan(-1),
  disimpan: () => laci?.removeItem(DRAF),
  sampai() {
    hapusDraf();
    borang.reset();
  },
  kembali() {
    if (berdraf) simpanDraf();
    tampilkan(PERIKSA);
  },
  dibuang() {
    hapusDraf();
    borang.reset();
    ragu = "";
    lewatPeriksa = false;
    history.replaceState(history.state, "", location.pathname);
    tampilkan(-1);
    cari("mulai").textContent = "Mulai mengisi";
    cari("mulai-kabar").textContent = "Sudah dihapus. Tidak ada lagi yang tersimpan di perangkat ini.";
    cari("mulai").focus();
  },
});

// ---- The answers

const isi = (nama) => (new FormData(borang).get(nama) || "").trim();
const isianLangkah = (bagian) => Object.keys(pertanyaan).filter((nama) => bagian.contains(cari(`isian-${nama}`)));
const semuaJawaban = () =>
  Object.fromEntries(Object.keys(pertanyaan).map((nama) => [nama, isi(nama)]).filter(([, jawaban]) => jawaban));
const adaIsian = () => Boolean(berkas.length || Object.keys(semuaJawaban()).length);

/** What is wrong with one answer, and whether nothing can be sent like that. */
export const temuan = pemeriksa(tertulis);

/** The words of an answer as the applicant chose or typed them. */
function kataJawaban(nama, jenis, jawaban) {
  if (jenis === "unit") return sasaran(nama).selectedOptions[0].text;
  if (jenis === "tanggal") return new Date(jawaban).toLocaleDateString("id-ID", { dateStyle: "long", timeZone: "UTC" });
  return (opsi[nama] && opsi[nama][jawaban]) || jawaban;
}

const temuanLangkah = (bagian) => isianLangkah(bagian).map((nama) => temuan(nama, isi(nama))).filter(Boolean);

// ---- The steps

const nomorLangkah = () => langkah.findIndex((bagian) => `#${bagian.id}` === location.hash);
const sasaran = (nama) => borang.querySelector(`#isian-${nama} :is(input, textarea, select)`);

function tampilkan(nomor) {
  const mengisi = nomor >= 0 && !antaran.bertugas;
  document.body.classList.toggle("mengisi", mengisi || antaran.bertugas);
  borang.hidden = !mengisi;
  if (!mengisi) return;
  langkah.forEach((bagian, urutan) => (bagian.hidden = urutan !== nomor));
  const judul = langkah[nomor].querySelector("h2");
  cari("langkah-ke").textContent = `Langkah ${nomor + 1} dari ${langkah.length}`;
  cari("lanjut").textContent = nomor === PERIKSA ? `Kirim ${hal}` : "Lanjut";
  cari("kabar").textContent = "";
  document.title = `${judul.textContent} - ${judulHalaman}`;
  tandai(langkah[nomor], []);
  if (nomor === PERIKSA) ringkas();
  judul.focus();
  scrollTo(0, 0);
}

function ke(nomor) {
  const kedalaman = ((history.state && history.state.kedalaman) || 0) + 1;
  history.pushState({ kedalaman }, "", `#${langkah[nomor].id}`);
  tampilkan(nomor);
}

function tandai(bagian, daftar) {
  for (const nama of isianLangkah(bagian)) {
    const salah = daftar.find((satu) => satu.nama === nama);
    const galat = cari(`galat-${nama}`);
    galat.hidden = !salah;
    galat.textContent = salah ? salah.kata : "";
    for (const medan of cari(`isian-${nama}`).querySelectorAll("input, textarea, select")) {
      if (salah) medan.setAttribute("aria-invalid", "true");
      else medan.removeAttribute("aria-invalid");
    }
  }
  const kotak = cari("galat-ringkas");
  const menahan = daftar.some(({ tahan }) => tahan);
  kotak.hidden = !daftar.length;
  if (!daftar.length) return;
  kotak.querySelector("h2").textContent = menahan ? "Ada yang belum diisi" : "Mohon dilihat lagi";
  kotak.querySelector("p").hidden = menahan;
  kotak.querySelector("ul").replaceChildren(...daftar.map(tautanGalat));
  document.title = `Kesalahan: ${bagian.querySelector("h2").textContent} - ${judulHalaman}`;
  kotak.focus();
}

function tautanGalat({ nama, kata }) {
  const butir = unsur("li");
  const tautan = unsur("a", kata, { href: `#isian-${nama}` });
  tautan.addEventListener("click", (peristiwa) => {
    peristiwa.preventDefault();
    sasaran(nama).focus();
  });
  butir.append(tautan);
  return butir;
}

function maju() {
  const nomor = nomorLangkah();
  if (nomor === PERIKSA) return segelDanKirim();
  const daftar = temuanLangkah(langkah[nomor]);
  const rupa = JSON.stringify(isianLangkah(langkah[nomor]).map(isi));
  if (daftar.some(({ tahan }) => tahan) || (daftar.length && ragu !== rupa)) {
    ragu = rupa;
    return tandai(langkah[nomor], daftar);
  }
  if (berdraf) simpanDraf();
  return ke(lewatPeriksa ? PERIKSA : nomor + 1);
}

function ringkas() {
  lewatPeriksa = true;
  cari("jawaban").replaceChildren(
    ...Object.entries(pertanyaan).map(([nama, { judul, jenis }]) => {
      const baris = unsur("div");
      const jawaban = jenis === "berkas" ? berkas.map(({ name }) => name).join("\n") : isi(nama);
      const kata = jawaban ? kataJawaban(nama, jenis, jawaban) : "Tidak diisi";
      const salah = temuan(nama, jenis === "berkas" ? "" : jawaban);
      const isiBaris = unsur("dd", kata);
      if (salah) isiBaris.append(unsur("p", salah.kata, { className: "galat" }));
      const ubah = unsur("a", "Ubah", { href: `#isian-${nama}` });
      ubah.append(unsur("span", ` ${judul}`, { className: "tersembunyi" }));
      ubah.addEventListener("click", (peristiwa) => {
        peristiwa.preventDefault();
        ke(langkah.findIndex((bagian) => bagian.contains(cari(`isian-${nama}`))));
        sasaran(nama).focus();
      });
      const tindakan = unsur("dd", "", { className: "ubah" });
      tindakan.append(ubah);
      baris.append(unsur("dt", judul), isiBaris, tindakan);
      return baris;
    }),
  );
}

// ---- Sending

async function segelDanKirim() {
  const belum = langkah.findIndex((bagian) => temuanLangkah(bagian).some(({ tahan }) => tahan));
  if (belum >= 0) {
    ke(belum);
    return tandai(langkah[belum], temuanLangkah(langkah[belum]));
  }
  cari("lanjut").disabled = true;
  cari("kabar").textContent = `Menyegel ${hal} di perangkat ini …${berkas.length ? " Berkas perlu beberapa detik." : ""}`;
  try {
    await antaran.segel(semuaJawaban(), berkas);
  } catch (salah) {
    cari("kabar").textContent = salah.message;
  } finally {
    cari("lanjut").disabled = false;
  }
}

// ---- What is kept only if asked

function simpanDraf() {
  laci.setItem(DRAF, JSON.stringify({ saat: Date.now(), jawaban: semuaJawaban() }));
  berdraf = true;
  cari("simpan-hapus").hidden = false;
  cari("simpan-kabar").textContent = "Isian tersimpan di perangkat ini, dan diperbarui setiap Anda menekan Lanjut.";
}

function hapusDraf() {
  laci?.removeItem(DRAF);
  berdraf = false;
  cari("simpan-hapus").hidden = true;
  cari("simpan-kabar").textContent = "Tidak ada lagi isian yang tersimpan di perangkat ini.";
}

function pulihkanDraf() {
  const draf = JSON.parse(laci?.getItem(DRAF) || "null");
  if (!draf) return;
  if (!(Date.now() - draf.saat < TUJUH_HARI)) return laci.removeItem(DRAF);
  berdraf = true;
  for (const [nama, jawaban] of Object.entries(draf.jawaban)) {
    for (const medan of borang.querySelectorAll(`[name="${CSS.escape(nama)}"]`)) {
      if (medan.type === "radio" || medan.type === "checkbox") medan.checked = medan.value === jawaban;
      else medan.value = jawaban;
    }
  }
  cari("simpan-hapus").hidden = false;
  cari("mulai").textContent = "Lanjutkan isian Anda";
  cari("mulai-kabar").textContent = `Isian yang Anda simpan di perangkat ini sudah dimuat.${
    pemilih ? " Berkas perlu dipilih lagi." : ""
  }`;
}

// ---- To begin

async function mulai() {
  cari("mulai").disabled = true;
  const siap = await fetch(SEHAT, { credentials: "omit" }).then(({ ok }) => ok, () => false);
  cari("mulai").disabled = false;
  if (siap) return ke(0);
  cari("mulai-kabar").textContent =
    `Penerima ${hal} sedang tidak dapat dihubungi. Coba lagi nanti, atau pakai cara lain di bawah.`;
}

borang.addEventListener("submit", (peristiwa) => {
  peristiwa.preventDefault();
  maju();
});
cari("kembali").addEventListener("click", () => history.back());
cari("mulai").addEventListener("click", mulai);
cari("simpan-ya").addEventListener("click", simpanDraf);
cari("simpan-hapus").addEventListener("click", hapusDraf);
addEventListener("popstate", () => {
  if (!antaran.bertugas && (nomorLangkah() >= 0 || !location.hash)) tampilkan(nomorLangkah());
});
addEventListener("beforeunload", (peristiwa) => {
  const bisaHilang = !antaran.kodeAman || (adaIsian() && !antaran.tersimpan && !berdraf);
  if (bisaHilang && !document.documentElement.hidden) peristiwa.preventDefault();
});
keluarCepat(
  () => {
    antaran.lupakan();
    borang.reset();
    cari("jawaban").replaceChildren();
  },
  () => (history.state && history.state.kedalaman) || 0,
);

cari("simpan").hidden = !laci;

// Browsers bring back what was typed before, after the scripts have run; only what was saved on purpose comes back.
addEventListener("pageshow", async () => {
  if (nomorLangkah() >= 0) history.replaceState(null, "", location.pathname); // no step makes sense before the others
  borang.reset();
  pulihkanDraf();
  await antaran.ingatkan();
  cari("mulai").disabled = false;
});
