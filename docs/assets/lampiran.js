// Choosing what goes along with a package: pictures are made smaller here, what cannot come is told with what to do.
import { kecilkan, tampilkanFoto } from "./foto.js";
import { isikan, ukuran, unsur } from "./halaman.js";

const KECIL = 160; // pixels of a preview's longer side, and of one that is looked at closely
const BESAR = 1200;

/**
 * Lets somebody choose files, one or several at a time, and take them back.
 * @param {HTMLInputElement} isian a file input, beside it `.daftar-berkas` and, for what is refused, `.galat`. It is
 *   told by the event "berkas" that the files have changed, and takes files that were kept by the event "pulihkan"
 * @param {{banyak: number, besar: number, awal: [string, string[]][], gambar: string[], arsip: string,
 *   kalimat: Object<string, string>}} batas as request_form.ATTACHMENTS in processor/site has it
 * @returns {File[]} the chosen files, always as they are now; none once the form is reset. Each has `kata`: what is
 *   said of it, or nothing
 */
export function pemilihBerkas(isian, batas) {
  const dipilih = [];
  const daftar = isian.parentElement.querySelector(".daftar-berkas");
  const galat = isian.parentElement.querySelector(".galat");
  const kabar = unsur("p", "", { className: "petunjuk" });
  const lanjut = isian.form.querySelector("[type=submit]");
  let giliran = Promise.resolve(); // what was chosen while pictures were still being made smaller waits
  let pilihan = 0; // grows when the form is reset: what was under way then is nobody's any more
  kabar.setAttribute("role", "status");
  daftar.before(kabar);

  function hapus(berkas) {
    dipilih.splice(dipilih.indexOf(berkas), 1);
    tampilkan();
    isian.focus();
  }

  function tampilkan() {
    const butir = new Map([...daftar.children].map((satu) => [satu.berkas, satu]));
    daftar.replaceChildren(
      ...dipilih.map((satu) => butir.get(satu) || butirBerkas(satu, () => hapus(satu))),
    );
    isian.dispatchEvent(new Event("berkas"));
  }

  function kabari(ditolak) {
    galat.textContent = ditolak.join("\n");
    galat.hidden = !ditolak.length;
    if (ditolak.length) isian.setAttribute("aria-invalid", "true");
    else isian.removeAttribute("aria-invalid");
  }

  async function tambahkan(baru, ke) {
    const ditolak = [];
    lanjut.disabled = true; // nothing is sent while a picture with its place in it might still go along
    try {
      for (const [urutan, berkas] of baru.entries()) {
        const macam = await jenis(berkas, batas);
        if (macam === "gambar") kabar.textContent = isikan(batas.kalimat.sedang, { ke: urutan + 1, dari: baru.length });
        const jadi = macam === "gambar" ? await siapkan(berkas, batas.kalimat) : berkas;
        if (ke !== pilihan) return;
        const sebab = keberatan(jadi, macam, dipilih, batas);
        const nilai = { nama: berkas.name, ukuran: ukuran(jadi.size), banyak: batas.banyak, besar: batas.besar >> 20 };
        if (sebab) ditolak.push(isikan(sebab, nilai));
        else dipilih.push(jadi);
        kabari(ditolak);
        tampilkan();
      }
    } finally {
      if (ke === pilihan) selesai();
    }
  }

  function selesai() {
    kabar.textContent = "";
    lanjut.disabled = false;
  }

  isian.addEventListener("change", () => {
    const [baru, ke] = [[...isian.files], pilihan];
    isian.value = "";
    giliran = giliran.then(() => tambahkan(baru, ke));
  });
  isian.addEventListener("pulihkan", ({ detail }) => {
    dipilih.push(...detail);
    tampilkan();
  });
  isian.form.addEventListener("reset", () => {
    pilihan += 1;
    dipilih.length = 0;
    selesai();
    kabari([]);
    tampilkan();
  });
  return dipilih;
}

/** A picture made smaller, or as it is where this browser cannot read it, and what is said of that. */
async function siapkan(berkas, kalimat) {
  try {
    const jadi = await kecilkan(berkas);
    const kata = jadi.size < berkas.size ? kalimat.dikecilkan : kalimat.dilukis;
    return Object.assign(jadi, { kata: isikan(kata, { asal: ukuran(berkas.size) }) });
  } catch {
    return Object.assign(berkas, { kata: kalimat.apa_adanya });
  }
}

/** What a file is by its first bytes: "gambar", "lain", "asing", or "hilang" when the device does not hand it over. */
async function jenis(berkas, { awal, gambar, arsip }) {
  const bita = await berkas.slice(0, 64).arrayBuffer().catch(() => null);
  if (!bita) return "hilang";
  const pangkal = String.fromCharCode(...new Uint8Array(bita));
  const [pola, akhiran] = awal.find(([satu]) => new RegExp(`^(?:${satu})`).test(pangkal)) || ["", []];
  if (gambar.includes(pola)) return "gambar";
  const bernama = akhiran.some((satu) => berkas.name.toLowerCase().endsWith(satu));
  return pola && (bernama || pola !== arsip) ? "lain" : "asing"; // all archives begin alike
}

/** Why a file cannot come, as a sentence to be filled in; "" for one that can. */
function keberatan(berkas, macam, dipilih, { banyak, besar, kalimat }) {
  if (macam === "hilang") return kalimat.hilang;
  if (!berkas.size) return kalimat.kosong;
  if (macam === "asing") return kalimat.isi;
  if (dipilih.length >= banyak) return kalimat.banyak;
  return dipilih.reduce((semua, satu) => semua + satu.size, berkas.size) > besar ? kalimat.besar : "";
}

/** A chosen file in the list: a preview of a picture, its name and size, what is said of it, and how to take it back. */
function butirBerkas(berkas, hapus) {
  const butir = unsur("li", "", { berkas });
  const tombol = tombolTeks("Hapus", berkas.name);
  tombol.addEventListener("click", hapus);
  butir.append(unsur("span", `${berkas.name} (${ukuran(berkas.size)})`), tombol);
  if (berkas.type.startsWith("image/")) butir.append(pratinjau(berkas));
  if (berkas.kata) butir.append(unsur("p", berkas.kata, { className: "petunjuk" }));
  return butir;
}

function pratinjau(berkas) {
  const kanvas = unsur("canvas");
  const tombol = tombolTeks("Perbesar", berkas.name, "pratinjau");
  const gambar = (sisi) => tampilkanFoto(kanvas, berkas, sisi).catch(() => tombol.remove());
  tombol.prepend(kanvas);
  tombol.addEventListener("click", () => {
    const luas = tombol.classList.toggle("luas");
    tombol.querySelector("span").textContent = luas ? "Perkecil" : "Perbesar";
    gambar(luas ? BESAR : KECIL);
  });
  gambar(KECIL);
  return tombol;
}

function tombolTeks(kata, nama, kelas = "") {
  const tombol = unsur("button", "", { type: "button", className: `tombol-teks ${kelas}` });
  tombol.append(unsur("span", kata), unsur("span", ` ${nama}`, { className: "tersembunyi" }));
  return tombol;
}
