// Mesin pencarian: bagian halaman, kata sehari-hari, dan bobot halaman -> yang ditemukan untuk sebuah pertanyaan. Kata dibandingkan
// menurut pokoknya; yang tidak dikenal dicoba tanpa imbuhannya, sebagai awal kata, lalu sebagai salah ketik satu huruf.
import { pokok } from "./pokok.js";

// Kata yang tidak menunjuk persoalan, juga singkatannya, di percakapan, dan di Minang dan Jawa; berarti hanya bila tidak ada yang lain.
const HAMBAR = new Set(
  ("ada agar aja akan akibatnya aku ambo anda apa apakah apo asn atau ato awak baa bagaimana bakal bagi begini begitu bgm bgmn bila bingung bisa blm boleh bolehkah bsa bu " +
    "buat caranya cemas dalam dan dapat dapet dari deh dengan dgn di dia dlm dong dpt dr dri ga gak gara gelisah gimana gmn gw hal harus harusnya iko indak ingin ini itu iya " +
    "jadi jd jg jika jo juga kagak kah kak kalau kalo kami kan kanai karena karna kasus kayak ke kena kenapa khawatir kita klo klu kok kpd krn kulo lagi loh malah mana mas masalah mau " +
    "mba mbak mengapa min mohon nan ndak nek ngga nggak nih no nya oleh opo pada padahal pak panik pd pengen perlu persoalan piye pns pun saat saja sama saya sbg sdh sebagai sedang seperti sih " +
    "sm soal sudah supaya sy sya tadi tahun tak takut takuik tapi wedi tdk telah tentang terhadap terus tetapi thd tidak tlg tolong trus tu tuh tuk udah udh untuk utk waktu ya yang yg").split(" "),
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
const BERIMBUHAN = 0.9; // kata yang imbuhannya dipotong menurut kamus situs
const SALAH_KETIK_PENDEK = 0.6; // salah ketik pada kata pendek di antara kata lain
const SEHALAMAN = 3; // temuan sebanyak-banyaknya dari satu halaman

const katanya = (teks) => teks.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().match(/[a-z0-9]+/g) ?? [];

function sekali(hitung) {
  const ingatan = new Map();
  return (kata) => ingatan.get(kata) ?? ingatan.set(kata, hitung(kata)).get(kata);
}

// Pokok sebuah kata; kata yang hambar hanya sama dengan dirinya sendiri: "apa" bukan "berapa".
const pokoknya = sekali((kata) => (HAMBAR.has(kata) ? `${kata}.` : pokok(kata)));

const tambah = (peta, kunci, nilai = 1) => peta.set(kunci, (peta.get(kunci) ?? 0) + nilai);

// Bentuk kata yang ada di sebuah bagian, dan berapa kali tiap pokok kata; di judul lebih berat.
function hitung({ judul, induk, isi }) {
  const bentuk = new Set();
  const kali = new Map();
  for (const [teks, berat] of [[judul, JUDUL], [induk, INDUK], [isi, 1]]) {
    for (const kata of katanya(teks)) {
      bentuk.add(kata);
      tambah(kali, pokoknya(kata), berat);
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
  // Judul halaman yang diketik lengkap pun menuju halaman itu.
  const judulnya = bagian.filter(({ halaman, location }) => halaman === location).map(({ judul, location }) => ({ kata: [judul], ke: location }));
  const semua = [...judulnya, ...sehariHari]
    .flatMap(({ kata, ke, jawaban }) => kata.map((satu) => ({ kata: katanya(satu), nomor: tempat.get(ke), jawaban })))
    .filter(({ kata, nomor }) => kata.length && nomor !== undefined);
  const frasa = [...new Map(semua.map((satu) => [satu.kata.join(" "), satu])).values()];
  for (const { kata } of frasa) for (const satu of kata) tambah(kamus, satu, 0);
  const rataan = isi.reduce((jumlah, { panjang }) => jumlah + panjang, 0) / (isi.length || 1);
  return { bagian, bobot, isi, banyak, kamus, pokokKamus: new Set([...kamus.keys()].map(pokoknya)), frasa, rataan };
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

// Imbuhan baku, percakapan (ngirim, nyoblos, laporin), dan daerah (mangajuan, dipareso), dengan huruf yang luluh: "mem>p".
const DEPAN = ("> di> ke> se> ber> ter> me> mem> mem>p men> men>t meng> meng>k meny>s menge> pe> pem> pem>p pen> pen>t peng> peng>k peny>s diper> memper> " +
  "m>p n> n>t ng> ng>k nge> ny>s ny>c ba> ta> ma> mam>p man>t mang> mang>k pa>").split(" ").map((satu) => satu.split(">"));
const BELAKANG = ["", "kan", "an", "i", "in", "nya", "kannya", "annya", "inya", "kah", "lah", "ku", "mu", "o", "e"];
const BUNYI_AKHIR = { o: "a", e: "ai" }; // "biayo", "sampe"

const TERPENDEK = { nya: 2, di: 3 }; // "hpnya", "dibap"

// Kata dasar yang dikenal situs di dalam sebuah kata berimbuhan; yang terpanjang paling mungkin.
function dasarnya(dikenal, kata) {
  const calon = [];
  for (const [awal, ganti] of DEPAN) {
    if (!kata.startsWith(awal)) continue;
    for (const akhir of BELAKANG) {
      if (!kata.endsWith(akhir) || awal + akhir === "") continue;
      const satu = ganti + kata.slice(awal.length, kata.length - akhir.length) + (BUNYI_AKHIR[akhir] ?? "");
      if (satu.length >= (TERPENDEK[awal + akhir] ?? 4) && !HAMBAR.has(satu) && dikenal(satu)) calon.push(satu);
    }
  }
  return calon.sort((a, b) => b.length - a.length)[0];
}

// Bunyi sebuah kata, dan kerangkanya: huruf pertama dan huruf mati. Yang hanya kurang huruf hidup sama kerangkanya: "trsangka".
const bunyi = sekali((kata) => kata.replace(/v/g, "f").replace(/z/g, "s").replace(/oe/g, "u").replace(/o/g, "a").replace(/h/g, "").replace(/(.)\1+/g, "$1"));
const kerangka = sekali((kata) => kata[0] + kata.slice(1).replace(/[aiueo]/g, ""));

function mirip(a, b) {
  const [pendek, panjang] = a.length < b.length ? [a, b] : [b, a];
  let di = 0;
  return kerangka(a).length > 2 && kerangka(a) === kerangka(b) && [...pendek].every((huruf) => (di = panjang.indexOf(huruf, di) + 1));
}

// Kata yang paling mungkin dimaksud dengan sebuah salah ketik.
function maksudnya({ kamus }, kata, sendirian) {
  const pendek = !sendirian && kata.length < 6;
  if (kata.length < 4 || /\d/.test(kata) || (pendek && [...HAMBAR].some((lain) => lain.length > 2 && satuHuruf(kata, lain)))) return undefined;
  const calon = [...kamus.keys()]
    .filter((lain) => lain.length > 3 && !HAMBAR.has(lain) && (!pendek || lain[0] === kata[0]))
    .map((lain) => {
      const [a, b] = [bunyi(kata), bunyi(lain)];
      const dekat = 4 * satuHuruf(kata, lain) + 4 * (a === b) + 2 * mirip(a, b);
      return [lain, dekat, dekat + (kerangka(a) === kerangka(b)) + (lain[0] === kata[0]) + (lain.length !== kata.length) / 2 + Math.min(kamus.get(lain), 9) / 20];
    });
  const [terbaik] = calon.filter(([, dekat]) => dekat).sort((a, b) => b[2] - a[2]);
  return terbaik?.[0] ?? (sendirian ? [...kamus.keys()].find((lain) => lain.length > 4 && kata.includes(lain)) : undefined);
}

// Apa yang dicari untuk sebuah kata: pokok kata dengan beratnya, dan `maksud` bila kata itu tampaknya salah ketik.
function tafsirkan(indeks, diketik, sendirian) {
  const { kamus, pokokKamus } = indeks;
  const dikenal = (satu) => kamus.has(satu) || (pokoknya(satu).length > 3 && pokokKamus.has(pokoknya(satu)));
  if (HAMBAR.has(diketik)) return { kata: diketik, dicari: [[pokoknya(diketik), 1]] };
  const ringkas = diketik.replace(/2$/, "").replace(/(.)\1+/g, "$1"); // "orang2", "tolooong"
  const kata = !dikenal(diketik) && ringkas.length > 3 && dikenal(ringkas) ? ringkas : diketik;
  const dasar = dasarnya(dikenal(kata) ? (satu) => kamus.has(satu) : dikenal, kata);
  const dicari = new Map(dasar ? [[pokoknya(dasar), BERIMBUHAN]] : []);
  if (dikenal(kata)) dicari.set(pokoknya(kata), 1);
  if (dicari.size) return { kata: dikenal(kata) ? kata : dasar, dicari: [...dicari] };
  const awalan = kata.length > 2 ? [...kamus.keys()].filter((lain) => lain.startsWith(kata)) : [];
  if (awalan.length) return { kata, dicari: [...new Set(awalan.map(pokoknya))].slice(0, AWALAN_TERBANYAK).map((satu) => [satu, AWALAN]) };
  const maksud = maksudnya(indeks, kata, sendirian);
  if (!maksud) return { kata, dicari: [] };
  return { kata, maksud, dicari: [[pokoknya(maksud), sendirian || kata.length > 5 ? SALAH_KETIK : SALAH_KETIK_PENDEK]] };
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
function nilaiSehariHari(indeks, tafsiran, hambar, angka) {
  const bentuk = new Set(tafsiran.map(({ kata, maksud }) => maksud ?? kata));
  const berat = new Map(tafsiran.flatMap(({ dicari }) => dicari));
  const punya = new Map();
  const jawabannya = new Map();
  for (const { kata, nomor, jawaban } of indeks.frasa) {
    const ada = kata.filter((satu) => berat.has(pokoknya(satu)));
    const utuh = ada.length === kata.length;
    const berisi = kata.filter((satu) => !HAMBAR.has(satu)).length;
    if (!utuh && !ada.some((satu) => !indeks.banyak.has(pokoknya(satu)))) continue;
    if (utuh && jawaban) jawabannya.set(nomor, jawaban);
    for (const satu of ada) {
      const sama = bentuk.has(satu) ? 1 : SEPOKOK * berat.get(pokoknya(satu));
      const nilai = (hambar.has(satu) ? 0 : SEHARI_HARI) * langka(indeks, pokoknya(satu)) * sama * (utuh ? (berisi > 1 ? FRASA : 1) : SEBAGIAN);
      const kunci = `${nomor} ${pokoknya(satu)}`;
      angka[nomor] += Math.max(0, nilai - (punya.get(kunci) ?? 0));
      punya.set(kunci, Math.max(nilai, punya.get(kunci) ?? 0));
    }
  }
  return jawabannya;
}

// Kata yang terpisah atau tersambung: "whats app", "e katalog", "nomorhp".
function rapikan({ kamus }, kata) {
  const hasil = [];
  for (const [nomor, satu] of kata.entries()) {
    const sebelum = hasil[hasil.length - 1];
    if (nomor && kamus.has(sebelum + satu) && !(kamus.has(sebelum) && kamus.has(satu))) hasil[hasil.length - 1] += satu;
    else hasil.push(...belah(kamus, satu));
  }
  return hasil.filter((satu) => satu.length > 1);
}

function belah(kamus, kata) {
  for (let di = 3; !kamus.has(kata) && di <= kata.length - 2; di += 1) {
    const dua = [kata.slice(0, di), kata.slice(di)];
    if (dua.every((satu) => kamus.has(satu)) && dua.join().length > 7) return dua;
  }
  return [kata];
}

function cari(indeks, pertanyaan) {
  const kata = rapikan(indeks, katanya(pertanyaan));
  const tafsiran = kata.map((satu) => tafsirkan(indeks, satu, kata.length === 1));
  const berarti = tafsiran.filter((satu) => !HAMBAR.has(satu.kata));
  const angka = new Array(indeks.bagian.length).fill(0);
  for (const satu of berarti.length ? berarti : tafsiran) nilaiKata(indeks, satu, angka);
  const jawabannya = nilaiSehariHari(indeks, tafsiran, berarti.length ? HAMBAR : new Set(), angka);
  const sehalaman = new Map();
  const temuan = indeks.bagian
    .map((satu, nomor) => ({ ...satu, nilai: angka[nomor] * (indeks.bobot.get(satu.halaman) ?? 1), jawaban: jawabannya.get(nomor) ?? "" }))
    .filter(({ nilai }) => nilai > 0)
    .sort((a, b) => b.nilai - a.nilai)
    .filter(({ halaman }) => tambah(sehalaman, halaman).get(halaman) <= SEHALAMAN);
  const dicari = new Set(tafsiran.flatMap((satu) => satu.dicari.map(([isi]) => isi)));
  const cocok = (satu) => dicari.has(pokoknya(katanya(satu).join("")));
  return { temuan, cocok, maksud: tafsiran.flatMap(({ maksud }) => maksud ?? []) };
}

// `bagian`: { location, halaman, judul, induk, isi }; `sehariHari`: { kata, ke, jawaban }; `bobot`: halaman -> angka.
export function siapkan(bagian, sehariHari, bobot) {
  const indeks = bangun(bagian, sehariHari, bobot);
  return (pertanyaan) => cari(indeks, pertanyaan);
}
