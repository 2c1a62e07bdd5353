// The site's own forms: one group a page, checked with mercy, sealed in this browser, sent once. The HTML holds the
// questions, and the words for what is sent: a request or a complaint.
import { buatKode, turunkan } from "./brankas.js";
import { hapusBukti, tampilkanBukti } from "./bukti.js";
import { isikan, keluarCepat, sidik, unsur, uuid, waktu } from "./halaman.js";
import { bungkus, gudangUntuk, kirim, pemilihBerkas } from "./kiriman.js";

const TUJUH_HARI = 7 * 86400000;
const SEMENIT = 60000;
const SETAHUN = 366 * 86400000;
const KIRIM = "../kirim";
const SEHAT = "../sehat";

const cari = (id) => document.getElementById(id);
const borang = cari("borang");
const { host, penerima, dibuat, kata, pertanyaan, kalimat, lampiran, opsi } = JSON.parse(borang.dataset.isi);
const { hal } = kata;
const Hal = hal[0].toUpperCase() + hal.slice(1);
const DRAF = ["payung-isian", dibuat.macam].filter(Boolean).join("-");
const gudang = gudangUntuk(dibuat.macam);
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

let kunci = uuid(); // one request: whatever is sent twice under it is one case
let kode = ""; // made at the first sending, and like `kunci` never kept: what a later visit sends is another request
let paket = null; // sealed, and not yet known to have arrived
let tersimpan = false; // `paket` waits on this device as well
let berdraf = false; // the applicant wants the answers kept
let ulang = 0; // the timer of the next try
let terkirim = false;
let kodeAman = true;
let lewatPeriksa = false;
let ragu = ""; // the answers of a step whose doubts the applicant has seen

// ---- The answers

const isi = (nama) => (new FormData(borang).get(nama) || "").trim();
const isianLangkah = (bagian) => Object.keys(pertanyaan).filter((nama) => bagian.contains(cari(`isian-${nama}`)));
const semuaJawaban = () =>
  Object.fromEntries(Object.keys(pertanyaan).map((nama) => [nama, isi(nama)]).filter(([, jawaban]) => jawaban));
const adaIsian = () => Boolean(berkas.length || Object.keys(semuaJawaban()).length);

// The same checks as in processor/foundation/form_definition.py; what they find is never a reason not to send, but for what is missing.
const digit = (teks) => teks.replace(/[^0-9]/g, "");
const POLA_NIP = /^(19|20)\d{6}(19|20)\d{2}(0[1-9]|1[0-2]|2[1-9])[12](?!000)\d{3}$/;

