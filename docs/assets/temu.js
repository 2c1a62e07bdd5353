// Mesin pencarian: bagian halaman, kata sehari-hari, dan bobot halaman -> yang ditemukan untuk sebuah pertanyaan. Kata dibandingkan
// menurut pokoknya; yang tidak dikenal dicoba sebagai awal kata, lalu sebagai salah ketik satu huruf.
import { pokok } from "./pokok.js";

const HAMBAR = new Set(
  ("ada agar aja akan aku anda apa apakah atau bagaimana bagi bisa boleh bukan buat dalam dan dapat dari dengan di dia dong gimana hal harus " +
    "ini itu jadi jika juga kah kalau kami karena ke kena kenapa kita kok lagi mau mengapa mohon oleh pada pak bu perlu saat saja saya " +
    "sebagai sedang seperti sih sudah supaya tapi telah tentang terhadap tetapi tidak tolong udah untuk waktu ya yang").split(" "),
);
// Angka-angka ini dan bobot halaman dipilih menurut pertanyaan di tests/data/search.
const JENUH = 1.2; // k1 dan b dari BM25
const PANJANG = 0.6;
const JUDUL = 4;
const INDUK = 2;
const PERSIS = 1.25; // bentuknya pun sama, bukan hanya pokoknya
const SEHARI_HARI = 2.5;
const SEPOKOK = 0.4; // kata sehari-hari yang hanya sama pokoknya
const FRASA = 1.3; // beberapa kata yang semuanya diketik
const SEBAGIAN = 0.3; // baru sebagian yang diketik
const AWALAN = 0.7;
const SALAH_KETIK = 0.9;
const AWALAN_TERBANYAK = 20;
const PERCAKAPAN = [[/^nge/, ""], [/^ng/, "k"], [/^ng/, ""], [/^ny/, "s"], [/^ny/, "c"], [/in$/, ""]]; // ngirim, nyoblos, laporin
const SEHALAMAN = 3; // temuan sebanyak-banyaknya dari satu halaman

export const katanya = (teks) => teks.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().match(/[a-z0-9]+/g) ?? [];

const tambah = (peta, kunci, nilai = 1) => peta.set(kunci, (peta.get(kunci) ?? 0) + nilai);

// Bentuk kata yang ada di sebuah bagian, dan berapa kali tiap pokok kata; di judul lebih berat.
function hitung({ judul, induk, isi }) {
  const bentuk = new Set();
  const kali = new Map();
  for (const [teks, berat] of [[judul, JUDUL], [induk, INDUK], [isi, 1]]) {
    for (const kata of katanya(teks)) {
      bentuk.add(kata);
      tambah(kali, pokok(kata), berat);
    }
  }
  return { bentuk, kali, panjang: katanya(isi).length };
}

function bangun(bagian, sehariHari, bobot) {
  const isi = bagian.map(hitung);
  const banyak = new Map(); // pokok kata -> di berapa bagian
  const kamus = new Map(); // kata -> di berapa bagian; kata sehari-hari pun dikenal
  for (const { bentuk, kali } of isi) {
    for (const kata of bentuk) tambah(kamus, kata);
    for (const satu of kali.keys()) tambah(banyak, satu);
  }
  const tempat = new Map(bagian.map(({ location }, nomor) => [location, nomor]));
  const frasa = sehariHari
    .flatMap(({ kata, ke, jawaban }) => kata.map((satu) => ({ kata: katanya(satu), nomor: tempat.get(ke), jawaban })))
    .filter(({ kata, nomor }) => kata.length && nomor !== undefined);
  for (const { kata } of frasa) for (const satu of kata) tambah(kamus, satu, 0);
  const rataan = isi.reduce((jumlah, { panjang }) => jumlah + panjang, 0) / (isi.length || 1);
  return { bagian, bobot, isi, banyak, kamus, pokokKamus: new Set([...kamus.keys()].map(pokok)), frasa, rataan };
}

function langka({ banyak, isi }, satu) {
  const ada = banyak.get(satu) ?? 0;
  return Math.log(1 + (isi.length - ada + 0.5) / (ada + 0.5));
}

// Satu huruf lebih, kurang, atau lain, atau dua huruf bertukar tempat.
function satuHuruf(a, b) {
  let awal = 0;
  while (awal < a.length && a[awal] === b[awal]) awal += 1;
  const [sisaA, sisaB] = [a.slice(awal), b.slice(awal)];
  if (sisaA.slice(1) === sisaB || sisaA === sisaB.slice(1) || sisaA.slice(1) === sisaB.slice(1)) return true;
  return sisaA[0] === sisaB[1] && sisaA[1] === sisaB[0] && sisaA.slice(2) === sisaB.slice(2);
}

