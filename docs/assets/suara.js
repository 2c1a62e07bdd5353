// A ballot of the survey: 32 bytes that nobody else knows, signed by the office without seeing them (RFC 9474,
// RSABSSA-SHA384-PSSZERO-Deterministic). tests/voter.py does the same; tests/data/rfc9474.json binds it.
import { hex, unduh, unsur } from "./halaman.js";
import { bungkus, kirim } from "./kiriman.js";

const EKSPONEN = 65537n;
const HASH = 48; // bytes of SHA-384
const KUNCI = "../survei/kunci.txt";
const bita = (teks) => new TextEncoder().encode(teks);
const angka = (isi) => BigInt(`0x${typeof isi === "string" ? isi : hex(isi)}`);
const tulis = (n, panjang) => n.toString(16).padStart(2 * panjang, "0");
const panjangBit = (n) => n.toString(2).length;
const sha384 = async (isi) => new Uint8Array(await crypto.subtle.digest("SHA-384", isi));
const panjang = (modulus) => Math.ceil(panjangBit(modulus) / 8);

function pangkat(dasar, eksponen, modulus) {
  let hasil = 1n;
  for (let e = eksponen, b = dasar % modulus; e; e >>= 1n, b = (b * b) % modulus) if (e & 1n) hasil = (hasil * b) % modulus;
  return hasil;
}

function balikan(n, modulus) {
  let [a, b, x, y] = [n, modulus, 1n, 0n];
  while (b) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return ((x % modulus) + modulus) % modulus;
}

function sambung(...potongan) {
  const hasil = new Uint8Array(potongan.reduce((jumlah, satu) => jumlah + satu.length, 0));
  potongan.reduce((awal, satu) => (hasil.set(satu, awal), awal + satu.length), 0);
  return hasil;
}

/** EMSA-PSS (RFC 8017, 9.1.1) of a message, without salt, as a number. */
export async function sandi(modulus, pesan) {
  const bit = panjangBit(modulus) - 1;
  const ukuran = Math.ceil(bit / 8);
  const inti = await sha384(sambung(new Uint8Array(8), await sha384(pesan)));
  const blok = new Uint8Array(ukuran - HASH - 1);
  blok[blok.length - 1] = 1;
  for (let nomor = 0; nomor * HASH < blok.length; nomor++) {
    const topeng = await sha384(sambung(inti, new Uint8Array([0, 0, 0, nomor])));
    for (let i = 0; i < HASH && nomor * HASH + i < blok.length; i++) blok[nomor * HASH + i] ^= topeng[i];
  }
  blok[0] &= 0xff >> (8 * ukuran - bit);
  return angka(sambung(blok, inti, new Uint8Array([0xbc])));
}

/** What only this code gives for this request: HKDF-SHA256 of the key that never leaves the browser. */
async function turunan(identitas, nomor, guna, banyak) {
  const kunci = await crypto.subtle.importKey("raw", bita(identitas), "HKDF", false, ["deriveBits"]);
  const info = bita(`payung-suara-v1|${guna}|${nomor}`);
  const cara = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info };
  return new Uint8Array(await crypto.subtle.deriveBits(cara, kunci, 8 * banyak));
}

/**
 * The ballot of a request.
 * @param {string} identitas `AGE-SECRET-KEY-1...`
 * @param {string} nomor of the request
 * @param {bigint} modulus of the office's key
 * @returns {Promise<{buta: string, jadi: (tanda: string) => Promise<string>}>} what the office may see, and what makes
 *   the ballot of its signature: `token.signature`, both in hexadecimal digits, or "" for a wrong one
 */
export async function suratSuara(identitas, nomor, modulus) {
  const token = await turunan(identitas, nomor, "token", 32);
  const ukuran = panjang(modulus);
  const faktor = angka(await turunan(identitas, nomor, "buta", ukuran + 16)) % modulus;
  const pesan = await sandi(modulus, token);
  return {
    buta: tulis((pesan * pangkat(faktor, EKSPONEN, modulus)) % modulus, ukuran),
    async jadi(tanda) {
      const hasil = (angka(tanda) * balikan(faktor, modulus)) % modulus;
      return pangkat(hasil, EKSPONEN, modulus) === pesan ? `${hex(token)}.${tulis(hasil, ukuran)}` : "";
    },
  };
}

/** Reads a ballot as somebody pasted it; null for anything else. */
export function bacaSurat(ketikan) {
  const [, token, tanda] = /^([0-9a-f]{64})\.((?:[0-9a-f]{2}){256,1024})$/.exec(ketikan.replace(/\s/g, "").toLowerCase()) || [];
  return token ? { token, tanda } : null;
}

/** The office's key, the same for everybody: its modulus in hexadecimal digits; rejects when there is none. */
export async function kunciSurvei(alamat = KUNCI) {
  const gagal = () => Promise.reject(new Error("Kunci survei tidak dapat diambil. Coba lagi beberapa menit lagi."));
  const jawaban = await fetch(alamat, { cache: "no-store", credentials: "omit" }).catch(gagal);
  const isi = jawaban.ok ? (await jawaban.text()).trim() : "";
  return /^[0-9a-f]{512,2048}$/.test(isi) ? isi : gagal();
}

