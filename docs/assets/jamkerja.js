// Working time, counted in the browser by the table that every publication brings (processor/operations/working_table.py).
// tests/operations/test_working_table.py compares it with processor/foundation/working_time.py.

const MENIT = 60000;

/** From when to when the office works, in minutes since 1970. */
export function* rentang({ awal, jarak }) {
  for (let i = 0, saat = awal; i + 1 < jarak.length; i += 2) {
    const buka = saat + jarak[i];
    saat = buka + jarak[i + 1];
    yield [buka, saat];
  }
}

/**
 * When so many working minutes from a moment on are over. Closing time itself counts as the next opening.
 * @returns {Date | null} null where the table does not reach
 */
export function sesudahKerja(tabel, dari, menit) {
  const mulai = Math.floor(dari / MENIT);
  let sisa = menit;
  for (const [buka, tutup] of mulai < tabel.awal ? [] : rentang(tabel)) {
    const sejak = Math.max(buka, mulai);
    if (sejak >= tutup) continue;
    if (sisa <= tutup - sejak) return new Date((sejak + sisa) * MENIT);
    sisa -= tutup - sejak;
  }
  return null;
}

const penulis = new Map(); // making one takes a phone as long as writing a hundred days with it

function penulisHari(zona) {
  if (!penulis.has(zona)) penulis.set(zona, new Intl.DateTimeFormat("en-CA", { timeZone: zona }));
  return penulis.get(zona);
}

/** The day of a moment at the office: 2026-03-02. */
export const hari = (saat, { zona }) => penulisHari(zona).format(saat);

/**
 * So many working days after that of a moment, which is not counted.
 * @returns {Date | null} the opening of that day; null where the table does not reach
 */
export function hariKerjaKe(tabel, dari, banyak) {
  let terakhir = hari(dari, tabel);
  let lewat = 0;
  for (const [buka] of dari < tabel.awal * MENIT ? [] : rentang(tabel)) {
    const ini = hari(buka * MENIT, tabel);
    if (ini <= terakhir) continue;
    terakhir = ini;
    lewat += 1;
    if (lewat === banyak) return new Date(buka * MENIT);
  }
  return null;
}