// Apa yang dicari untuk sebuah kata: pokok kata dengan beratnya, dan `maksud` bila kata itu tampaknya salah ketik. Di antara kata
// lain hanya kata panjang yang dianggap salah ketik: yang pendek biasanya memang tidak ada di situs.
function tafsirkan({ kamus, pokokKamus }, kata, sendirian) {
  const baku = [kata, ...PERCAKAPAN.map(([imbuhan, huruf]) => kata.replace(imbuhan, huruf))].find((satu) => satu.length > 1 && pokokKamus.has(pokok(satu)));
  if (baku) return { kata: baku, dicari: [[pokok(baku), 1]] };
  const awalan = kata.length > 2 ? [...kamus.keys()].filter((lain) => lain.startsWith(kata)) : [];
  if (awalan.length) return { kata, dicari: [...new Set(awalan.map(pokok))].slice(0, AWALAN_TERBANYAK).map((satu) => [satu, AWALAN]) };
  const dekat = kata.length > (sendirian ? 3 : 5) ? [...kamus.keys()].filter((lain) => lain.length > 3 && !HAMBAR.has(lain) && satuHuruf(kata, lain)) : [];
  if (!dekat.length) return { kata, dicari: [] };
  const [maksud] = dekat.sort((a, b) => (b[0] === kata[0]) - (a[0] === kata[0]) || kamus.get(b) - kamus.get(a));
  return { kata, maksud, dicari: [[pokok(maksud), SALAH_KETIK]] };
}

function nilaiKata(indeks, { kata, maksud, dicari }, angka) {
  indeks.isi.forEach(({ bentuk, kali, panjang }, nomor) => {
    const jenuh = JENUH * (1 - PANJANG + (PANJANG * panjang) / indeks.rataan);
    const persis = bentuk.has(maksud ?? kata) ? PERSIS : 1;
    const nilai = dicari.map(([satu, berat]) => {
      const ada = kali.get(satu) ?? 0;
      return (berat * persis * langka(indeks, satu) * ada) / (ada + jenuh);
    });
    angka[nomor] += Math.max(0, ...nilai);
  });
}

// Kata sehari-hari: tiap kata pertanyaan dihitung sekali bagi tempat yang ditujunya. Frasa yang baru sebagian diketik berlaku untuk kata
// yang tidak ada di halaman mana pun.
function nilaiSehariHari(indeks, tafsiran, angka) {
  const bentuk = new Set(tafsiran.map(({ kata, maksud }) => maksud ?? kata));
  const berat = new Map(tafsiran.flatMap(({ dicari }) => dicari));
  const punya = new Map();
  const jawabannya = new Map();
  for (const { kata, nomor, jawaban } of indeks.frasa) {
    const ada = kata.filter((satu) => berat.has(pokok(satu)));
    const utuh = ada.length === kata.length;
    if (!utuh && !ada.some((satu) => !indeks.banyak.has(pokok(satu)))) continue;
    if (utuh && jawaban) jawabannya.set(nomor, jawaban);
    for (const satu of ada) {
      const sama = bentuk.has(satu) ? 1 : SEPOKOK * berat.get(pokok(satu));
      const nilai = (HAMBAR.has(satu) ? 0 : SEHARI_HARI) * langka(indeks, pokok(satu)) * sama * (utuh ? (kata.length > 1 ? FRASA : 1) : SEBAGIAN);
      const kunci = `${nomor} ${pokok(satu)}`;
      angka[nomor] += Math.max(0, nilai - (punya.get(kunci) ?? 0));
      punya.set(kunci, Math.max(nilai, punya.get(kunci) ?? 0));
    }
  }
  return jawabannya;
}

function cari(indeks, pertanyaan) {
  const kata = katanya(pertanyaan).filter((satu) => satu.length > 1);
  const tafsiran = kata.map((satu) => tafsirkan(indeks, satu, kata.length === 1));
  const berarti = tafsiran.filter((satu) => !HAMBAR.has(satu.kata));
  const angka = new Array(indeks.bagian.length).fill(0);
  for (const satu of berarti.length ? berarti : tafsiran) nilaiKata(indeks, satu, angka);
  const jawabannya = nilaiSehariHari(indeks, tafsiran, angka);
  const sehalaman = new Map();
  const temuan = indeks.bagian
    .map((satu, nomor) => ({ ...satu, nilai: angka[nomor] * (indeks.bobot.get(satu.halaman) ?? 1), jawaban: jawabannya.get(nomor) ?? "" }))
    .filter(({ nilai }) => nilai > 0)
    .sort((a, b) => b.nilai - a.nilai)
    .filter(({ halaman }) => tambah(sehalaman, halaman).get(halaman) <= SEHALAMAN);
  const dicari = new Set(tafsiran.flatMap((satu) => satu.dicari.map(([isi]) => isi)));
  return { temuan, dicari, maksud: tafsiran.flatMap(({ maksud }) => maksud ?? []) };
}

// `bagian`: { location, halaman, judul, induk, isi }; `sehariHari`: { kata, ke, jawaban }; `bobot`: halaman -> angka.
export function siapkan(bagian, sehariHari, bobot) {
  const indeks = bangun(bagian, sehariHari, bobot);
  return (pertanyaan) => cari(indeks, pertanyaan);
}
