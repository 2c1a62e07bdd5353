// What the office publishes for those who have a code: fetched with what came of it, and when the next one comes.
import { hariKerjaKe, sesudahKerja } from "./jamkerja.js";

const FOLDER = "../balasan/";
const VERSI = 2;
const MENIT = 60000;
const MUAT_ULANG = "Muat ulang halaman ini, lalu ketik lagi kode Anda.";
const PUTARAN = 10; // minutes in which a pass publishes what is due
const ingat = new Map(); // of this visit alone: what has not changed since is not fetched again

const gagal = (saran) => Promise.reject(new Error(`Status tidak dapat diambil. ${saran}`));

/**
 * A published file.
 * @param {string} nama in ``balasan``
 * @param {(persen: number) => void} maju hears how much of it is there
 */
export async function ambil(nama, maju = () => {}) {
  const dulu = ingat.get(nama);
  const headers = dulu?.tanda ? { "If-None-Match": dulu.tanda } : {};
  const putus = () => gagal("Periksa sambungan Anda, lalu coba lagi.");
  const jawaban = await fetch(FOLDER + nama, { cache: "no-store", credentials: "omit", headers }).catch(putus);
  if (jawaban.status === 304) return dulu.isi;
  if (!jawaban.ok) return gagal(jawaban.status === 404 ? MUAT_ULANG : "Coba lagi beberapa menit lagi.");
  const isi = await baca(jawaban, maju).catch(putus);
  ingat.set(nama, { tanda: jawaban.headers.get("etag"), isi });
  return isi;
}

async function baca(jawaban, maju) {
  const semua = Number(jawaban.headers.get("content-length"));
  if (!jawaban.body || !semua) return new Uint8Array(await jawaban.arrayBuffer());
  const bagian = [];
  let ada = 0;
  for (const pembaca = jawaban.body.getReader(); ; ) {
    const { done, value } = await pembaca.read();
    if (done) return new Uint8Array(await new Blob(bagian).arrayBuffer());
    bagian.push(value);
    ada += value.length;
    maju(Math.min(99, Math.floor((100 * ada) / semua)));
  }
}

/** Forgets what this visit has fetched. */
export const lupakan = () => ingat.clear();

export const bacaTeks = (bita) => JSON.parse(new TextDecoder().decode(bita));

/** When the last publication was, and into how many files its statuses are divided. */
export async function terbitan() {
  const isi = bacaTeks(await ambil("terbitan.json"));
  if (isi.versi === VERSI) return isi;
  throw new Error(`Situs ini baru diperbarui. ${MUAT_ULANG}`);
}

/** The table of working time, without which a page names no times. */
export const jamKantor = () => ambil("jam.json").then(bacaTeks);

/** The file in which the status of a locator lies; see processor/site/sealed_statuses.py. */
export function berkasStatus({ bagian }, lacak) {
  const ke = Math.floor((parseInt(lacak.slice(0, 8), 16) * bagian) / 2 ** 32);
  return `status-${bagian}-${ke.toString(16).padStart(3, "0")}.bin`;
}

/** The age files among entries: 4 bytes say how long every entry is; in each, 4 bytes say how long its age file is. */
export function* entri(isi) {
  const angka = new DataView(isi.buffer, isi.byteOffset);
  const panjang = angka.getUint32(0);
  for (let awal = 4; awal < isi.length; awal += panjang) {
    yield isi.subarray(awal + 4, awal + 4 + angka.getUint32(awal));
  }
}

// ---- When

const jamDi = (saat, { zona, zona_singkat }) =>
  `pukul ${saat.toLocaleTimeString("id-ID", { timeStyle: "short", timeZone: zona })} ${zona_singkat}`;

