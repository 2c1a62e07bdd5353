// Status and answer, opened with the code in this browser. Nothing is stored; what is asked for tells nobody the code.
import { brankas, isikan, keluarCepat, ukuran, unduh, unsur, waktu } from "./halaman.js";
import { bersihkanPesan, bukaPesan, lupakanPesan, pesanKantor } from "./pesan.js";
import { bagianSurvei } from "./suara.js";
import {
  ambil, bacaTeks, berkasStatus, entri, jamKantor, janji, lancar, lupakan, tampakNanti, terbitan, terbitLagi,
} from "./terbitan.js";

const cari = (id) => document.getElementById(id);
const borang = cari("lacak");
const { host, penerima, zona, zonaSingkat } = borang.dataset;
const kata = JSON.parse(borang.dataset.kalimat); // every sentence of processor/site/status_sentences.yaml
const jam = { tiap: Number(borang.dataset.menit), zona, zona_singkat: zonaSingkat };
const judulHalaman = document.title;
const TAK_TERBACA =
  "Status tidak terbaca. Muat ulang halaman ini, lalu ketik lagi kode Anda. Masih begitu? Pakai sambungan internet lain: " +
  "Wi-Fi umum kadang meminta Anda masuk dahulu.";

let sandi = null; // what opens (brankas.js), loaded once somebody begins to type
let kunci = null; // of the code that opened what is shown

// ---- Opening

const judul = (awal = "") => (document.title = awal ? `${awal} - ${judulHalaman}` : judulHalaman);

function salahKode(salah) {
  cari("galat-kode").textContent = salah;
  cari("galat-kode").hidden = !salah;
  judul(salah && "Kode belum benar");
  if (salah) {
    cari("kode").setAttribute("aria-invalid", "true");
    cari("kode").focus();
  } else cari("kode").removeAttribute("aria-invalid");
}

async function lacak(peristiwa) {
  peristiwa.preventDefault();
  const ketikan = cari("kode").value;
  cari("buka").disabled = true;
  try {
    sandi = await brankas();
  } catch (putus) {
    return kabari(putus.message);
  } finally {
    cari("buka").disabled = false;
  }
  const { kode, salah } = sandi.periksaKode(ketikan);
  bersihkan();
  cari("kode").value = kode || ketikan;
  salahKode(ketikan.trim() ? salah : "Tulis kode Anda.");
  if (salah) return;
  cari("buka").disabled = true;
  kabari("Membuka dengan kode Anda …");
  try {
    const [milik, terbit] = await Promise.all([sandi.turunkan(kode, host), terbitan()]);
    kunci = milik;
    const terbuka = await bukaTerbitan(terbit);
    kabari(terbuka.kabar);
    if (terbuka.semua.length) await tampilkan(terbuka);
    else if (terbuka.kabar) judul("Belum terbuka");
    else await tidakAda(terbuka.terbit);
  } catch (salahnya) {
    judul("Belum terbuka");
    kabari(salahnya.name === "Error" ? salahnya.message : TAK_TERBACA);
  } finally {
    cari("buka").disabled = false;
  }
}

function kabari(kalimat) {
  cari("kabar").textContent = kalimat;
}

/** What the code opens. A newer publication takes away the files of the one before: then all is read once more. */
async function bukaTerbitan(terbit, terakhir = false) {
  let semua = [];
  try {
    semua = await statusSaya(terbit);
    const lain = await Promise.all([...new Set(semua.map(({ berkas }) => berkas).filter(Boolean))].map(bukaBerkas));
    const utuh = lain.flatMap(({ status }) => status);
    semua = semua.map((satu) => (satu.tahap ? satu : utuh.find(({ nomor }) => nomor === satu.nomor))).filter(Boolean);
    return { terbit, semua, surat: lain.flatMap(({ jawaban }) => jawaban), kabar: "" };
  } catch (salah) {
    if (!terakhir) return bukaTerbitan(await terbitan(), true);
    if (!semua.length) throw salah;
    const kabar = "Jawaban Anda ada, tetapi belum dapat diambil. Coba lagi beberapa menit lagi.";
    return { terbit, semua: semua.filter(({ tahap }) => tahap), surat: [], kabar };
  }
}

const maju = (apa) => (persen) => kabari(`Mengambil ${apa} … ${persen}%`);

