// "Saya ingin …": what whoever has the code can send about a request. Sealed in this browser; sent again, stored once.
import { unsur, uuid } from "./halaman.js";
import { penjaga } from "./ketikan.js";
import { kirimTampak } from "./kemajuan.js";
import { BERHENTI, bungkus, gudangUntuk } from "./kiriman.js";
import { pemilihBerkas } from "./lampiran.js";
import { tampakNanti } from "./terbitan.js";

const SEMENIT = 60000;
const TERSIMPAN = "Pesan yang tadi Anda ketik masih ada di perangkat ini, terkunci. Buka dengan kode Anda untuk melanjutkannya.";
const MIRIP = { lanjutan: "tanya", tanya: "lanjutan" };

const cari = (id) => document.getElementById(id);
const borang = cari("pesan");
const tertunda = cari("pesan-tertunda");
const dokumen = pemilihBerkas(cari("dokumen"), JSON.parse(cari("dokumen").dataset.batas));
const gudang = gudangUntuk("pesan");
const macam = [...borang.querySelectorAll("[name=macam]")];
const ketikan = penjaga(dokumen, potret);

let pemegang = null; // {susulan, penerima} of the code that opened the page
let perkara = []; // the requests about which something can be sent now
let terakhir = {}; // what was sealed last: the same words sent again are the same package
let paket = null; // sealed, and not known to have arrived
let ulang = 0; // the timer of the next try
let dihentikan = false; // by the applicant: nothing leaves by itself then

const dipilih = () => macam.find(({ checked }) => checked);
const kata = (satu) => satu.closest("label").textContent.trim();
const boleh = ({ kirim: daftar = [] }) => daftar;

// ---- What is offered

/**
 * Offers what can be sent about the requests that a code opened.
 * @param {object[]} semua the statuses, as applicant_status.py tells of them
 * @param {{susulan: string, penerima: string[]}} milik proof of the code, and recipients
 * @returns {boolean} whether the address named a box, which now has the focus
 */
export function bukaPesan(semua, milik) {
  pemegang = milik;
  perkara = milik.penerima.length ? semua.filter((satu) => boleh(satu).length) : [];
  borang.hidden = !perkara.length;
  cari("nomor").replaceChildren(...perkara.map(({ nomor }) => unsur("option", nomor, { value: nomor })));
  cari("isian-nomor").hidden = perkara.length < 2;
  tawarkan();
  const dituju = tuju();
  if (perkara.length) ketikan.mulai().then((dahulu) => dahulu && kembalikan(dahulu, dituju));
  return dituju;
}

/** What is typed so far, for whichever kind; null for nothing. */
function potret() {
  const semua = nilai([...borang.querySelectorAll("[data-jawab]")]);
  const ada = dokumen.length || Object.keys(semua).length;
  return ada ? { ...semua, nomor: cari("nomor").value, macam: dipilih()?.value ?? "" } : null;
}

/** Brings back what was typed about a request that this code opened; an address that names another box keeps it. */
function kembalikan({ jawaban: semua, berkas }, dituju) {
  const satu = perkara.find(({ nomor }) => nomor === semua.nomor);
  if (!satu) return;
  if (!dituju) cari("nomor").value = satu.nomor;
  tawarkan();
  const pilihan = macam.find(({ value }) => value === semua.macam);
  if (!dituju && pilihan && boleh(satu).includes(pilihan.value)) pilihan.checked = true;
  for (const medan of borang.querySelectorAll("[data-jawab]")) {
    if (medan.type === "checkbox") medan.checked = Boolean(semua[medan.dataset.jawab]);
    else medan.value = semua[medan.dataset.jawab] ?? "";
  }
  if (!dokumen.length) cari("dokumen").dispatchEvent(new CustomEvent("pulihkan", { detail: berkas }));
  rinci();
  cari("pesan-kabar").textContent = "Yang tadi Anda ketik kembali seperti tadi. Belum terkirim: tekan “Kirim, tersegel”.";
}

/** Forgets at once what is typed here, by the quick way out. */
export const lupakanPesan = () => ketikan.keluar();

/** The words of the office to the applicant, of one request. */
export const pesanKantor = ({ pesan = [] }) =>
  pesan.length
    ? [unsur("h3", "Pesan dari kami"), ...pesan.map(({ tanggal, isi }) => unsur("p", `${tanggal}: ${isi}`))]
    : [];

export function bersihkanPesan() {
  pemegang = null;
  perkara = [];
  terakhir = {};
  borang.hidden = true;
  borang.reset();
  ketikan.berhenti();
  cari("pesan-kabar").textContent = "";
}

const yangMana = () => perkara.find(({ nomor }) => nomor === cari("nomor").value);

