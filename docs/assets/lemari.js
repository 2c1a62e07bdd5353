// Sealed things kept in this browser (IndexedDB), and which tab has which of them open. A place is [form, id]; each
// holds parts by name.
import { pegang } from "./halaman.js";

const BASIS = "payung-isian";
const SIMPANAN = "isian";
const MENUNGGU_TAB = 2000; // milliseconds in which the page before a reload lets go of what this tab wrote

const janji = (minta) =>
  new Promise((baik, gagal) => {
    minta.onsuccess = () => baik(minta.result);
    minta.onerror = () => gagal(minta.error);
  });

/** Does `kerja` with the store in one transaction; what it asks for, once all of it is on disk. */
export async function pakai(cara, kerja) {
  const buka = indexedDB.open(BASIS, 1);
  buka.onupgradeneeded = () => buka.result.createObjectStore(SIMPANAN);
  const basis = await janji(buka);
  basis.onversionchange = () => basis.close();
  try {
    const transaksi = basis.transaction(SIMPANAN, cara);
    const selesai = new Promise((baik, gagal) => {
      transaksi.oncomplete = baik;
      transaksi.onabort = () => gagal(transaksi.error);
    });
    const minta = kerja(transaksi.objectStore(SIMPANAN));
    await selesai;
    return minta?.result;
  } finally {
    basis.close();
  }
}

/** A part of a place; undefined where there is none. */
export const ambil = (tempat, bagian) => pakai("readonly", (simpanan) => simpanan.get([...tempat, bagian]));

/** Every place in which something lies. */
export async function semuaTempat() {
  const kunci = await pakai("readonly", (simpanan) => simpanan.getAllKeys());
  return [...new Map(kunci.map(([macam, id]) => [`${macam}/${id}`, [macam, id]])).values()];
}

/** Forgets a place, or nothing; a store in which nothing is left goes as well. */
export async function lupakan(tempat) {
  if (tempat) await pakai("readwrite", (simpanan) => simpanan.delete(IDBKeyRange.bound(tempat, [...tempat, []])));
  if (!(await pakai("readonly", (simpanan) => simpanan.count()))) await janji(indexedDB.deleteDatabase(BASIS));
}

export const kunciDari = (mentah) => crypto.subtle.importKey("raw", mentah, "AES-GCM", false, ["encrypt", "decrypt"]);

export async function segel(kunci, bita) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, isi: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, kunci, bita) };
}

export const buka = (kunci, { iv, isi }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, kunci, isi);

const namaGenggaman = ([macam, id]) => `${BASIS}/${macam}/${id}`;

/** Holds a place that no page should hold now; false where one does. */
export const genggamSegera = (tempat) => pegang(namaGenggaman(tempat));

/** Holds a place for as long as this page lives; false where another tab holds it. */
export function genggam(tempat) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((hasil) => {
    const batal = new AbortController();
    const jam = setTimeout(() => batal.abort(), MENUNGGU_TAB);
    const dapat = () => {
      clearTimeout(jam);
      hasil(true);
      return new Promise(() => {});
    };
    navigator.locks.request(namaGenggaman(tempat), { signal: batal.signal }, dapat).catch(() => hasil(false));
  });
}

/** Tells of a place whether a living page holds it; null where this browser cannot say. */
export async function penggenggam() {
  if (!navigator.locks) return null;
  const { held } = await navigator.locks.query();
  const nama = new Set(held.map(({ name }) => name));
  return (tempat) => nama.has(namaGenggaman(tempat));
}
