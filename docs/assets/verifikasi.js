// Is this letter ours? Its SHA-256, computed here, against the published list; the file goes nowhere.
import { sidik, unsur } from "./halaman.js";

const isian = document.getElementById("surat");
const hasil = document.getElementById("putusan");
const kabar = document.getElementById("kabar");

const PUTUSAN = {
  kosong: ["Berkas kosong", "Berkas ini kosong; unduh lagi, lalu periksa sekali lagi."],
  asli: ["Asli", "Berkas ini sama persis dengan surat yang pernah kami sampaikan. Tidak satu huruf pun diubah."],
  lain: [
    "Tidak dikenal atau sudah diubah",
    "Tidak ada surat kami yang sama persis dengan berkas ini. Mintalah berkas aslinya kepada yang memberikannya, atau " +
      "tanyakan kepada kami. Jangan dijadikan dasar keputusan sebelum jelas.",
  ],
};

const TANDA = {
  elektronik:
    "Bertanda tangan elektronik. Siapa yang menandatangani tampil di pembaca PDF; halaman ini tidak memeriksanya.",
  tanpa: "Tanpa tanda tangan elektronik, seperti surat yang dipindai dari kertas.",
};

// A signature covers ranges of bytes that stand in the open; nothing else in a PDF has them.
const tanda = (isi) => (new TextDecoder("latin1").decode(isi).includes("/ByteRange") ? "elektronik" : "tanpa");

function butir(nama, putusan, isi) {
  const [judul, kata] = PUTUSAN[putusan];
  const satu = unsur("li", "", { className: `putusan ${putusan}` });
  satu.append(unsur("h2", judul), unsur("p", nama, { className: "nama-berkas" }), unsur("p", kata));
  if (putusan === "asli") satu.append(unsur("p", TANDA[tanda(isi)]));
  return satu;
}

async function periksa() {
  const semua = [...isian.files];
  if (!semua.length) return;
  hasil.replaceChildren();
  kabar.textContent = "Memeriksa …";
  try {
    const daftar = await fetch("sidik.txt", { cache: "no-store", credentials: "omit" });
    if (!daftar.ok) throw new Error("no list");
    const dikenal = new Set((await daftar.text()).split("\n"));
    for (const berkas of semua) {
      const isi = await berkas.arrayBuffer();
      const kenal = dikenal.has(await sidik(isi));
      hasil.append(butir(berkas.name, berkas.size ? (kenal ? "asli" : "lain") : "kosong", isi));
    }
    kabar.textContent = `${semua.length} berkas sudah diperiksa di perangkat ini.`;
  } catch {
    kabar.textContent =
      "Pemeriksaan gagal: daftar sidik atau berkas tidak terbaca. Periksa sambungan Anda, lalu pilih lagi berkasnya.";
  }
}

isian.addEventListener("change", periksa);
isian.disabled = false;
