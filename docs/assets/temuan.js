// What is missing or doubtful in an answer. The same checks as in processor/foundation/form_definition.py; what they
// find is never a reason not to send, but for what is missing.
import { isikan } from "./halaman.js";

const SETAHUN = 366 * 86400000;
const POLA_NIP = /^(19|20)\d{6}(19|20)\d{2}(0[1-9]|1[0-2]|2[1-9])[12](?!000)\d{3}$/;

const digit = (teks) => teks.replace(/[^0-9]/g, "");

function keliruNip(teks) {
  const nip = teks.replace(/nip|[.:\-\s\u00a0\u2010-\u2015']/gi, "");
  if (!/^[0-9]*$/.test(nip)) return "nip_tanda";
  if (nip.length !== 18) return "nip_digit";
  if (!POLA_NIP.test(nip)) return "nip_susunan";
  const [, tahun, bulan, hari, diangkat] = /^(.{4})(..)(..)(.{4})/.exec(nip).map(Number);
  const lahir = new Date(Date.UTC(tahun, bulan - 1, hari));
  const usia = diangkat - tahun;
  const lazim = lahir.getUTCMonth() === bulan - 1 && diangkat <= new Date().getFullYear() && usia >= 16 && usia <= 58;
  return lazim ? "" : "nip_susunan";
}

const KELIRU = {
  nip: keliruNip,
  email: (teks) => (/^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(teks) ? "" : "email"),
  tanggal: (teks) => (Math.abs(new Date(teks) - Date.now()) <= SETAHUN ? "" : "tanggal"),
  telepon: (teks) => (digit(teks).length >= 8 && digit(teks).length <= 15 ? "" : "telepon"),
};

/**
 * Makes what judges one answer: what is wrong with it, in words, and whether nothing can be sent like that; or null.
 * @param {{pertanyaan: Object, kalimat: Object<string, string>, opsi: Object}} aturan as the form's HTML holds them
 * @returns {(nama: string, jawaban: string) => ?{nama: string, tahan: boolean, kata: string}}
 */
export function pemeriksa({ pertanyaan, kalimat, opsi }) {
  return (nama, jawaban) => {
    const { judul, jenis, wajib, maks } = pertanyaan[nama];
    const panjang = [...jawaban].length;
    const kata = (kunciKalimat, n = panjang) => isikan(kalimat[kunciKalimat], { judul, maks, n });
    if (!jawaban) return wajib ? { nama, tahan: true, kata: kata(opsi[nama] ? jenis : "kosong") } : null;
    if (panjang > maks) return { nama, tahan: panjang > 2 * maks, kata: kata("panjang") }; // more is not read
    const keliru = KELIRU[jenis] ? KELIRU[jenis](jawaban) : "";
    return keliru ? { nama, tahan: false, kata: kata(keliru, digit(jawaban).length) } : null;
  };
}
