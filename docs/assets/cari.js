// Halaman Cari: pencarian berlangsung di perangkat pembaca. Mesin dan indeks diambil begitu orang mulai mengetik; kata sehari-hari
// dan bobot halaman dibaca dari halaman itu sendiri.
import "./pokok.js"; // bersama halaman: bagian mesin yang gagal diambil tidak diminta lagi oleh peramban

const PALING_BANYAK = 12;
const BUKAN_UNTUK_PEMOHON = /^(cari|petugas|pengembang)\//; // tidak ada di indeks, kecuali halaman lama tanpa `search: {exclude: true}`
const pengurai = new DOMParser();
const polos = (html) => pengurai.parseFromString(html, "text/html").body.textContent.replace(/\s+/g, " ").trim();

// Daftar kata sehari-hari: tautan, lalu kata-katanya, lalu jawaban bila bukan urusan layanan ini.
function sehariHari(akar) {
  return [...document.querySelectorAll(".kata-kata dt")].map((tempat) => {
    const kata = tempat.nextElementSibling;
    const jawaban = kata.nextElementSibling?.matches("dd") ? kata.nextElementSibling.textContent.trim() : "";
    return { kata: kata.textContent.split(","), ke: tempat.querySelector("a").href.slice(akar.length), jawaban };
  });
}

function bobot(akar) {
  return new Map([...document.querySelectorAll(".bobot a")].map((tautan) => [tautan.href.slice(akar.length), Number(tautan.textContent)]));
}

function uraikan(butir) {
  const judulHalaman = new Map(butir.filter((b) => !b.location.includes("#")).map((b) => [b.location, polos(b.title)]));
  return butir
    .filter(({ location, text }) => !BUKAN_UNTUK_PEMOHON.test(location) && (text || !location.includes("#"))) // judul saja tidak menjawab
    .map(({ location, title, text }) => {
      const [halaman, tujuan] = location.split("#");
      return { location, halaman, judul: polos(title), isi: polos(text), induk: tujuan ? (judulHalaman.get(halaman) ?? "") : "" };
    });
}

let gagal = 0; // alamat yang gagal diambil tidak diminta lagi oleh peramban

export async function mesin(borang) {
  const akar = new URL(borang.dataset.akar, document.baseURI).href;
  const ambil = import(`./temu.js${gagal ? `?${gagal}` : ""}`);
  ambil.catch(() => (gagal += 1));
  const [{ siapkan }, indeks] = await Promise.all([ambil, fetch(borang.dataset.indeks).then((jawaban) => jawaban.json())]);
  return siapkan(uraikan(indeks.docs ?? indeks.items), sehariHari(akar), bobot(akar));
}

// Bagian isi yang memuat kata yang dicari, kata itu ditandai.
function cuplikan(isi, cocok) {
  const kata = [...isi.matchAll(/[\p{L}\p{N}]+/gu)].filter(([satu]) => cocok(satu));
  const kira = (kata[0]?.index ?? 0) - 60;
  const awal = kira <= 0 ? 0 : isi.indexOf(" ", kira) + 1;
  const akhir = isi.length <= awal + 170 ? isi.length : isi.lastIndexOf(" ", awal + 170);
  const potongan = [awal ? "… " : ""];
  let sampai = awal;
  for (const { 0: satu, index } of kata.filter(({ index }) => index >= awal && index < akhir)) {
    const tanda = document.createElement("mark");
    tanda.textContent = satu;
    potongan.push(isi.slice(sampai, index), tanda);
    sampai = index + satu.length;
  }
  return [...potongan, isi.slice(sampai, Math.max(sampai, akhir)), akhir < isi.length ? " …" : ""];
}

function butirHasil({ location, judul, induk, isi, jawaban }, cocok, akar) {
  const butir = document.createElement("li");
  const tautan = document.createElement("a");
  tautan.href = akar + location;
  tautan.textContent = induk && induk !== judul ? `${induk}: ${judul}` : judul;
  const teks = document.createElement("p");
  teks.append(...(jawaban ? [jawaban] : cuplikan(isi, cocok)));
  butir.append(...(jawaban ? [teks, tautan] : [tautan, teks]));
  butir.classList.toggle("bukan-kami", Boolean(jawaban));
  return butir;
}

function kalimat(banyak, maksud) {
  const salah = maksud.map((kata) => `“${kata}”`).join(" dan ");
  const lebih = banyak > PALING_BANYAK ? `; ${PALING_BANYAK} teratas ditampilkan` : "";
  return `${salah ? `Maksud Anda ${salah}? ` : ""}${banyak} bagian ditemukan${lebih}.`;
}

function mulai(borang) {
  const isian = borang.querySelector("input");
  const status = borang.querySelector("[role=status]");
  const hasil = borang.querySelector("ol");
  const kosong = document.querySelector(".tidak-ada");
  const petunjuk = status.textContent;
  let cari;

  async function tampilkan() {
    const pertanyaan = isian.value;
    document.body.classList.toggle("mencari", /[\p{L}\p{N}]{2}/u.test(pertanyaan));
    if (!document.body.classList.contains("mencari")) {
      hasil.replaceChildren();
      kosong.hidden = true;
      status.textContent = petunjuk;
      return;
    }
    if (!cari) status.textContent = "Mencari …";
    cari ??= mesin(borang);
    let temu;
    try {
      temu = (await cari)(pertanyaan);
    } catch {
      cari = undefined; // dicoba lagi pada huruf berikutnya
      status.textContent = "Daftar isi situs tidak dapat diambil. Periksa sambungan Anda, lalu ketik lagi.";
      return;
    }
    if (pertanyaan !== isian.value) return; // sementara itu diketik lagi
    hasil.replaceChildren(...temu.temuan.slice(0, PALING_BANYAK).map((satu) => butirHasil(satu, temu.cocok, borang.dataset.akar)));
    kosong.hidden = temu.temuan.length > 0;
    status.textContent = temu.temuan.length ? kalimat(temu.temuan.length, temu.maksud) : "Tidak ditemukan. Yang dapat Anda lakukan ada di bawah.";
  }

  borang.hidden = false;
  borang.addEventListener("submit", (peristiwa) => {
    peristiwa.preventDefault();
    (hasil.querySelector("a") ?? isian).focus(); // di ponsel papan ketik pun tertutup
  });
  isian.addEventListener("input", tampilkan);
  if (isian.value) tampilkan(); // dikembalikan peramban
}

document.querySelectorAll("form.cari").forEach(mulai);