export const hariDi = (saat, { zona }) =>
  saat.toLocaleDateString("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: zona });

/** A moment as a person reads it at `kini`: hari ini pukul 20.30 WIB, or with the day. */
export function saatDi(saat, jam, kini) {
  const hari = hariDi(saat, jam);
  return `${hari === hariDi(kini, jam) ? "hari ini" : hari} ${jamDi(saat, jam)}`;
}

/** Minutes since midnight on the office's clock. */
function menitDi(saat, { zona }) {
  const [jam, lewat] = saat.toLocaleTimeString("en-GB", { timeStyle: "short", timeZone: zona }).split(":");
  return jam * 60 + Number(lewat);
}

/** The next publication: every so many minutes from midnight on the office's clock. */
export function terbitBerikutnya(waktuKantor, kini = new Date()) {
  const { tiap, zona_singkat } = waktuKantor;
  const berikutnya = Math.min((Math.floor(menitDi(kini, waktuKantor) / tiap) + 1) * tiap, 1440) % 1440;
  const angka = (n) => String(n).padStart(2, "0");
  return `pukul ${angka(Math.floor(berikutnya / 60))}.${angka(berikutnya % 60)} ${zona_singkat}`;
}

/** Whether publications go on as they should at `kini`: not when the last is older than two of their times, or a pass. */
export const lancar = ({ saat }, { tiap }, kini = new Date()) =>
  kini - new Date(saat) <= Math.max(2 * tiap, PUTARAN) * MENIT;

/** Whether the publication whose time has just passed is still to come: the office's computer looks every few minutes. */
function sedangTerbit(terbit, jam, kini) {
  const sejak = menitDi(kini, jam) % jam.tiap;
  return sejak < PUTARAN && kini - new Date(terbit.saat) > (sejak + 1) * MENIT && lancar(terbit, jam, kini);
}

/** When statuses come next, as the end of a sentence. */
export const terbitLagi = (terbit, jam, kini = new Date()) =>
  sedangTerbit(terbit, jam, kini) ? "dalam beberapa menit" : terbitNanti(terbit, jam, kini);

/** The same for what only now arrives; where nothing is published now, once the office is open. */
function terbitNanti(terbit, jam, kini) {
  if (lancar(terbit, jam, kini)) return `sekitar ${terbitBerikutnya(jam, kini)}`;
  const buka = jam.jarak && sesudahKerja(jam, kini, 0);
  return buka && buka - kini > MENIT ? `sesudah kantor kami buka: ${saatDi(buka, jam, kini)}` : "pada jam layanan";
}

/**
 * By when the office checks and answers what is sent at `kini`, in sentences; none where the table does not reach.
 * @param {string} macam "pengaduan", or anything else for a request
 */
export function janji(jam, macam, kini = new Date()) {
  const { verifikasi, sasaran, seluruhnya, dijawab } = jam.batas;
  if (macam === "pengaduan") {
    const hari = hariKerjaKe(jam, kini, dijawab);
    return hari ? [`Kami menjawab secara tertulis paling lambat ${hariDi(hari, jam)}.`] : [];
  }
  const [periksa, usaha, batas] = [verifikasi, sasaran, seluruhnya].map((menit) => sesudahKerja(jam, kini, menit));
  if (!batas) return [];
  return [
    `Kami memeriksa kelengkapannya paling lambat ${saatDi(periksa, jam, kini)}.`,
    `Kami berusaha menjawab paling lambat ${saatDi(usaha, jam, kini)}. Batas akhirnya ${saatDi(batas, jam, kini)}. ` +
      "Bila ada yang perlu Anda lengkapi, hitungan itu berhenti sampai kami menerimanya.",
  ];
}

const tampak = (terbit, jam, kini) =>
  terbitNanti(terbit, jam, new Date(kini.getTime() + 2 * MENIT)); // what comes so shortly before a publication misses it

/** When what is sent at `kini` shows, as the end of a sentence, also when the office's times cannot be fetched. */
export const tampakNanti = (kini = new Date()) =>
  Promise.all([terbitan(), jamKantor()]).then(
    ([terbit, jam]) => tampak(terbit, jam, kini),
    () => "sesudah status terbit lagi",
  );

/** What happens after the sending at `kini`, in sentences; [] when the office's times cannot be fetched. */
export async function sesudahKirim(macam, kini = new Date()) {
  try {
    const [terbit, jam] = await Promise.all([terbitan(), jamKantor()]);
    const status = `Status pertama Anda terbit ${tampak(terbit, jam, kini)}.`;
    return [`Sudah sampai ${jamDi(kini, jam)}.`, status, ...janji(jam, macam, kini)];
  } catch {
    return [];
  }
}