/** Every status that the code opens: one code may have been used for several requests. */
async function statusSaya(terbit) {
  const semua = [...entri(await ambil(berkasStatus(terbit, kunci.lacak), maju("status")))];
  const terbuka = [];
  for (const [urutan, satu] of semua.entries()) {
    if (urutan % 20 === 19) {
      kabari(`Mencari status Anda … ${Math.round((100 * urutan) / semua.length)}%`);
      await new Promise((lanjut) => setTimeout(lanjut));
    }
    const isi = await sandi.buka(satu, kunci.identitas).catch(() => null);
    if (isi) terbuka.push(bacaTeks(sandi.lepasGanjal(isi)));
  }
  return terbuka.sort((a, b) => b.nomor.localeCompare(a.nomor));
}

/** Answers and long statuses; see processor/operations/sealed_answers.py. */
async function bukaBerkas(nama) {
  const bita = sandi.lepasGanjal(await sandi.buka(await ambil(`${nama}.age`, maju("jawaban")), kunci.identitas));
  let awal = 4 + new DataView(bita.buffer, bita.byteOffset).getUint32(0);
  const isi = bacaTeks(bita.subarray(4, awal));
  for (const berkas of isi.jawaban.flatMap((satu) => satu.berkas)) {
    berkas.isi = bita.subarray(awal, (awal += berkas.ukuran));
  }
  return isi;
}

// ---- Showing

const paragraf = (kalimat) => unsur("p", kalimat);

async function tidakAda(terbit) {
  const tabel = await jamKantor().catch(() => jam);
  const saatIni = new Date();
  cari("kapan").replaceChildren(
    paragraf(`Status terakhir terbit ${saat(terbit.saat)}, dan terbit lagi ${terbitLagi(terbit, tabel, saatIni)}.`),
  );
  const waktunya = ["permohonan", "pengaduan"].flatMap((macam) => {
    const kalimat = tabel.batas ? janji(tabel, macam, saatIni) : [];
    return kalimat.length ? [`Untuk ${macam} yang Anda kirim sekarang:`, ...kalimat] : [];
  });
  cari("janji").replaceChildren(...waktunya.map(paragraf));
  judul("Status Anda belum terbit");
  cari("kosong").hidden = false;
  cari("kosong").querySelector("h2").focus();
}

async function tampilkan({ terbit, semua, surat }) {
  const telat = lancar(terbit, jam) ? "" : await tertunda(terbit);
  document.body.classList.add("mengisi");
  borang.hidden = true;
  cari("status-isi").replaceChildren(...semua.map((status) => lembar(status, surat, terbit, telat)));
  const milik = { susulan: kunci.susulan, penerima: penerima.split(" ").filter(Boolean) };
  cari("status").hidden = false;
  if (!bukaPesan(semua, milik)) cari("status").querySelector("h2").focus();
}

async function tertunda(terbit) {
  const tabel = await jamKantor().catch(() => jam);
  return `Sesudah itu belum ada status baru; yang berikutnya terbit ${terbitLagi(terbit, tabel)}.`;
}

const MENIT = 60000;
const saat = (kapan) => `${waktu(new Date(kapan), zona)} ${zonaSingkat}`;
const tanggal = (hari) => new Date(`${hari}T12:00Z`).toLocaleDateString("id-ID", { dateStyle: "long", timeZone: "UTC" });
const BERKEBERATAN = "Menurut Anda penolakan ini keliru? Anda dapat mengajukan keberatan satu kali, di bawah ini.";
const LAIN = "Muat ulang halaman ini untuk membaca keterangan yang baru.";

/** A value as it is read: minutes since 1970 as a moment, a day as a date, the office's own words as they are. */
function nilai(satu) {
  if (typeof satu === "number") return saat(satu * MENIT);
  return /^\d{4}-\d\d-\d\d$/.test(satu) ? tanggal(satu) : satu;
}

/** The sentence of a code, with its values. */
function kalimat(bagian, { kode, ...isi }) {
  const nilainya = Object.fromEntries(Object.entries(isi).map(([nama, satu]) => [nama, nilai(satu)]));
  return isikan(kata[bagian][kode] ?? LAIN, nilainya);
}

/** What happened: codes, each with the minutes since the one before. */
function* riwayat(teks) {
  let menit = 0;
  for (const [, kode, selisih] of teks.matchAll(/([a-z]+)(-?\d+)/g)) {
    menit += Number(selisih);
    yield { kapan: nilai(menit), kalimat: kalimat("riwayat", { kode }) };
  }
}

