// The applicant's code and the keys that come of it. processor/site/applicant_code.py does the same; tests/data/kode.json binds both.
import { bech32 } from "@scure/base";
import { identityToRecipient } from "age-encryption";

const ABJAD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's base32 has no I, L, O and U
const KELIRU = { I: "1", L: "1", O: "0" };
const PANJANG = 20; // 19 random symbols, 95 bits, and the check symbol
const PUTARAN = 600_000;

const bita = (teks) => new TextEncoder().encode(teks);

/**
 * A new code.
 * @returns {string} `XXXXX-XXXXX-XXXXX-XXXXX`
 */
export function buatKode() {
  const nilai = Array.from(crypto.getRandomValues(new Uint8Array(PANJANG - 1)), (acak) => acak & 31);
  return berkelompok([...nilai, uji(nilai)].map((n) => ABJAD[n]).join(""));
}

/**
 * Reads what somebody typed; only letters and digits count, in either case, I and L as 1, O as 0.
 * @param {string} ketikan
 * @returns {{kode: string, salah: string}} the code as it is shown and "", or "" and what is wrong, in Indonesian
 */
export function periksaKode(ketikan) {
  const huruf = ketikan.normalize("NFKC").toUpperCase().match(/[\p{L}\p{N}]/gu) ?? [];
  const simbol = huruf.map((satu) => KELIRU[satu] ?? satu);
  const salah = kesalahan(simbol);
  return { kode: salah ? "" : berkelompok(simbol.join("")), salah };
}

/**
 * The keys of a code on a site. Takes about 0.2 s, so that guessing is dear.
 * @param {string} kode as shown or typed; throws an Error with what is wrong with it
 * @param {string} host the site's host name as the office's settings have it, lower case, without the port
 * @returns {Promise<{identitas: string, penerima: string, lacak: string, susulan: string}>}
 *   `AGE-SECRET-KEY-1...` (never leaves the browser), `age1...`, 32 hex digits, and the 64 that an addition shows
 */
export async function turunkan(kode, host) {
  const { kode: rapi, salah } = periksaKode(kode);
  if (salah) throw new Error(salah);
  const sandi = await crypto.subtle.importKey("raw", bita(rapi.replace(/-/g, "")), "PBKDF2", false, ["deriveBits"]);
  const cara = { name: "PBKDF2", hash: "SHA-256", salt: bita(`payung-v1|${host}`), iterations: PUTARAN };
  const rahasia = await crypto.subtle.deriveBits(cara, sandi, 256);
  const identitas = bech32.encodeFromBytes("AGE-SECRET-KEY-", await hkdf(rahasia, "age-x25519")).toUpperCase();
  const susulan = await hkdf(rahasia, "susulan");
  const lacak = new Uint8Array(await crypto.subtle.digest("SHA-256", susulan)).subarray(0, 16);
  return { identitas, penerima: await identityToRecipient(identitas), lacak: hex(lacak), susulan: hex(susulan) };
}

const hex = (isi) => Array.from(isi, (b) => b.toString(16).padStart(2, "0")).join("");

async function hkdf(rahasia, guna) {
  const kunci = await crypto.subtle.importKey("raw", rahasia, "HKDF", false, ["deriveBits"]);
  const cara = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: bita(guna) };
  return new Uint8Array(await crypto.subtle.deriveBits(cara, kunci, 256));
}

const berkelompok = (simbol) => simbol.match(/.{5}/g).join("-");

// The same words as in processor/site/applicant_code.py.
function kesalahan(simbol) {
  if (simbol.length !== PANJANG) {
    return (
      `Kode terdiri atas ${PANJANG} huruf dan angka; yang Anda ketik ${simbol.length}. ` +
      "Cocokkan dengan kode yang Anda simpan, bukan nomor registrasi."
    );
  }
  const asing = simbol.find((satu) => !ABJAD.includes(satu));
  if (asing) return `Kode tidak pernah memuat “${asing}”. Cocokkan lagi dengan kode yang Anda simpan.`;
  if (uji(simbol.map((satu) => ABJAD.indexOf(satu)))) {
    return "Ada huruf atau angka yang keliru atau tertukar. Cocokkan lagi dengan kode yang Anda simpan.";
  }
  return "";
}

// Damm's algorithm with the quasigroup x * y = 2(x + y) of GF(32); why it works stands in processor/site/applicant_code.py.
const uji = (nilai) => nilai.reduce((antara, n) => gandakan(antara ^ n), 0);
const gandakan = (n) => (n < 16 ? n << 1 : (n << 1) ^ 0b100101);
