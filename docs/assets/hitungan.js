// A deadline with its trace, line by line in the very words in which the office's own clock explains it
// (processor/foundation/working_time.py, explain_trace); tests/operations/test_working_table.py compares them.
import { hari, rentang } from "./jamkerja.js";

const MENIT = 60000;
const SEHARI = 1440;
const LUAR = "di luar jam layanan, dihitung sejak jam buka berikutnya";

const PANJANG = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };

/** "2026-03-02" -> "Senin, 2 Maret 2026" */
const sebut = (tanggal) => new Date(`${tanggal}T00:00Z`).toLocaleDateString("id-ID", PANJANG);

const besok = (tanggal) => new Date(Date.parse(`${tanggal}T00:00Z`) + SEHARI * MENIT).toISOString().slice(0, 10);

const akhirPekan = (tanggal) => [0, 6].includes(new Date(`${tanggal}T00:00Z`).getUTCDay());

const jam = (menit, { zona }) =>
  new Date(menit * MENIT).toLocaleTimeString("id-ID", { timeStyle: "short", timeZone: zona });

/** Why the hours of a worked day are unusual: its season, the decree by which it is worked. */
function sebab(tanggal, { kerja, musim }) {
  const satu = musim.find(({ dari, sampai }) => dari <= tanggal && tanggal <= sampai);
  const semua = [satu?.nama, kerja[tanggal]].filter(Boolean).join(", ");
  return semua && ` (${semua})`;
}

const lewati = (tanggal, { libur }) =>
  akhirPekan(tanggal) || !libur[tanggal]
    ? `${sebut(tanggal)}: dilewati.`
    : `${sebut(tanggal)}: dilewati, ${libur[tanggal]}.`;

/** Each day from that of `mulai` on, with from when to when it is worked (minutes since 1970), as far as the table. */
function* harian(tabel, mulai) {
  const kerja = [...rentang(tabel)].filter(([, tutup]) => tutup > mulai - SEHARI);
  const kapan = ([buka]) => hari(buka * MENIT, tabel);
  let tanggal = hari(mulai * MENIT, tabel);
  while (kerja.length && kapan(kerja[0]) < tanggal) kerja.shift();
  for (; kerja.length; tanggal = besok(tanggal)) {
    const bagian = [];
    while (kerja.length && kapan(kerja[0]) === tanggal) bagian.push(kerja.shift());
    yield [tanggal, bagian];
  }
}

/**
 * When so many working minutes from a moment on are over, and how that is counted.
 * @param {Object} tabel as processor/operations/working_table.py makes it
 * @param {number} dari milliseconds since 1970
 * @param {{libur: Object<string, string>, kerja: Object<string, string>,
 *   musim: {dari: string, sampai: string, nama: string}[]}} kata what days are called
 * @returns {{saat: Date, langkah: string[]} | null} null where the table does not reach
 */
export function hitung(tabel, dari, menit, kata) {
  const mulai = Math.floor(dari / MENIT);
  const langkah = [];
  let sisa = menit;
  for (const [tanggal, bagian] of mulai < tabel.awal ? [] : harian(tabel, mulai)) {
    if (!bagian.length) langkah.push(lewati(tanggal, kata));
    else if (!langkah.length && !bagian.some(([buka, tutup]) => buka <= mulai && mulai < tutup)) {
      langkah.push(`${sebut(tanggal)} pukul ${jam(mulai, tabel)}: ${LUAR}.`);
    }
    for (const [buka, tutup] of bagian) {
      const sejak = Math.max(buka, mulai);
      if (sejak >= tutup) continue;
      const dapat = Math.min(sisa, tutup - sejak);
      sisa -= dapat;
      const pukul = `${jam(sejak, tabel)}–${jam(sejak + dapat, tabel)}`;
      langkah.push(`${sebut(tanggal)}, ${pukul}${sebab(tanggal, kata)}: ${dapat} menit, sisa ${sisa} menit.`);
      if (!sisa) return { saat: new Date((sejak + dapat) * MENIT), langkah };
    }
  }
  return null;
}