function janjiTemu(satu) {
  const tempat = satu.tempat ? isikan(kata.jadwal.tempat, satu) : "";
  return `${kalimat("jadwal", { kode: satu.kode, waktu: satu.waktu })}${tempat}`;
}

/** One request or complaint, as processor/operations/applicant_status.py tells of it; every word of it is text. */
function lembar(status, surat, terbit, telat) {
  const daftar = (nama, butir, sifat = {}) => {
    const hasil = unsur(nama, "", sifat);
    hasil.append(...butir);
    return hasil;
  };
  const peristiwa = [...riwayat(status.riwayat)].map((satu) =>
    daftar("li", [unsur("time", satu.kapan), paragraf(satu.kalimat)]),
  );
  const kurang = (status.kekurangan ?? []).map((satu) => unsur("li", satu));
  const hal = status.macam === "pengaduan" ? "Pengaduan" : "Permohonan";
  const selanjutnya = [
    kalimat("selanjutnya", status.selanjutnya ?? { kode: status.tahap }),
    ...(status.jadwal ?? []).map(janjiTemu),
    ...(status.tenggat ? [kalimat("tenggat", status.tenggat)] : []),
    ...(status.kirim?.includes("keberatan") ? [BERKEBERATAN] : []),
  ];
  return daftar("div", [
    unsur("h2", kata.tahap[status.tahap] ?? LAIN, { tabIndex: -1 }),
    paragraf(`${hal} ${status.nomor}, keadaan pada ${saat(terbit.saat)}. ${telat}`),
    ...(status.lanjutan ? [paragraf(`Lanjutan dari permohonan ${status.lanjutan}.`)] : []),
    ...(status.alasan ? [unsur("h3", "Alasannya"), paragraf(status.alasan)] : []),
    ...(kurang.length ? [unsur("h3", "Yang perlu Anda lengkapi"), daftar("ul", kurang)] : []),
    ...surat.filter(({ nomor }) => nomor === status.nomor).flatMap((satu) => jawaban(satu, kata.surat[status.tahap])),
    ...pesanKantor(status),
    unsur("h3", "Selanjutnya"),
    ...selanjutnya.map(paragraf),
    ...(status.survei && penerima ? [bagianSurvei(status, kunci, penerima.split(" "), tampakNanti)] : []),
    unsur("h3", "Riwayat"),
    daftar("ol", peristiwa, { className: "riwayat" }),
  ]);
}

function jawaban({ berlaku_sampai: sampai, berkas }, judulnya = "Jawaban") {
  const tombol = berkas.map(({ nama, isi }) => {
    const sifat = { type: "button", className: "tombol tombol-utama" };
    const satu = unsur("button", `Unduh ${nama} (${ukuran(isi.length)})`, sifat);
    satu.addEventListener("click", () => unduh(isi, nama, "application/octet-stream"));
    return satu;
  });
  const baris = unsur("p", "", { className: "baris-tombol" });
  baris.append(...tombol);
  const simpan = "Unduh, lalu simpan di tempat yang hanya Anda yang membukanya.";
  return [unsur("h3", judulnya), paragraf(`${sampai ? `Tersedia di sini sampai ${sampai}. ` : ""}${simpan}`), baris];
}

function bersihkan() {
  kunci = null;
  borang.reset();
  borang.hidden = false;
  document.body.classList.remove("mengisi");
  bersihkanPesan();
  for (const id of ["status", "kosong"]) cari(id).hidden = true;
  for (const id of ["status-isi", "kabar"]) cari(id).replaceChildren();
  judul();
}

borang.addEventListener("submit", lacak);
borang.addEventListener("focusin", () => brankas().catch(() => {}), { once: true });
keluarCepat(
  () => {
    bersihkan();
    lupakan();
  },
  () => 0,
  lupakanPesan,
);

/** A code in the address leaves it before anything else happens; what is a part of the page is no code. */
function dariAlamat() {
  const ketikan = location.hash.slice(1);
  if (!ketikan || cari(ketikan)) return;
  history.replaceState(null, "", location.pathname);
  cari("kode").value = ketikan;
  borang.requestSubmit();
}

addEventListener("hashchange", dariAlamat);
addEventListener("pageshow", () => {
  borang.reset();
  cari("buka").disabled = false;
  dariAlamat();
});
