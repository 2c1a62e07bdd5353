// What is typed, kept sealed on this device: it comes back while the tab lives, and for a week if the applicant asks.
// The key lies in this tab's sessionStorage, which a browser forgets with the tab; asked to keep it for longer, beside
// the ciphertext: then whoever uses this browser can open it.
import { uuid } from "./halaman.js";
import { ambil, buka, genggam, genggamSegera, kunciDari, lupakan, pakai, penggenggam, segel, semuaTempat } from "./lemari.js";

const JAWABAN = "jawaban";
const KUNCI = "kunci";
const TUJUH_HARI = 7 * 86400000; // milliseconds

const tertulis = (isi) => new TextEncoder().encode(JSON.stringify(isi));
const kunciBaru = () => crypto.getRandomValues(new Uint8Array(32));

/** What a place holds, opened; null where it holds nothing that this key opens. `berkas` maps a file to its part. */
async function baca(tempat, mentah) {
  const kunci = await kunciDari(mentah);
  const terbuka = async (bagian) => {
    const tertutup = await ambil(tempat, bagian);
    return tertutup ? buka(kunci, tertutup).catch(() => null) : null;
  };
  const bita = await terbuka(JAWABAN);
  if (!bita) return null;
  const isi = JSON.parse(new TextDecoder().decode(bita));
  const berkas = new Map();
  for (const { bagian, nama, jenis, kata } of isi.berkas) {
    const satu = await terbuka(bagian);
    if (satu) berkas.set(Object.assign(new File([satu], nama, { type: jenis }), { kata }), bagian);
  }
  return { ...isi, berkas };
}

function bacaTanpaSegel(teks) {
  try {
    return JSON.parse(teks) || {};
  } catch {
    return {};
  }
}

const namaTab = (macam) => `payung-isian-${macam}`;
const milikTabIni = ([macam, id]) => (sessionStorage.getItem(namaTab(macam)) || "").startsWith(`${id} `);

/**
 * What this tab keeps of one form. Everything rejects where this browser keeps nothing.
 * @param {string} macam which form it is
 */
