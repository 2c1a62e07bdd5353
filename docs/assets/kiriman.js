// What the applicant sends: choosing files, packing, sealing, sending, and keeping what could not be sent yet.
import { ganjal, kerjakan, segel } from "./brankas.js";
import { isikan, sidik, ukuran, unsur } from "./halaman.js";

/**
 * A package for the office: what the applicant says and the files along with it, padded and sealed.
 * @param {{kunci: string, jawaban: Object<string, string>, untuk?: string, macam?: string, formulir?: number,
 *   ketentuan?: string}} isi `untuk` proves to which case it adds, `macam` says what is no request; `formulir` and
 *   `ketentuan` say from which version and terms the page was made
 * @param {File[]} berkas
 * @param {string[]} penerima `age1...`
 * @returns {Promise<Uint8Array>} an age file
 */
export async function bungkus(isi, berkas, penerima) {
  const lampiran = await Promise.all(berkas.map(async (satu) => ({ nama: satu.name, isi: await base64(satu) })));
  const utuh = JSON.stringify({ v: 1, ...isi, lampiran });
  return segel(ganjal(new TextEncoder().encode(utuh)), penerima);
}

const base64 = (berkas) =>
  new Promise((baik, gagal) => {
    const pembaca = new FileReader();
    pembaca.onload = () => baik(pembaca.result.slice(pembaca.result.indexOf(",") + 1));
    pembaca.onerror = () => gagal(new Error(`“${berkas.name}” tidak terbaca. Hapus dari daftar, lalu pilih lagi.`));
    pembaca.readAsDataURL(berkas);
  });

const SOAL = "Payung-Soal"; // asked under load: work, for which a package is let in before those without

/**
 * Sends a package. The same package may be sent again: it is stored once.
 * @returns {Promise<string>} "" once it is stored for good, else why not, in a sentence
 */
export async function kirim(alamat, paket) {
  try {
    const tanda = await sidik(paket);
    const soal = await fetch(alamat.replace(/kirim$/, "sehat"), { credentials: "omit" }).then(
      ({ headers }) => headers.get(SOAL),
      () => null,
    );
    let jawaban = await titip(alamat, paket, tanda, soal);
    const lagi = jawaban.status === 503 && jawaban.headers.get(SOAL);
    if (lagi && !soal) jawaban = await titip(alamat, paket, tanda, lagi);
    const kata = await jawaban.json();
    if (jawaban.status === 201 && kata.sidik === tanda) return "";
    return kata.pesan || "Penerima tidak menjawab sebagaimana mestinya. Coba lagi nanti.";
  } catch {
    return "Sambungan terputus, atau penerima sedang tidak dapat dihubungi.";
  }
}

async function titip(alamat, paket, tanda, soal) {
  const headers = { "Content-Type": "application/octet-stream" };
  if (soal) headers["Payung-Bukti"] = await kerjakan(soal, tanda);
  return fetch(alamat, { method: "POST", headers, body: paket, credentials: "omit", redirect: "error" });
}

/**
 * Where a sealed package waits on this device: nothing but ciphertext, and nothing at all once it has arrived.
 * @param {string} [macam] what it is, unless it is a request; each kind waits by itself
 */
export function gudangUntuk(macam) {
  const nama = ["payung-belum-terkirim", macam].filter(Boolean).join("-");
  return {
    simpan: async (paket) => (await caches.open(nama)).put("./", new Response(paket)),
    hapus: async () => caches.delete(nama), // async, as a browser that is told to keep nothing throws at `caches`
    async ambil() {
      if (!(await caches.has(nama))) return null;
      const tersimpan = await (await caches.open(nama)).match("./");
      return tersimpan ? new Uint8Array(await tersimpan.arrayBuffer()) : null;
    },
  };
}

/**
 * Lets somebody choose files, one or several at a time, and take them back.
 * @param {HTMLInputElement} isian a file input, beside it `.daftar-berkas` and, for what is refused, `.galat`
 * @param {{banyak: number, besar: number, jenis: string[], awal: string, kalimat: Object<string, string>}} batas
 * @returns {File[]} the chosen files, always as they are now; none once the form is reset
 */
export function pemilihBerkas(isian, batas) {
  const dipilih = [];
  const awal = new RegExp(`^(?:${batas.awal})`);
  const daftar = isian.parentElement.querySelector(".daftar-berkas");
  const galat = isian.parentElement.querySelector(".galat");

  function tampilkan() {
    daftar.replaceChildren(
      ...dipilih.map((berkas) => {
        const butir = unsur("li", `${berkas.name} (${ukuran(berkas.size)}) `);
        const hapus = unsur("button", "Hapus", { type: "button", className: "tombol-teks" });
        hapus.append(unsur("span", ` ${berkas.name}`, { className: "tersembunyi" }));
        hapus.addEventListener("click", () => {
          dipilih.splice(dipilih.indexOf(berkas), 1);
          tampilkan();
          isian.focus();
        });
        butir.append(hapus);
        return butir;
      }),
    );
  }

  function kabari(ditolak) {
    galat.textContent = ditolak.join(" ");
    galat.hidden = !ditolak.length;
    tampilkan();
    if (ditolak.length) isian.setAttribute("aria-invalid", "true");
    else isian.removeAttribute("aria-invalid");
  }

  isian.addEventListener("change", async () => {
    const ditolak = [];
    const baru = [...isian.files];
    const tolak = (sebab, { name: nama }) =>
      ditolak.push(isikan(sebab, { nama, banyak: batas.banyak, besar: batas.besar >> 20 }));
    for (const berkas of baru) {
      const sebab = keberatan(berkas, dipilih, batas);
      if (sebab) tolak(sebab, berkas);
      else dipilih.push(berkas);
    }
    isian.value = "";
    kabari(ditolak);
    for (const berkas of baru) {
      const dikenal = awal.test(await pangkal(berkas));
      const urutan = dipilih.indexOf(berkas);
      if (dikenal || urutan < 0) continue;
      dipilih.splice(urutan, 1);
      tolak(batas.kalimat.isi, berkas);
      kabari(ditolak);
    }
  });
  isian.form.addEventListener("reset", () => {
    dipilih.length = 0;
    kabari([]);
  });
  return dipilih;
}

/** The first bytes of a file, a letter for each; what cannot be read is told when it is packed. */
const pangkal = (berkas) =>
  berkas.slice(0, 64).arrayBuffer().then((bita) => String.fromCharCode(...new Uint8Array(bita)), () => "");

function keberatan(berkas, dipilih, { banyak, besar, jenis, kalimat }) {
  const jumlah = dipilih.reduce((semua, satu) => semua + satu.size, berkas.size);
  if (!jenis.some((akhiran) => berkas.name.toLowerCase().endsWith(akhiran))) return kalimat.jenis;
  if (!berkas.size) return kalimat.kosong;
  if (dipilih.length >= banyak) return kalimat.banyak;
  return jumlah > besar ? kalimat.besar : "";
}
