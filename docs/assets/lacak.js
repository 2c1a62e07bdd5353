// Status and answer, opened with the code in this browser. Nothing is stored, nothing but the code's public half is asked for.
import { buka, lepasGanjal, periksaKode, turunkan } from "./brankas.js";
import { keluarCepat, ukuran, unduh, unsur, uuid, waktu } from "./halaman.js";
import { bungkus, kirim, pemilihBerkas } from "./kiriman.js";

const cari = (id) => document.getElementById(id);
const borang = cari("lacak");
const { host, penerima, menit, zona, zonaSingkat } = borang.dataset;
const dokumen = pemilihBerkas(cari("dokumen"), JSON.parse(cari("dokumen").dataset.batas));
const bacaJson = (bita) => JSON.parse(new TextDecoder().decode(lepasGanjal(bita)));

let kunci = null; // of the code that opened what is shown
let susulan = {}; // what was sealed and may not have got through: the same words sent again are stored once

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
  salahKode(salah);
  if (salah) return;
  cari("buka").disabled = true;
  cari("kabar").textContent = "Membuka dengan kode Anda …";
  try {
    kunci = await turunkan(kode, host);
    const status = await statusSaya(await ambil("status.bin"));
    cari("kabar").textContent = "";
    if (status) await tampilkan(status);
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

async function statusSaya(bundel) {
  const semua = [...entri(bundel)];
  for (const [urutan, satu] of semua.entries()) {
    if (urutan % 20 === 19) {
      cari("kabar").textContent = `Mencari status Anda … ${Math.round((100 * urutan) / semua.length)}%`;
      await new Promise((lanjut) => setTimeout(lanjut));
    }
    const isi = await buka(satu, kunci.identitas).catch(() => null);
    if (isi) return bacaJson(isi);
  }
  return null;
}

/** The entries of the bundle: 4 bytes say how long every place is; in each, 4 bytes say how long its age file is. */
function* entri(bundel) {
  const angka = new DataView(bundel.buffer, bundel.byteOffset);
  const panjang = angka.getUint32(0);
  for (let awal = 4; awal < bundel.length; awal += panjang) {
    yield bundel.subarray(awal + 4, awal + 4 + angka.getUint32(awal));
  }
}

// ---- Showing

function tidakAda() {
  const jeda = Number(menit) * 60000;
  const berikutnya = new Date(Math.ceil(Date.now() / jeda) * jeda);
  const pukul = berikutnya.toLocaleTimeString("id-ID", { timeStyle: "short", timeZone: zona });
  cari("berikutnya").textContent = `pukul ${pukul} ${zonaSingkat}`;
  cari("kosong").hidden = false;
  cari("kosong").querySelector("h2").focus();
}

async function tampilkan(status) {
  document.body.classList.add("mengisi");
  borang.hidden = true;
  cari("status-judul").textContent = status.status;
  const kata = [status.nomor && `Nomor registrasi ${status.nomor}`, status.alasan, status.kekurangan, status.selanjutnya];
  cari("status-isi").replaceChildren(...kata.filter(Boolean).map((satu) => unsur("p", satu)));
  cari("riwayat").replaceChildren(
    ...status.riwayat.map((peristiwa) => {
      const butir = unsur("li", "");
      butir.append(unsur("time", `${waktu(new Date(peristiwa.waktu), zona)} ${zonaSingkat}`), unsur("p", peristiwa.kalimat));
      return butir;
    }),
  );
  cari("susulan").hidden = !status.susulan || !penerima;
  if (status.survei) cari("status-isi").append(unsur("a", "Nilai layanan ini", { href: status.survei, rel: "noreferrer" }));
  cari("status").hidden = false;
  cari("status-judul").focus();
  if (status.jawaban) await tampilkanSurat();
}

async function tampilkanSurat() {
  const { berkas, sampai } = bacaJson(await buka(await ambil(`../balasan/${kunci.lacak}.age`), kunci.identitas));
  cari("surat").replaceChildren(
    unsur("h3", "Jawaban"),
    unsur("p", `Tersedia di sini sampai ${sampai}. Unduh sebelum itu, dan simpan di tempat yang hanya Anda yang membukanya.`),
    ...berkas.map(({ nama, isi }) => {
      const bita = Uint8Array.from(atob(isi), (huruf) => huruf.charCodeAt(0));
      const tombol = unsur("button", `Unduh ${nama} (${ukuran(bita.length)})`, { type: "button", className: "tombol tombol-utama" });
      tombol.addEventListener("click", () => unduh(bita, nama, "application/octet-stream"));
      return tombol;
    }),
  );
}

// ---- Adding to the case

async function susulkan(peristiwa) {
  peristiwa.preventDefault();
  const keterangan = cari("keterangan").value.trim();
  const kosong = !keterangan && !dokumen.length;
  cari("galat-keterangan").hidden = !kosong;
  cari("galat-keterangan").textContent = kosong ? "Tulis keterangan, atau pilih dokumen." : "";
  if (kosong) return cari("keterangan").focus();
  cari("kirim").disabled = true;
  cari("susulan-kabar").textContent = "Menyegel dan mengirim …";
  const isi = { kunci: uuid(), untuk: kunci.lacak, jawaban: keterangan ? { keterangan } : {} };
  try {
    const rupa = JSON.stringify([keterangan, dokumen.map(({ name, size, lastModified }) => [name, size, lastModified])]);
    if (rupa !== susulan.rupa) susulan = { rupa, paket: await bungkus(isi, dokumen, penerima.split(" ")) };
    const galat = await kirim("../kirim", susulan.paket);
    if (galat) throw new Error(`${galat} Tekan “Kirim susulan” sekali lagi; susulan yang sama tidak tercatat dua kali.`);
    cari("susulan").hidden = true;
    cari("susulan-kabar").textContent = "Susulan sudah sampai dalam keadaan tersegel. Status ini berubah sesudah petugas memeriksanya.";
  } catch (salahnya) {
    cari("susulan-kabar").textContent = salahnya.message;
  }
  cari("kirim").disabled = false;
}

function bersihkan() {
  kunci = null;
  susulan = {};
  borang.reset();
  cari("susulan").reset();
  dokumen.length = 0;
  for (const id of ["status", "kosong"]) cari(id).hidden = true;
  for (const id of ["status-judul", "status-isi", "surat", "riwayat", "kabar"]) cari(id).replaceChildren();
}

borang.addEventListener("submit", lacak);
cari("susulan").addEventListener("submit", susulkan);
addEventListener("pagehide", bersihkan);
keluarCepat(bersihkan);
addEventListener("pageshow", () => {
  borang.reset();
  cari("buka").disabled = false;
  const { kode } = periksaKode(location.hash);
  if (!kode) return;
  history.replaceState(null, "", location.pathname);
  cari("kode").value = kode;
  cari("buka").click();
});
