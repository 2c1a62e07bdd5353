// Status and answer, opened with the code in this browser. Nothing is stored; what is asked for tells nobody the code.
import { buka, lepasGanjal, periksaKode, turunkan } from "./brankas.js";
import { keluarCepat, ukuran, unduh, unsur, waktu } from "./halaman.js";
import { bersihkanPesan, bukaPesan, pesanKantor } from "./pesan.js";
import { bagianSurvei } from "./suara.js";

const cari = (id) => document.getElementById(id);
const borang = cari("lacak");
const { host, penerima, menit, zona, zonaSingkat } = borang.dataset;
const bacaJson = (bita) => JSON.parse(new TextDecoder().decode(lepasGanjal(bita)));

let kunci = null; // of the code that opened what is shown

// ---- Opening

function salahKode(kata) {
  cari("galat-kode").textContent = kata;
  cari("galat-kode").hidden = !kata;
  if (kata) {
    cari("kode").setAttribute("aria-invalid", "true");
    cari("kode").focus();
  } else cari("kode").removeAttribute("aria-invalid");
}

async function lacak(peristiwa) {
  peristiwa.preventDefault();
  const ketikan = cari("kode").value;
  const { kode, salah } = periksaKode(ketikan);
  bersihkan();
  cari("kode").value = kode || ketikan;
  salahKode(ketikan.trim() ? salah : "Tulis kode Anda.");
  if (salah) return;
  cari("buka").disabled = true;
  cari("kabar").textContent = "Membuka dengan kode Anda …";
  try {
    kunci = await turunkan(kode, host);
    const { semua, surat, kabar } = await terbitan();
    cari("kabar").textContent = kabar;
    if (semua.length) tampilkan(semua, surat);
    else tidakAda();
  } catch (salahnya) {
    cari("kabar").textContent = salahnya.message;
  } finally {
    cari("buka").disabled = false;
  }
}

async function ambil(alamat) {
  const gagal = () => Promise.reject(new Error("Status tidak dapat diambil. Periksa sambungan Anda, lalu coba lagi."));
  const jawaban = await fetch(alamat, { cache: "no-store", credentials: "omit" }).catch(gagal);
  return jawaban.ok ? new Uint8Array(await jawaban.arrayBuffer()) : gagal();
}

/** What the code opens. A newer publication takes away the files that statuses name: then it is read once more. */
async function terbitan(terakhir = false) {
  const semua = await statusSaya(await ambil("status.bin"));
  const berkas = [...new Set(semua.filter(({ jawaban }) => jawaban).map(({ jawaban }) => jawaban.berkas))];
  const bukaSurat = async (nama) => bacaJson(await buka(await ambil(`../balasan/${nama}.age`), kunci.identitas)).jawaban;
  try {
    return { semua, surat: (await Promise.all(berkas.map(bukaSurat))).flat(), kabar: "" };
  } catch {
    if (!terakhir) return terbitan(true);
    const kabar = "Jawaban Anda ada, tetapi belum dapat diambil. Coba lagi beberapa menit lagi.";
    return { semua, surat: [], kabar };
  }
}

/** Every status that the code opens: one code may have been used for several requests. */
async function statusSaya(bundel) {
  const semua = [...entri(bundel)];
  const terbuka = [];
  for (const [urutan, satu] of semua.entries()) {
    if (urutan % 20 === 19) {
      cari("kabar").textContent = `Mencari status Anda … ${Math.round((100 * urutan) / semua.length)}%`;
      await new Promise((lanjut) => setTimeout(lanjut));
    }
    const isi = await buka(satu, kunci.identitas).catch(() => null);
    if (isi) terbuka.push(bacaJson(isi));
  }
  return terbuka.sort((a, b) => b.nomor.localeCompare(a.nomor));
}

/** The age files of the bundle: 4 bytes say how long every entry is; in each, 4 bytes say how long its age file is. */
function* entri(bundel) {
  const angka = new DataView(bundel.buffer, bundel.byteOffset);
  const panjang = angka.getUint32(0);
  for (let awal = 4; awal < bundel.length; awal += panjang) {
    yield bundel.subarray(awal + 4, awal + 4 + angka.getUint32(awal));
  }
}

// ---- Showing