/** The fingerprint of the key, as `payung survei` prints it. */
export const sidikKunci = async (kunci) => hex(await crypto.subtle.digest("SHA-256", bita(kunci))).slice(0, 16);

const HARI = 24 * 60 * 60 * 1000;

/** A day some days off, that nobody but chance has chosen. */
function hariLain() {
  const [acak] = crypto.getRandomValues(new Uint32Array(1));
  return new Date(Date.now() + (2 + (acak % 13)) * HARI).toLocaleDateString("id-ID", {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}

/**
 * The part of the tracking page by which somebody asks for the ballot of an answered request, then takes it.
 * @param {{nomor: string, survei: {tanda: string}}} status
 * @param {{identitas: string, susulan: string}} kunci of the code
 * @param {string[]} penerima `age1...`
 * @param {() => Promise<string>} kapan says when statuses come next, as the end of a sentence
 * @returns {HTMLElement}
 */
export function bagianSurvei({ nomor, survei }, kunci, penerima, kapan) {
  const bagian = unsur("section", "", { className: "survei-kasus" });
  const kabar = unsur("p", "", { tabIndex: -1 });
  kabar.setAttribute("role", "status");
  const tombol = unsur("button", survei.tanda ? "Buka kartu survei" : "Minta kartu survei", {
    type: "button",
    className: "tombol",
  });
  const pengantar = survei.tanda
    ? "Kartu survei Anda sudah siap. Satu kartu dihitung satu kali. Sudah mengisi surveinya? Abaikan bagian ini: kami " +
      "tidak dapat mengetahuinya."
    : "Untuk menilai layanan ini Anda memerlukan kartu survei. Kami menandatanganinya tanpa melihat isinya, supaya " +
      "jawaban Anda nanti tidak dapat dicocokkan dengan permohonan ini. Sudah memintanya? Kartunya ada di sini sesudah " +
      "status terbit lagi; tidak perlu meminta dua kali.";
  tombol.addEventListener("click", async () => {
    tombol.disabled = true;
    kabar.textContent = "Sebentar …";
    try {
      const modulus = await kunciSurvei();
      const surat = await suratSuara(kunci.identitas, nomor, angka(modulus));
      tombol.hidden = true;
      if (survei.tanda) {
        kabar.textContent = "";
        tampilkan(bagian, await surat.jadi(survei.tanda));
      } else {
        await minta(surat.buta, await sidikKunci(modulus));
        kabar.textContent = `Terkirim. Kartu survei ada di sini ${await kapan()}.`;
        kabar.focus();
      }
    } catch (salah) {
      kabar.textContent = salah.message;
      tombol.hidden = tombol.disabled = false;
    }
  });
  async function minta(buta, sidik) {
    const paket = await bungkus({ macam: "surat_suara", untuk: kunci.susulan, nomor, buta, sidik }, [], penerima);
    const galat = await kirim("../kirim", paket);
    if (galat) throw new Error(`${galat} Tekan “Minta kartu survei” sekali lagi.`);
  }
  bagian.append(unsur("h3", "Survei kepuasan"), unsur("p", pengantar), tombol, kabar);
  return bagian;
}

function tampilkan(bagian, surat) {
  if (!surat) {
    throw new Error(
      "Tanda tangan kartu survei ini bukan untuk kode Anda; mungkin kodenya pernah diganti. Kartu survei ini tidak dapat dipakai.",
    );
  }
  const kabar = unsur("p", "");
  kabar.setAttribute("role", "status");
  const salin = unsur("button", "Salin kartu survei", { type: "button", className: "tombol" });
  salin.addEventListener("click", () =>
    navigator.clipboard.writeText(surat).then(
      () => (kabar.textContent = "Sudah disalin. Tempelkan di halaman Survei pada hari yang Anda pilih."),
      () => (kabar.textContent = "Tidak dapat disalin. Simpan sebagai berkas."),
    ),
  );
  const simpan = unsur("button", "Simpan sebagai berkas", { type: "button", className: "tombol" });
  simpan.addEventListener("click", () => unduh(surat, "catatan-survei.txt", "text/plain"));
  const baris = unsur("p", "", { className: "baris-tombol" });
  baris.append(salin, simpan, unsur("a", "Isi survei sekarang", { className: "tombol", href: `../survei/#${surat}` }));
  const saran =
    `Sebaiknya isi pada hari lain, misalnya ${hariLain()}, dan dengan sambungan internet lain, supaya waktunya tidak ` +
    `mudah dicocokkan dengan kunjungan ini. Kartu survei ini dapat dibuka lagi di sini selama status Anda tampil.`;
  bagian.append(unsur("p", saran), baris, kabar);
  salin.focus();
}