export function isianUntuk(macam = "permohonan") {
  const TAB = namaTab(macam);
  const TANPA_SEGEL = macam === "permohonan" ? "payung-isian" : TAB; // what an earlier version wrote to localStorage
  let bagianBerkas = new Map(); // as `baca` gives it
  let tempat = null; // where this tab writes
  let mentah = null; // the key, 32 bytes
  let lama = false;
  let ditinggal = false;
  let antrean = Promise.resolve();

  const bergilir = (kerja) => (antrean = antrean.then(kerja, kerja)); // one thing after another

  function dariTab() {
    const [id, teks] = (sessionStorage.getItem(TAB) || "").split(" ");
    return teks ? [[macam, id], Uint8Array.from(atob(teks), (huruf) => huruf.charCodeAt(0))] : null;
  }

  function milikTab(dimana, dengan) {
    if (ditinggal) throw new Error("ditinggal");
    [tempat, mentah] = [dimana, dengan];
    sessionStorage.setItem(TAB, `${dimana[1]} ${btoa(String.fromCharCode(...dengan))}`);
  }

  async function mulaiBaru() {
    const baru = [macam, uuid()];
    await genggamSegera(baru);
    milikTab(baru, kunciBaru());
    bagianBerkas = new Map();
  }

  /** Writes all of it or nothing; where there is no space for files, the answers alone. */
  async function tulis(isi, berkas) {
    if (!tempat) await mulaiBaru();
    const kunci = await kunciDari(mentah);
    const baru = new Map(); // a file that does not lie there yet, sealed, and where it will
    for (const satu of berkas.filter((satu) => !bagianBerkas.has(satu))) {
      const bita = await satu.arrayBuffer().catch(() => null);
      if (bita) baru.set(satu, { bagian: uuid(), tertutup: await segel(kunci, bita) });
    }
    try {
      await tulisBersama(kunci, isi, berkas, baru);
    } catch (salah) {
      if (!baru.size) throw salah;
      await tulisBersama(kunci, isi, berkas, new Map());
    }
    return berkas.every((satu) => bagianBerkas.has(satu));
  }

  async function tulisBersama(kunci, { jawaban, langkah, lewat }, berkas, baru) {
    const bagian = (satu) => bagianBerkas.get(satu) || baru.get(satu)?.bagian;
    const ikut = berkas
      .filter(bagian)
      .map((satu) => ({ bagian: bagian(satu), nama: satu.name, jenis: satu.type, kata: satu.kata }));
    const tertutup = await segel(kunci, tertulis({ jawaban, langkah, lewat, berkas: ikut }));
    const dibuang = [...bagianBerkas.keys()].filter((satu) => !berkas.includes(satu));
    await pakai("readwrite", (simpanan) => {
      for (const satu of baru.values()) simpanan.put(satu.tertutup, [...tempat, satu.bagian]);
      simpanan.put({ saat: Date.now(), ...tertutup }, [...tempat, JAWABAN]);
      if (lama) simpanan.put(mentah, [...tempat, KUNCI]);
      else simpanan.delete([...tempat, KUNCI]);
      for (const satu of dibuang) simpanan.delete([...tempat, bagianBerkas.get(satu)]);
    });
    for (const satu of dibuang) bagianBerkas.delete(satu);
    for (const [satu, { bagian: di }] of baru) bagianBerkas.set(satu, di);
  }

  async function hapus() {
    if (!tempat) return;
    const dahulu = tempat;
    tempat = mentah = null;
    bagianBerkas = new Map();
    sessionStorage.removeItem(TAB);
    await lupakan(dahulu);
  }

  const utuh = (isi) => isi && { ...isi, berkas: [...isi.berkas.keys()] };

  async function ambilAlih(dimana, dengan) {
    const isi = await baca(dimana, dengan);
    if (!isi) return null;
    milikTab(dimana, dengan);
    bagianBerkas = isi.berkas;
    lama = Boolean(await ambil(dimana, KUNCI));
    return utuh(isi);
  }

  async function muat() {
    const milik = dariTab();
    if (!milik) return null;
    if (await genggam(milik[0])) return (await ambilAlih(...milik)) || sessionStorage.removeItem(TAB) || null;
    const isi = utuh(await baca(...milik)); // a copy of a tab that still writes
    await mulaiBaru();
    if (isi) await tulis(isi, isi.berkas);
    return isi;
  }

  /** Seals what was kept without a seal, and for as long. */
  async function warisi() {
    const teks = localStorage.getItem(TANPA_SEGEL);
    if (!teks) return;
    const { saat, jawaban } = bacaTanpaSegel(teks);
    if (!jawaban) return localStorage.removeItem(TANPA_SEGEL);
    const [dimana, dengan] = [[macam, uuid()], kunciBaru()];
    const tertutup = await segel(await kunciDari(dengan), tertulis({ jawaban, berkas: [] }));
    await pakai("readwrite", (simpanan) => {
      simpanan.put({ saat, ...tertutup }, [...dimana, JAWABAN]);
      simpanan.put(dengan, [...dimana, KUNCI]);
    });
    localStorage.removeItem(TANPA_SEGEL);
  }

  async function sapu() {
    await warisi();
    const hidup = await penggenggam();
    let terbaru = null;
    for (const satu of await semuaTempat()) {
      if (milikTabIni(satu) || hidup?.(satu)) continue;
      const [isi, kunci] = await Promise.all([ambil(satu, JAWABAN), ambil(satu, KUNCI)]);
      const umur = Date.now() - isi?.saat;
      if (!(umur < TUJUH_HARI)) await lupakan(satu);
      else if (kunci && satu[0] === macam && !(terbaru?.saat > isi.saat)) terbaru = { saat: isi.saat, tempat: satu, kunci };
    }
    await lupakan(null);
    return terbaru;
  }

  return {
    /** What this tab wrote before; null for nothing. A copy of a tab goes on in a place of its own. */
    muat: () => bergilir(muat),
    /**
     * Sweeps what nobody has changed for a week: a tab that is on another page, or was thrown away, may still have the
     * key of anything younger. Gives the newest that is kept for longer, and that no other tab has open.
     */
    sapu: () => bergilir(sapu),
    /** Goes on with what `sapu` gave; null where another tab was faster. */
    lanjutkan: ({ tempat: dimana, kunci }) =>
      bergilir(async () => ((await genggamSegera(dimana)) ? ambilAlih(dimana, kunci) : null)),
    /** Forgets what `sapu` gave. */
    buang: ({ tempat: dimana }) => bergilir(() => lupakan(dimana)),
    /** Keeps the answers and files; whether all of the files are with them. */
    simpan: (isi, berkas) => bergilir(() => tulis(isi, berkas)),
    hapus: () => bergilir(hapus),
    /** Whether what is kept from now on is kept for longer than the tab. */
    get lama() {
      return lama;
    },
    set lama(ya) {
      lama = ya;
    },
    /** At once: without its key nobody opens what lies here, and then that goes, too. What is kept for longer stays. */
    keluar() {
      ditinggal = true;
      try {
        sessionStorage.removeItem(TAB);
      } catch {
        return Promise.resolve(); // nothing was ever kept
      }
      return bergilir(() => tempat && !lama && lupakan(tempat)).catch(() => {});
    },
  };
}
