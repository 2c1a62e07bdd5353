// What the applicant sends: packing, sealing, sending in pieces over a line that may break, and keeping what waits.
import { brankas, pegang, sidik, uuid } from "./halaman.js";

const SEKALI = 192 * 1024; // bytes taken between two moments in which the page answers its reader; divisible by 3
const bita = (teks) => new TextEncoder().encode(teks);

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
  const { ganjal, segel } = await brankas();
  const bagian = tersusun(isi, berkas);
  const panjang = bagian.reduce((semua, satu) => semua + (satu.length ?? 4 * Math.ceil(satu.size / 3)), 0);
  const ekor = ganjal(new Uint8Array(panjang)).slice(panjang);
  const kabari = (sudah) => maju(Math.floor((100 * sudah) / (panjang + ekor.length)));
  const tersegel = await segel(mengalir([...bagian, ekor], kabari), penerima);
  const hasil = [];
  for (const pembaca = tersegel.getReader(); ; ) {
    const { done, value } = await pembaca.read();
    if (done) return new Uint8Array(await new Blob(hasil).arrayBuffer());
    hasil.push(value);
  }
}

/** The package as JSON: bytes, and between them files, which become base64. Its `lampiran` come last. */
function tersusun(isi, berkas) {
  const awal = JSON.stringify({ v: 1, ...isi, lampiran: [] }).slice(0, -2);
  const satuan = (satu, ke) => [bita(`${ke ? "," : ""}{"nama":${JSON.stringify(satu.name)},"isi":"`), satu, bita('"}')];
  return [bita(awal), ...berkas.flatMap(satuan), bita("]}")];
}

/** Bytes bit by bit: sealing megabytes takes a slow phone seconds, in which the way out must answer. */
function mengalir(bagian, maju) {
  const sumber = potongan(bagian);
  let sudah = 0;
  return new ReadableStream({
    async pull(aliran) {
      await new Promise((lanjut) => setTimeout(lanjut));
      const { done, value } = await sumber.next();
      if (done) return aliran.close();
      aliran.enqueue(value);
      maju((sudah += value.length));
    },
  });
}

async function* potongan(bagian) {
  for (const satu of bagian) {
    const berkas = satu instanceof Blob;
    for (let awal = 0; awal < (berkas ? satu.size : satu.length); awal += SEKALI) {
      const isi = satu.slice(awal, awal + SEKALI);
      yield berkas ? await base64(isi, satu.name) : isi;
    }
  }
}

const base64 = (isi, nama) =>
  new Promise((baik, gagal) => {
    const pembaca = new FileReader();
    pembaca.onload = () => baik(bita(pembaca.result.slice(pembaca.result.indexOf(",") + 1)));
    pembaca.onerror = () => gagal(new Error(`“${nama}” tidak terbaca. Hapus dari daftar, lalu pilih lagi.`));
    pembaca.readAsDataURL(isi);
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