/** The next publication: as bundle.slot counts, every so many minutes from midnight on the office's clock. */
function terbitBerikutnya() {
  const [jam, lewat] = new Date().toLocaleTimeString("en-GB", { timeStyle: "short", timeZone: zona }).split(":");
  const berikutnya = Math.min((Math.floor((jam * 60 + Number(lewat)) / menit) + 1) * menit, 1440) % 1440;
  const angka = (n) => String(n).padStart(2, "0");
  return `pukul ${angka(Math.floor(berikutnya / 60))}.${angka(berikutnya % 60)} ${zonaSingkat}`;
}

function tidakAda() {
  cari("berikutnya").textContent = terbitBerikutnya();
  cari("kosong").hidden = false;
  cari("kosong").querySelector("h2").focus();
}

function tampilkan(semua, surat) {
  document.body.classList.add("mengisi");
  borang.hidden = true;
  cari("status-isi").replaceChildren(...semua.map((status) => lembar(status, surat)));
  const milik = { susulan: kunci.susulan, penerima: penerima.split(" ").filter(Boolean) };
  cari("status").hidden = false;
  if (!bukaPesan(semua, { ...milik, saat, berikutnya: terbitBerikutnya })) cari("status").querySelector("h2").focus();
}

const saat = (teks) => `${waktu(new Date(teks), zona)} ${zonaSingkat}`;

/** One request or complaint, as processor/operations/applicant_status.py tells of it; every word of it is text. */
function lembar(status, surat) {
  const daftar = (nama, butir) => {
    const hasil = unsur(nama, "", { className: nama === "ol" ? "riwayat" : "" });
    hasil.append(...butir);
    return hasil;
  };
  const peristiwa = status.riwayat.map((satu) =>
    daftar("li", [unsur("time", saat(satu.waktu)), unsur("p", satu.kalimat)]),
  );
  const kurang = status.kekurangan.map((satu) => unsur("li", satu));
  const hal = status.macam === "pengaduan" ? "Pengaduan" : "Permohonan";
  return daftar("div", [
    unsur("h2", status.status, { tabIndex: -1 }),
    unsur("p", `${hal} ${status.nomor}, keadaan pada ${saat(status.diperbarui)}.`),
    ...(status.alasan ? [unsur("h3", "Alasannya"), unsur("p", status.alasan)] : []),
    ...(kurang.length ? [unsur("h3", "Yang perlu Anda lengkapi"), daftar("ul", kurang)] : []),
    ...surat.filter(({ nomor }) => nomor === status.nomor).flatMap(jawaban),
    ...pesanKantor(status),
    unsur("h3", "Selanjutnya"),
    ...[status.selanjutnya, status.tenggat].filter(Boolean).map((kalimat) => unsur("p", kalimat)),
    ...(status.survei && penerima ? [bagianSurvei(status, kunci, penerima.split(" "), terbitBerikutnya)] : []),
    unsur("h3", "Riwayat"),
    daftar("ol", peristiwa),
  ]);
}

function jawaban({ berlaku_sampai: sampai, berkas }) {
  const tombol = berkas.map(({ nama, isi }) => {
    const bita = Uint8Array.from(atob(isi), (huruf) => huruf.charCodeAt(0));
    const sifat = { type: "button", className: "tombol tombol-utama" };
    const satu = unsur("button", `Unduh ${nama} (${ukuran(bita.length)})`, sifat);
    satu.addEventListener("click", () => unduh(bita, nama, "application/octet-stream"));
    return satu;
  });
  const baris = unsur("p", "", { className: "baris-tombol" });
  baris.append(...tombol);
  const simpan = "Unduh, lalu simpan di tempat yang hanya Anda yang membukanya.";
  return [unsur("h3", "Jawaban"), unsur("p", `${sampai ? `Tersedia di sini sampai ${sampai}. ` : ""}${simpan}`), baris];
}

function bersihkan() {
  kunci = null;
  borang.reset();
  borang.hidden = false;
  document.body.classList.remove("mengisi");
  bersihkanPesan();
  for (const id of ["status", "kosong"]) cari(id).hidden = true;
  for (const id of ["status-isi", "kabar"]) cari(id).replaceChildren();
}

borang.addEventListener("submit", lacak);
keluarCepat(bersihkan);

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
