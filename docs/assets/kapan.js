// "Kapan dijawab?": by when the office answers what is sent at a moment, counted here; nothing is sent anywhere.
import { unsur, waktu } from "./halaman.js";
import { hitung } from "./hitungan.js";
import { hariDi, jamKantor, lancar, saatDi, terbitan } from "./terbitan.js";

const MENIT = 60000;
const cari = (id) => document.getElementById(id);
const isian = cari("dikirim");
let dipilih = false; // until somebody chooses a moment it is now

/** What the page calls its days: those off, those worked by decree, and seasons with hours of their own. */
function kataHari() {
  const baris = [...document.querySelectorAll("[data-hari]")];
  const bernama = (ada) =>
    Object.fromEntries(baris.filter(ada).map(({ dataset, lastElementChild: sel }) => [dataset.hari, sel.textContent]));
  return {
    libur: bernama(({ dataset }) => dataset.kerja === undefined),
    kerja: bernama(({ dataset }) => dataset.kerja !== undefined),
    musim: [...document.querySelectorAll("[data-dari]")].map(({ dataset, firstElementChild: sel }) => ({
      ...dataset,
      nama: sel.textContent,
    })),
  };
}

/** A moment as a field has it, on the clock of a zone: "2026-03-02T08:00". */
const medan = (saat, zona) => new Date(saat).toLocaleString("sv-SE", { timeZone: zona }).slice(0, 16).replace(" ", "T");

/** The moment (milliseconds) that the field names on the office's clock; NaN for none. */
function saatDari(nilai, { zona }) {
  const duga = Date.parse(`${nilai.slice(0, 16)}Z`);
  return duga && duga - (Date.parse(`${medan(duga, zona)}Z`) - duga);
}

function baris(judul, isi) {
  const satu = unsur("div");
  satu.append(unsur("dt", judul), ...isi.map((kata) => unsur("dd", kata)));
  return satu;
}

/** What is said of a moment that the table does not reach. */
function diLuar(jam) {
  const akhir = jam.awal + jam.jarak.reduce((semua, satu) => semua + satu, 0);
  const [dari, sampai] = [jam.awal, akhir].map((menit) => hariDi(new Date(menit * MENIT), jam));
  return `Untuk waktu itu kami tidak dapat menghitungnya: jadwal kantor kami di sini hanya dari ${dari} sampai ${sampai}.`;
}

function jawab(jam, terbit) {
  const kini = new Date();
  if (!dipilih) isian.value = medan(kini, jam.zona);
  const dari = saatDari(isian.value, jam);
  const hasil = [jam.batas.verifikasi, jam.batas.sasaran, jam.batas.seluruhnya].map(
    (menit) => dari && hitung(jam, dari, menit, kataHari()),
  );
  const [periksa, usaha, batas] = hasil;
  cari("rincian").hidden = !batas;
  cari("jawaban").replaceChildren();
  cari("kabar").textContent = dari ? diLuar(jam) : "Pilih hari dan jamnya.";
  if (!batas) return;
  const sebut = (saat) => saatDi(saat, jam, kini).replace(/^h/, "H");
  const dikirim = [sebut(new Date(dari))];
  if (medan(dari) !== medan(dari, jam.zona)) dikirim.push(`${waktu(new Date(dari))} menurut perangkat ini`);
  const kapan = ({ saat }) => [sebut(saat)];
  cari("jawaban").append(
    baris("Dikirim", dikirim),
    baris("Paling lambat diperiksa", kapan(periksa)),
    baris("Sasaran jawaban", kapan(usaha)),
    baris("Batas akhir jawaban", kapan(batas)),
  );
  cari("langkah").replaceChildren(...batas.langkah.map((satu) => unsur("li", satu)));
  cari("menit").textContent = `Batasnya ${jam.batas.seluruhnya} menit kerja. Semua jam di sini ${jam.zona_singkat}.`;
  cari("kabar").textContent = lancar(terbit, jam, kini)
    ? ""
    : `Jadwal ini terbit ${saatDi(new Date(terbit.saat), jam, kini)} dan belum diperbarui sejak itu. Hari libur yang ` +
      "baru ditetapkan mungkin belum ikut dihitung.";
}

async function mulai() {
  const [terbit, jam] = await Promise.all([terbitan(), jamKantor()]);
  const lagi = () => jawab(jam, terbit);
  isian.addEventListener("input", () => {
    dipilih = true;
    lagi();
  });
  cari("sekarang").addEventListener("click", () => {
    dipilih = false;
    lagi();
  });
  document.addEventListener("visibilitychange", lagi);
  isian.disabled = false;
  cari("sekarang").disabled = false;
  lagi();
}

mulai().catch(() => {
  cari("kabar").textContent = "Jadwal kantor kami tidak dapat diambil. Coba lagi nanti, atau hitung dengan aturan umumnya di bawah.";
});
