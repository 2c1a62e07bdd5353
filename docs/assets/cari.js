// Pencarian di perangkat pembaca. Kata Indonesia berimbuhan di depan dan belakang, sedangkan akarnya tinggal di tengah:
// kata yang dicari dikupas imbuhannya, lalu dicari sebagai bagian kata ("menyusun" -> "usun" ada dalam "penyusunan").
"use strict";

const AWALAN = /^(memper|diper|meng|meny|mem|men|peng|peny|pem|pen|per|ber|ter|me|pe|di|ke|se)/;
const AKHIRAN = /(kannya|annya|kan|nya|lah|kah|an|i)$/;
const LULUH = { k: "ng", p: "m", s: "ny", t: "n" };
const PALING_BANYAK = 12;
const BUKAN_UNTUK_PEMOHON = /^(cari|petugas|pengembang)\//;

const rata = (teks) => teks.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

function akar(kata) {
  const kupas = (k, pola) => (k.replace(pola, "").length >= 4 ? k.replace(pola, "") : k);
  return kupas(kupas(kata, AWALAN), AKHIRAN);
}

// Bentuk yang dicari, dari yang paling tepat; huruf awal yang luluh diganti bunyi sengaunya ("tolak" -> "nolak").
function bentuk(kata) {
  const pokok = akar(kata);
  const luluh = LULUH[pokok[0]] && pokok.length >= 4 ? [LULUH[pokok[0]] + pokok.slice(1)] : [];
  return [...new Set([kata, pokok, ...luluh])];
}

function nilai(bagian, daftar) {
  let kena = 0;
  let angka = 0;
  for (const semua of daftar) {
    const judul = semua.findIndex((k) => bagian.judulRata.includes(k));
    const isi = semua.findIndex((k) => bagian.isiRata.includes(k));
    if (judul < 0 && isi < 0) continue;
    kena += 1;
    angka += (judul < 0 ? 0 : 12 - 3 * judul) + (isi < 0 ? 0 : 3 - isi);
  }
  return { bagian, kena, angka };
}

function cuplikan(bagian, daftar) {
  const tempat = daftar.flat().map((k) => bagian.isiRata.indexOf(k)).filter((i) => i >= 0);
  const kira = Math.min(...tempat, bagian.isi.length) - 60;
  const awal = kira <= 0 ? 0 : bagian.isi.indexOf(" ", kira) + 1;
  const potong = bagian.isi.slice(awal, awal + 170).trim();
  return (awal ? "… " : "") + potong + (awal + 170 < bagian.isi.length ? " …" : "");
}

const pengurai = new DOMParser();
const polos = (html) => pengurai.parseFromString(html, "text/html").body.textContent.replace(/\s+/g, " ").trim();

async function muat(alamat) {
  const indeks = await (await fetch(alamat)).json();
  const butir = (indeks.docs ?? indeks.items).filter(({ location }) => !BUKAN_UNTUK_PEMOHON.test(location));
  const judulHalaman = new Map(butir.filter((b) => !b.location.includes("#")).map((b) => [b.location, polos(b.title)]));
  const terbagi = new Set(butir.filter((b) => b.location.includes("#")).map((b) => b.location.split("#")[0]));
  return butir.map(({ location, title, text }) => {
    const [halaman, tujuan] = location.split("#");
    const judul = polos(title);
    const isi = tujuan || !terbagi.has(halaman) ? polos(text) : ""; // halaman utuh hanya mengulang bagiannya
    return { location, judul, isi, judulRata: rata(judul), isiRata: rata(isi), induk: tujuan ? judulHalaman.get(halaman) : "" };
  });
}

function tampilkan(temuan, daftar, tempat, akarSitus) {
  tempat.replaceChildren(
    ...temuan.map((bagian) => {
      const butir = document.createElement("li");
      const tautan = document.createElement("a");
      tautan.href = akarSitus + bagian.location;
      tautan.textContent = bagian.induk && bagian.induk !== bagian.judul ? `${bagian.induk}: ${bagian.judul}` : bagian.judul;
      const teks = document.createElement("p");
      teks.textContent = cuplikan(bagian, daftar);
      butir.append(tautan, teks);
      return butir;
    }),
  );
}

function mulai(borang) {
  const isian = borang.querySelector("input");
  const status = borang.querySelector("[role=status]");
  const hasil = borang.querySelector("ol");
  const petunjuk = status.textContent;
  let indeks;

  async function cari() {
    const daftar = (rata(isian.value).match(/[a-z0-9]{2,}/g) ?? []).map(bentuk);
    if (!daftar.length) {
      hasil.replaceChildren();
      status.textContent = petunjuk;
      return;
    }
    indeks ??= muat(borang.dataset.indeks);
    const dinilai = (await indeks).map((bagian) => nilai(bagian, daftar)).sort((a, b) => b.kena - a.kena || b.angka - a.angka);
    const semua = dinilai.filter(({ kena }) => kena && kena === dinilai[0].kena).map(({ bagian }) => bagian);
    tampilkan(semua.slice(0, PALING_BANYAK), daftar, hasil, borang.dataset.akar);
    const lebih = semua.length > PALING_BANYAK ? `; ${PALING_BANYAK} teratas ditampilkan` : "";
    status.textContent = semua.length
      ? `${semua.length} bagian ditemukan${lebih}.`
      : "Tidak ditemukan. Coba kata lain yang lebih pendek, atau lihat semua halaman di bawah.";
  }

  borang.hidden = false;
  borang.addEventListener("submit", (peristiwa) => peristiwa.preventDefault());
  isian.addEventListener("input", cari);
}

document.querySelectorAll("form.cari").forEach(mulai);