/** Only what the chosen request allows now; the choice stays where it can. */
function tawarkan() {
  const satu = yangMana();
  if (!satu) return;
  const sekarang = boleh(satu);
  for (const pilihan of macam) {
    pilihan.closest(".pesan-macam").hidden = !sekarang.includes(pilihan.value);
    if (!sekarang.includes(pilihan.value)) pilihan.checked = false;
  }
  if (sekarang.length === 1) macam.find(({ value }) => value === sekarang[0]).checked = true;
  rinci();
}

/** The fields of the chosen kind, right below it: a phone does not show what stands below all kinds. */
function rinci() {
  const pilihan = dipilih();
  pilihan?.closest(".pesan-macam").after(...borang.querySelectorAll("[data-untuk]"), cari("kirim").parentElement);
  for (const bagian of borang.querySelectorAll("[data-untuk]")) {
    bagian.hidden = !pilihan || !bagian.dataset.untuk.split(" ").includes(pilihan.value);
  }
  for (const label of borang.querySelectorAll("[data-kata]")) label.hidden = !pilihan || label.dataset.kata !== pilihan.value;
  salah({});
}

/** Opens the box that the address names, once the code has opened the page; before, says what it is for. */
function tuju() {
  const nama = location.hash.slice(1);
  let dituju = macam.find(({ id }) => id === nama);
  cari("tujuan").hidden = Boolean(pemegang) || !(dituju || ketikan.ada);
  cari("tujuan").textContent = TERSIMPAN;
  if (!dituju) return false;
  if (!pemegang) {
    cari("tujuan").textContent = `Untuk ${kata(dituju)}: buka dahulu dengan kode Anda.`;
    return false;
  }
  const yangBoleh = (pilihan) => pilihan && perkara.find((satu) => boleh(satu).includes(pilihan.value));
  let cocok = yangBoleh(dituju);
  if (!cocok) {
    const mirip = macam.find(({ value }) => value === MIRIP[dituju.value]); // a question is one before the answer, too
    cocok = yangBoleh(mirip);
    dituju = cocok ? mirip : dituju;
  }
  if (!cocok) {
    cari("pesan-kabar").textContent = `Pada keadaan ini Anda tidak dapat ${kata(dituju)} di sini. Telepon kami bila perlu.`;
    return false;
  }
  cari("nomor").value = cocok.nomor;
  tawarkan();
  dituju.checked = true;
  rinci();
  dituju.focus();
  return true;
}

// ---- What was typed

function salah(galat) {
  for (const nama of ["macam", "keterangan", "kontak", "setuju"]) {
    const tempat = cari(`galat-${nama}`);
    tempat.textContent = galat[nama] || "";
    tempat.hidden = !galat[nama];
    const medan = [...borang.querySelectorAll(`[aria-describedby~="galat-${nama}"]`)];
    for (const satu of medan.filter(({ type }) => type !== "radio")) {
      if (galat[nama]) satu.setAttribute("aria-invalid", "true");
      else satu.removeAttribute("aria-invalid");
    }
    if (galat[nama]) medan.find((satu) => satu.offsetParent).focus();
  }
  return Boolean(Object.keys(galat).length);
}

const POLA_EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s.]+$/;

function periksa(pesan, { keterangan, email, telepon, setuju }) {
  const angka = (telepon || "").replace(/[^0-9]/g, "").length;
  if (!pesan) return { macam: "Pilih dahulu apa yang ingin Anda sampaikan." };
  if (pesan === "tambahan" && !keterangan && !dokumen.length) return { keterangan: "Tulis keterangan, atau pilih dokumen." };
  if (["tanya", "lanjutan"].includes(pesan) && !keterangan) return { keterangan: "Tulis pertanyaan Anda." };
  if (pesan === "keberatan" && !keterangan) return { keterangan: "Tulis apa yang menurut Anda keliru." };
  if (pesan === "lanjutan" && !setuju) return { setuju: "Centang bila Anda menyetujui syarat dan ketentuannya." };
  if (pesan !== "data") return {};
  if (!email && !telepon) return { kontak: "Tulis email atau telepon yang baru." };
  if (email && !POLA_EMAIL.test(email)) return { kontak: "Tulis email yang lengkap, misalnya nama@contoh.id." };
  return telepon && (angka < 8 || angka > 15) ? { kontak: "Nomor telepon terdiri atas 8 sampai 15 angka." } : {};
}

/** What the fields that are shown hold; what was typed for another kind stays here. */
const jawaban = () => nilai([...borang.querySelectorAll("[data-untuk]:not([hidden]) [data-jawab]")]);

function nilai(semua) {
  const isi = (medan) => (medan.type === "checkbox" ? (medan.checked ? medan.value : "") : medan.value.trim());
  return Object.fromEntries(semua.map((medan) => [medan.dataset.jawab, isi(medan)]).filter(([, teks]) => teks));
}

// ---- Sealing and sending

