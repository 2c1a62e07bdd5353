// What the applicant sends: packing, sealing, sending in pieces over a line that may break, and keeping what waits.
import { brankas, pegang, sidik, uuid } from "./halaman.js";

const SEKALI = 512 * 1024; // bytes sealed between two moments in which the page answers its reader

/**
 * A package for the office: what the applicant says and the files along with it, padded and sealed.
 * @param {{kunci: string, jawaban: Object<string, string>, untuk?: string, macam?: string, formulir?: number,
 *   ketentuan?: string}} isi `untuk` proves to which case it adds, `macam` says what is no request; `formulir` and
 *   `ketentuan` say from which version and terms the page was made
 * @param {File[]} berkas
 * @param {string[]} penerima `age1...`
 * @param {(persen: number) => void} [maju] hears how much of it is sealed
 * @returns {Promise<Uint8Array>} an age file
 */
export async function bungkus(isi, berkas, penerima, maju = () => {}) {
  const lampiran = await Promise.all(berkas.map(async (satu) => ({ nama: satu.name, isi: await base64(satu) })));
  const { ganjal, segel } = await brankas();
  const utuh = JSON.stringify({ v: 1, ...isi, lampiran });
  const tersegel = await segel(mengalir(ganjal(new TextEncoder().encode(utuh)), maju), penerima);
  return new Uint8Array(await new Response(tersegel).arrayBuffer());
}

/** Bytes bit by bit: sealing megabytes takes a slow phone seconds, in which the way out must answer. */
function mengalir(isi, maju) {
  let awal = 0;
  return new ReadableStream({
    async pull(aliran) {
      await new Promise((lanjut) => setTimeout(lanjut));
      maju(Math.floor((100 * awal) / isi.length));
      aliran.enqueue(isi.slice(awal, (awal += SEKALI)));
      if (awal >= isi.length) aliran.close();
    },
  });
}

const base64 = (berkas) =>
  new Promise((baik, gagal) => {
    const pembaca = new FileReader();
    pembaca.onload = () => baik(pembaca.result.slice(pembaca.result.indexOf(",") + 1));
    pembaca.onerror = () => gagal(new Error(`“${berkas.name}” tidak terbaca. Hapus dari daftar, lalu pilih lagi.`));
    pembaca.readAsDataURL(berkas);
  });

const SOAL = "Payung-Soal"; // asked under load: work, for which a package is let in before those without
const POTONGAN = "Payung-Potongan"; // how many bytes of a larger package are taken at a time
const DIAM = 60000; // ms without a byte or an answer, after which the line is taken for broken
const JEDA = 1000; // ms before a line that broke is tried again, each time twice as long, up to the longest
const JEDA_TERLAMA = 16000;
const TERPUTUS = "Sambungan terputus, atau penerima sedang tidak dapat dihubungi.";
export const BERHENTI = "Pengiriman Anda hentikan.";

/**
 * Sends a package, a larger one in pieces: after a break it goes on where the receiver is. The same package may be sent
 * again: it is stored once.
 * @param {string} alamat
 * @param {Uint8Array} paket
 * @param {{maju?: (terkirim: number, lompat?: boolean) => void, henti?: AbortSignal}} [pantau] `maju` is told how many
 *   bytes have left, and whether the receiver went on elsewhere than the line did; `henti` stops the sending
 * @returns {Promise<string>} "" once it is stored for good, else why not, in a sentence; BERHENTI when it was stopped
 */
