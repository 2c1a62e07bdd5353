// The sum that the endpoint asks for under load; processor/site/proof_of_work.py checks it.
import { sha256 } from "@noble/hashes/sha2.js";

const SEKALI = 4000; // digests between two moments in which the page answers its reader

/**
 * Proves for one package that this browser has worked: about a second on a phone.
 * @param {string} soal as the header `Payung-Soal` has it
 * @param {string} sidik the package's SHA-256, 64 hex digits
 * @returns {Promise<string>} for the header `Payung-Bukti`
 */
export async function kerjakan(soal, sidik) {
  const [tanda, nol] = soal.split(" ");
  const isi = new Uint8Array(40);
  isi.set(sha256(new TextEncoder().encode(`${tanda} ${sidik}`)));
  const angka = new DataView(isi.buffer);
  for (let n = 0; ; n++) {
    angka.setUint32(36, n);
    const hasil = sha256(isi);
    if (new DataView(hasil.buffer, hasil.byteOffset).getUint32(0) < 2 ** (32 - nol)) return `${tanda} ${sidik} ${n}`;
    if (n % SEKALI === SEKALI - 1) await new Promise((lanjut) => setTimeout(lanjut));
  }
}