async function sampaikan(peristiwa) {
  peristiwa.preventDefault();
  const pilihan = dipilih();
  const isi = jawaban();
  if (salah(periksa(pilihan && pilihan.value, isi))) return;
  const berkas = cari("isian-dokumen").hidden ? [] : [...dokumen];
  const rupa = JSON.stringify([cari("nomor").value, pilihan.value, isi, ...berkas.map((b) => [b.name, b.size, b.lastModified])]);
  cari("kirim").disabled = true;
  cari("pesan-kabar").textContent = "Menyegel dan mengirim …";
  try {
    if (rupa !== terakhir.rupa) {
      if (paket && !(await antar())) throw new Error("Pesan yang menunggu harus terkirim dahulu, atau Anda hapus.");
      terakhir = { rupa, paket: await segelPesan(pilihan.value, isi, berkas) };
      paket = terakhir.paket;
      await gudang.simpan(paket).then(ketikan.hapus, () => {}); // from here on it waits sealed
    }
    if (await antar()) await sampai();
    else cari("pesan-kabar").textContent = "";
  } catch (galat) {
    cari("pesan-kabar").textContent = galat.message;
  }
  cari("kirim").disabled = false;
}

const segelPesan = (pesan, isi, berkas) => {
  const nomor = cari("nomor").value;
  const { ketentuan } = borang.dataset;
  const syarat = isi.setuju ? { ketentuan } : {};
  const maju = (persen) => (cari("pesan-kabar").textContent = `Mengunci di perangkat ini … ${persen}%`);
  const utuh = { kunci: uuid(), untuk: pemegang.susulan, pesan, nomor, jawaban: isi, ...syarat };
  return bungkus(utuh, berkas, pemegang.penerima, maju);
};

/** Sends what waits, and tells whether it arrived; until then it stays on this device, sealed. */
async function antar() {
  clearTimeout(ulang);
  tertunda.hidden = true;
  const galat = await kirimTampak("../kirim", paket, cari("kemajuan"));
  tertunda.hidden = !galat;
  if (galat) {
    dihentikan = galat === BERHENTI;
    if (!dihentikan) ulang = setTimeout(cobaLagi, SEMENIT);
    cari("pesan-tertunda-kabar").textContent =
      `${galat} Pesan Anda belum terkirim. Tersegel, ia menunggu di perangkat ini; tidak ada yang dapat membacanya di ` +
      `sini, dan yang sama tidak tercatat dua kali.${dihentikan ? "" : " Selama terbuka, halaman ini mencoba lagi setiap menit."}`;
    if (dihentikan) cari("pesan-coba").focus(); // the button that stopped it is gone
    return false;
  }
  await gudang.hapus().catch(() => {});
  paket = null;
  return true;
}

async function sampai() {
  if (terakhir.paket) {
    terakhir = {};
    borang.hidden = true;
    borang.reset();
    await ketikan.hapus();
  }
  ingatkan();
  cari("pesan-kabar").textContent =
    `Pesan Anda sudah sampai, tersegel. Tidak perlu mengirim lagi. Pesan itu tampak pada riwayat ${await tampakNanti()}. ` +
    "Ada yang lain? Buka lagi dengan kode Anda.";
  if (borang.hidden) cari("pesan-kabar").focus(); // what was on the screen is gone, and the page's end would be there
}

async function cobaLagi() {
  if (paket && !tertunda.hidden && (await antar())) await sampai();
}

async function buang() {
  clearTimeout(ulang);
  await gudang.hapus().catch(() => {});
  paket = null;
  terakhir = {};
  tertunda.hidden = true;
  cari("pesan-kabar").textContent = "Sudah dihapus dari perangkat ini.";
  await ingatkan();
}

/** What an earlier visit could not send. */
async function ingatkan() {
  paket = paket || (await gudang.ambil().catch(() => null));
  if (!paket) return;
  cari("pesan-tertunda-kabar").textContent =
    "Ada pesan tersegel dari kunjungan sebelumnya yang belum terkirim. Mengirimnya tidak memerlukan kode.";
  tertunda.hidden = false;
}

borang.addEventListener("submit", sampaikan);
borang.addEventListener("change", ({ target }) => (target.id === "nomor" ? tawarkan() : target.name === "macam" && rinci()));
for (const jenis of ["input", "change"]) borang.addEventListener(jenis, ketikan.catat);
cari("dokumen").addEventListener("berkas", ketikan.catat);
borang.addEventListener("reset", () => setTimeout(rinci));
cari("pesan-coba").addEventListener("click", cobaLagi);
cari("pesan-buang").addEventListener("click", buang);
addEventListener("online", () => dihentikan || cobaLagi());
addEventListener("hashchange", tuju);
addEventListener("pageshow", () => {
  tuju();
  ingatkan();
});