export async function kirim(alamat, paket, { maju = () => {}, henti } = {}) {
  const tanda = await sidik(paket);
  const sehat = await minta("GET", alamat.replace(/kirim$/, "sehat"), henti);
  const sepotong = sehat.potongan && sehat.potongan < paket.length;
  const kerja = (soal) => brankas().then(({ kerjakan }) => kerjakan(soal, tanda), () => false);
  let bukti = sehat.soal && (await kerja(sehat.soal));
  let awal = sepotong ? -1 : 0; // where the receiver is; it is asked first, and again after a break
  let jeda = 0; // no second try where nothing has come yet
  for (;;) {
    if (henti?.aborted) return BERHENTI;
    if (bukti === false) return TERPUTUS;
    const dari = Math.max(awal, 0);
    const isi = sepotong ? paket.subarray(dari, awal < 0 ? 0 : awal + sehat.potongan) : paket;
    const kepala = { "Content-Type": "application/octet-stream" };
    if (sepotong) kepala[POTONGAN] = `${tanda} ${dari} ${paket.length}`;
    if (bukti) kepala["Payung-Bukti"] = bukti;
    const jawaban = await minta("POST", alamat, henti, kepala, isi, (terkirim) => maju(dari + terkirim));
    const { sampai } = jawaban.kata;
    if (jawaban.status === 202 && Number.isInteger(sampai) && sampai !== awal) {
      awal = sampai;
      jeda = JEDA;
      maju(awal, awal !== dari + isi.length);
    } else if (jawaban.status === 503 && jawaban.soal && !bukti) {
      bukti = await kerja(jawaban.soal);
    } else if (!jawaban.status && jeda && jeda <= JEDA_TERLAMA && !henti?.aborted) {
      await tunggu(jeda, henti);
      jeda *= 2;
      awal = -1;
    } else {
      return henti?.aborted ? BERHENTI : putusan(jawaban, tanda);
    }
  }
}

/** Waits some ms, no longer than until the sending is stopped. */
const tunggu = (lama, henti) =>
  new Promise((lanjut) => {
    setTimeout(lanjut, lama);
    henti?.addEventListener("abort", lanjut, { once: true });
  });

function putusan({ status, kata }, tanda) {
  if (status === 201 && kata.sidik === tanda) return "";
  if (!status) return TERPUTUS;
  return kata.pesan || "Penerima tidak menjawab sebagaimana mestinya. Coba lagi nanti.";
}

/** One request; fetch would tell nothing of what has left. Its `status` is 0 when the line broke or it was stopped. */
function minta(cara, alamat, henti, kepala = {}, isi = null, maju = () => {}) {
  return new Promise((selesai) => {
    const satu = new XMLHttpRequest();
    const batalkan = () => satu.abort();
    let sunyi = 0;
    const hidup = () => {
      clearTimeout(sunyi);
      sunyi = setTimeout(batalkan, DIAM);
    };
    satu.open(cara, alamat);
    for (const [nama, nilai] of Object.entries(kepala)) satu.setRequestHeader(nama, nilai);
    satu.upload.onprogress = ({ loaded: terkirim }) => {
      hidup();
      maju(terkirim);
    };
    satu.onloadend = () => {
      clearTimeout(sunyi);
      henti?.removeEventListener("abort", batalkan);
      const [soal, potongan] = [SOAL, POTONGAN].map((nama) => satu.getResponseHeader(nama));
      selesai({ status: satu.status, soal, potongan: Number(potongan), kata: bacaKata(satu.responseText) });
    };
    henti?.addEventListener("abort", batalkan);
    hidup();
    satu.send(isi);
  });
}

/** What the receiver says; a proxy before it may say something else. */
function bacaKata(teks) {
  try {
    return JSON.parse(teks) || {};
  } catch {
    return {};
  }
}

/**
 * Where sealed packages wait on this device: nothing but ciphertext, and nothing at all once they have arrived. Each has
 * a place of its own, held by the page that has it in hand, so that no tab overwrites or takes what is another's.
 * @param {string} [macam] what they are, unless they are requests; each kind waits by itself
 */
export function gudangUntuk(macam) {
  const awalan = ["payung-belum-terkirim", macam].filter(Boolean).join("-");
  let tempat = ""; // of the package that this page has in hand; an earlier version knew one place, without an id
  return {
    async simpan(paket) {
      tempat = tempat || `${awalan}:${uuid()}`;
      await pegang(tempat);
      await (await caches.open(tempat)).put("./", new Response(paket));
    },
    /** Forgets the package in hand. */
    async hapus() {
      if (tempat) await caches.delete(tempat);
      tempat = "";
    },
    /** Takes a package that waits and that no other page has in hand; null for none. */
    async ambil() {
      for (const satu of (await caches.keys()).filter((nama) => nama.split(":")[0] === awalan)) {
        const tersimpan = (await pegang(satu)) && (await caches.match("./", { cacheName: satu }));
        if (!tersimpan) continue;
        tempat = satu;
        return new Uint8Array(await tersimpan.arrayBuffer());
      }
      return null;
    },
  };
}
