// Sealing in the age format (age-encryption.org/v1), and the padding that hides a length.
import { Decrypter, Encrypter } from "age-encryption";

const UKURAN = [4, 64, 256, 1024].map((kib) => kib * 1024);
const TERBESAR = UKURAN[UKURAN.length - 1];

/**
 * Seals to everyone in `penerima`, each of whom can open it alone.
 * @param {Uint8Array | string} isi a string is sealed as UTF-8
 * @param {string[]} penerima `age1...`, one or more; rejects when there is none or one is no such key
 * @returns {Promise<Uint8Array>} an age file
 */
export async function segel(isi, penerima) {
  if (!penerima.length) throw new Error("Tidak ada penerima: berkas ini tidak akan terbuka oleh siapa pun.");
  const penyegel = new Encrypter();
  for (const kunci of penerima) penyegel.addRecipient(kunci);
  return penyegel.encrypt(isi);
}

/**
 * Opens an age file whole or not at all.
 * @param {Uint8Array} berkas
 * @param {string} identitas `AGE-SECRET-KEY-1...`
 * @returns {Promise<Uint8Array>} what was sealed; rejects when it was sealed to somebody else or is damaged
 */
export async function buka(berkas, identitas) {
  const pembuka = new Decrypter();
  pembuka.addIdentity(identitas);
  try {
    return await pembuka.decrypt(berkas);
  } catch (sebab) {
    throw new Error("Tidak terbuka: kodenya lain atau berkasnya rusak. Periksa kode Anda, lalu muat ulang halaman ini.", {
      cause: sebab,
    });
  }
}

/**
 * The content, 0x80 and zeros (ISO/IEC 7816-4): 4, 64, 256 or 1024 KiB together; above that, whole 1024 KiB.
 * @param {Uint8Array} isi
 * @returns {Uint8Array}
 */
export function ganjal(isi) {
  const perlu = isi.length + 1;
  const hasil = new Uint8Array(UKURAN.find((u) => u >= perlu) ?? Math.ceil(perlu / TERBESAR) * TERBESAR);
  hasil.set(isi);
  hasil[isi.length] = 0x80;
  return hasil;
}

/**
 * What was padded; throws when `padat` is not.
 * @param {Uint8Array} padat
 * @returns {Uint8Array}
 */
export function lepasGanjal(padat) {
  const akhir = padat.lastIndexOf(0x80);
  if (akhir < 0 || padat.subarray(akhir + 1).some((b) => b)) {
    throw new Error("Isi berkas tersegel tidak utuh. Muat ulang halaman ini.");
  }
  return padat.subarray(0, akhir);
}