function keliruNip(teks) {
  const nip = teks.replace(/nip|[.:\-\s\u00a0\u2010-\u2015']/gi, "");
  if (!/^[0-9]*$/.test(nip)) return "nip_tanda";
  if (nip.length !== 18) return "nip_digit";
  if (!POLA_NIP.test(nip)) return "nip_susunan";
  const [, tahun, bulan, hari, diangkat] = /^(.{4})(..)(..)(.{4})/.exec(nip).map(Number);
  const lahir = new Date(Date.UTC(tahun, bulan - 1, hari));
  const usia = diangkat - tahun;
  const lazim = lahir.getUTCMonth() === bulan - 1 && diangkat <= new Date().getFullYear() && usia >= 16 && usia <= 58;
  return lazim ? "" : "nip_susunan";
}

const KELIRU = {
  nip: keliruNip,
  email: (teks) => (/^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(teks) ? "" : "email"),
  tanggal: (teks) => (Math.abs(new Date(teks) - Date.now()) <= SETAHUN ? "" : "tanggal"),
  telepon: (teks) => (digit(teks).length >= 8 && digit(teks).length <= 15 ? "" : "telepon"),
};

/** What is wrong with one answer, and whether nothing can be sent like that. */
export function temuan(nama, jawaban) {
  const { judul, jenis, wajib, maks } = pertanyaan[nama];
  const panjang = [...jawaban].length;
  const kata = (kunciKalimat, n = panjang) => isikan(kalimat[kunciKalimat], { judul, maks, n });
  if (!jawaban) return wajib ? { nama, tahan: true, kata: kata(opsi[nama] ? jenis : "kosong") } : null;
  if (panjang > maks) return { nama, tahan: panjang > 2 * maks, kata: kata("panjang") }; // more is not read
  const keliru = KELIRU[jenis] ? KELIRU[jenis](jawaban) : "";
  return keliru ? { nama, tahan: false, kata: kata(keliru, digit(jawaban).length) } : null;
}

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
  const mengisi = nomor >= 0 && !terkirim && !paket;
  document.body.classList.toggle("mengisi", mengisi || terkirim || Boolean(paket));
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

// ---- Sealing and sending

async function segelDanKirim() {
  const belum = langkah.findIndex((bagian) => temuanLangkah(bagian).some(({ tahan }) => tahan));
  if (belum >= 0) {
    ke(belum);
    return tandai(langkah[belum], temuanLangkah(langkah[belum]));
  }
  cari("lanjut").disabled = true;
  sibuk(true);
  cari("kabar").textContent = `Menyegel ${hal} di perangkat ini …`;
  try {
    if (!kode) kodeAman = false;
    kode = kode || buatKode();
    const { lacak, penerima: balasan } = await turunkan(kode, host);
    const jawaban = { ...semuaJawaban(), kode_lacak: lacak, kunci_balasan: balasan };
    paket = await bungkus({ kunci, jawaban, ...dibuat }, berkas, penerima);
    await titipkan();
    await antar();
  } catch (salah) {
    paket = null;
    cari("kabar").textContent = salah.message;
  } finally {
    cari("lanjut").disabled = false;
  }
}

/** Keeps the package and shows its code before it leaves: a phone may lose the page in the middle of the sending. */
async function titipkan() {
  tersimpan = await gudang.simpan(paket).then(() => true, () => false);
  if (tersimpan) laci?.removeItem(DRAF); // the same request is not offered twice
  buktikan({
    judul: `${Hal} sedang dikirim`,
    kabar: "Sedang dikirim. Simpan kodenya selagi menunggu.",
    isi: [["Keadaan", "sedang dikirim"], ["Disegel", waktu(new Date())], ["Sidik paket (SHA-256)", await sidik(paket)]],
  });
}

function sibuk(ya) {
  for (const tombol of cari("tertunda").children) tombol.disabled = ya;
}

async function antar() {
  clearTimeout(ulang);
  sibuk(true);
  const galat = await kirim(KIRIM, paket);
  sibuk(false);
  const tanda = await sidik(paket);
  if (galat) return tunda(galat, tanda);
  await gudang.hapus().catch(() => {});
  hapusDraf();
  paket = null;
  terkirim = true;
  borang.reset();
  history.replaceState(history.state, "", "#terkirim");
  buktikan({
    judul: `${Hal} Anda sedang diproses`,
    kabar: `${Hal} sudah sampai, tersegel. ${kata.nomor} ${kode ? "" : kata.hilang}`,
    isi: [
      ["Keadaan", "sedang diproses, belum terdaftar"],
      ["Dikirim", waktu(new Date())],
      ["Sidik paket (SHA-256)", tanda],
    ],
  });
}

const MENCOBA = "Selama terbuka, halaman ini mencoba lagi setiap menit.";
const TERSIMPAN =
  `${Hal} yang sudah tersegel disimpan di perangkat ini; tidak ada yang dapat membacanya di sini. ${MENCOBA} ` +
  `Bila halaman ini ditutup, buka lagi halaman ${kata.halaman} untuk mengirimnya.`;
const TAK_TERSIMPAN = `Peramban ini tidak dapat menyimpan apa pun; biarkan halaman ini terbuka. ${MENCOBA}`;

function tunda(galat, tanda) {
  ulang = setTimeout(cobaLagi, SEMENIT);
  cari("bukti-galat").textContent = galat;
  if (!cari("tertunda").hidden) return; // tried again: what is shown stays, and so does the focus
  buktikan({
    judul: `${Hal} belum terkirim`,
    kabar: tersimpan ? TERSIMPAN : TAK_TERSIMPAN,
    galat,
    tertunda: true,
    isi: [["Keadaan", "belum terkirim"], ["Disegel", waktu(new Date())], ["Sidik paket (SHA-256)", tanda]],
  });
}

function buktikan(bukti) {
  tampilkan(-1);
  cari("ubah-lagi").hidden = !kode;
  document.title = `${bukti.judul} - ${judulHalaman}`;
  tampilkanBukti({ ...bukti, kode }, () => (kodeAman = true));
  scrollTo(0, 0);
}

async function cobaLagi() {
  if (paket && !cari("coba").disabled) await antar();
}

/** The package leaves this device; what is on the page stays. */
async function lepaskan() {
  clearTimeout(ulang);
  await gudang.hapus().catch(() => {});
  paket = null;
  tersimpan = false;
  hapusBukti();
}

/** Back to the answers, which are still on the page; sent again they are the same request. */
async function ubahLagi() {
  await lepaskan();
  if (berdraf) simpanDraf();
  tampilkan(PERIKSA);
}

/** As if nothing had ever been typed, and without asking the network for anything. */
async function buang() {
  if (!confirm(`Hapus ${hal} yang belum terkirim, dan isian yang tersimpan, dari perangkat ini?`)) return;
  await lepaskan();
  hapusDraf();
  borang.reset();
  kunci = uuid();
  kode = ragu = "";
  kodeAman = true;
  lewatPeriksa = false;
  history.replaceState(history.state, "", location.pathname);
  document.title = judulHalaman;
  tampilkan(-1);
  cari("mulai").textContent = "Mulai mengisi";
  cari("mulai-kabar").textContent = "Sudah dihapus. Tidak ada lagi yang tersimpan di perangkat ini.";
  cari("mulai").focus();
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

async function ingatkan() {
  paket = await gudang.ambil().catch(() => null);
  if (!paket) return;
  tersimpan = true;
  history.replaceState(null, "", "#tertunda");
  buktikan({
    judul: `Ada ${hal} yang belum terkirim`,
    kabar: `${Hal} tersegel dari kunjungan sebelumnya menunggu di perangkat ini. ${kata.tinggal}`,
    tertunda: true,
    isi: [["Sidik paket (SHA-256)", await sidik(paket)]],
  });
}

borang.addEventListener("submit", (peristiwa) => {
  peristiwa.preventDefault();
  maju();
});
cari("kembali").addEventListener("click", () => history.back());
cari("mulai").addEventListener("click", mulai);
cari("coba").addEventListener("click", () => {
  cari("bukti-galat").textContent = "Mengirim …";
  cobaLagi();
});
cari("ubah-lagi").addEventListener("click", ubahLagi);
cari("buang").addEventListener("click", buang);
cari("simpan-ya").addEventListener("click", simpanDraf);
cari("simpan-hapus").addEventListener("click", hapusDraf);
addEventListener("online", cobaLagi);
addEventListener("popstate", () => {
  if (!terkirim && !paket && (nomorLangkah() >= 0 || !location.hash)) tampilkan(nomorLangkah());
});
addEventListener("beforeunload", (peristiwa) => {
  const bisaHilang = !kodeAman || (adaIsian() && !tersimpan && !berdraf);
  if (bisaHilang && !document.documentElement.hidden) peristiwa.preventDefault();
});
keluarCepat(
  () => {
    kode = "";
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
  await ingatkan();
  cari("mulai").disabled = false;
});
