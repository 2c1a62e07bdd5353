// Seals what was answered and sends it once: it waits on this device until it has arrived, and the code is shown first.
import { hapusBukti, tampilkanBukti } from "./bukti.js";
import { brankas, sidik, unsur, uuid, waktu } from "./halaman.js";
import { kirimTampak } from "./kemajuan.js";
import { BERHENTI, bungkus, gudangUntuk } from "./kiriman.js";
import { sesudahKirim } from "./terbitan.js";

const SEMENIT = 60000;
const KIRIM = "../kirim";
const MENCOBA = "Selama terbuka, halaman ini mencoba lagi setiap menit.";
const DIHENTIKAN = "Tekan “Coba kirim lagi” bila siap: dalam seperempat jam, yang sudah sampai tidak perlu dikirim ulang.";
const TAK_TERSIMPAN = `Peramban ini tidak dapat menyimpan apa pun; biarkan halaman ini terbuka. ${MENCOBA}`;

const sekarang = () => `${waktu(new Date())} menurut perangkat ini`;
const cari = (id) => document.getElementById(id);

/**
 * Makes what sends the form's answers.
 * @param {{host: string, penerima: string[], dibuat: Object, kata: Object<string, string>}} isi as the form's HTML has it
 * @param {{sembunyikan: () => void, disimpan: () => void, sampai: () => void, kembali: () => void,
 *   dibuang: () => void}} halaman what the page does: hides the form; learns that the package waits on this device, that
 *   it has arrived, that the applicant goes back to the answers, or that they have thrown everything away
 */
export function pengantar({ host, penerima, dibuat, kata }, halaman) {
  const { hal } = kata;
  const Hal = hal[0].toUpperCase() + hal.slice(1);
  const TERSIMPAN =
    `${Hal} yang sudah tersegel disimpan di perangkat ini; tidak ada yang dapat membacanya di sini. ${MENCOBA} ` +
    `Bila halaman ini ditutup, buka lagi halaman ${kata.halaman} untuk mengirimnya.`;
  const gudang = gudangUntuk(dibuat.macam);
  const judulHalaman = document.title;
  let kunci = uuid(); // one request: whatever is sent twice under it is one case
  let kode = ""; // made at the first sending, and like `kunci` never kept: what a later visit sends is another request
  let paket = null; // sealed, and not yet known to have arrived
  let tersimpan = false; // `paket` waits on this device as well
  let ulang = 0; // the timer of the next try
  let dihentikan = false; // by the applicant: nothing leaves by itself then
  let terkirim = false;
  let kodeAman = true;

  /** Seals the answers and files, of which `maju` hears, and sends them; throws where they cannot be sealed. */
  async function segel(jawaban, berkas, maju) {
    sibuk(true);
    try {
      const { buatKode, turunkan } = await brankas();
      if (!kode) kodeAman = false;
      kode = kode || buatKode();
      const { lacak, penerima: balasan } = await turunkan(kode, host);
      paket = await bungkus(
        { kunci, jawaban: { ...jawaban, kode_lacak: lacak, kunci_balasan: balasan }, ...dibuat },
        berkas,
        penerima,
        maju,
      );
      await titipkan();
      await antar();
    } catch (salah) {
      paket = null;
      throw salah;
    }
  }

  /** Keeps the package and shows its code before it leaves: a phone may lose the page in the middle of the sending. */
  async function titipkan() {
    tersimpan = await gudang.simpan(paket).then(() => true, () => false);
    if (tersimpan) await halaman.disimpan(); // the same request is not offered twice
    buktikan({
      judul: `${Hal} sedang dikirim`,
      kabar: "Sedang dikirim. Simpan kodenya selagi menunggu.",
      isi: [["Keadaan", "sedang dikirim"], ["Disegel", sekarang()]],
      sidik: await sidik(paket),
    });
  }

  function sibuk(ya) {
    for (const tombol of cari("tertunda").children) tombol.disabled = ya;
  }

  async function antar() {
    clearTimeout(ulang);
    sibuk(true);
    cari("bukti-galat").textContent = "";
    const galat = await kirimTampak(KIRIM, paket, cari("kemajuan"));
    sibuk(false);
    const tanda = await sidik(paket);
    if (galat) return tunda(galat, tanda);
    await gudang.hapus().catch(() => {});
    paket = null;
    if (!kode && (await ingatkan())) return antar(); // several waited
    terkirim = true;
    await halaman.sampai();
    history.replaceState(history.state, "", "#terkirim");
    buktikan({
      judul: `${Hal} Anda sedang diproses`,
      kabar: `${Hal} sudah sampai, tersegel. ${kata.nomor} ${kode ? "" : kata.hilang}`,
      isi: [["Keadaan", "sedang diproses, belum terdaftar"], ["Dikirim", sekarang()]],
      sidik: tanda,
    });
    await sebutSelanjutnya();
  }

  /** What happens with what has arrived, and by when. */
  async function sebutSelanjutnya() {
    const kalimat = await sesudahKirim(dibuat.macam);
    cari("sesudah-isi").replaceChildren(...kalimat.map((satu) => unsur("li", satu)));
    cari("sesudah").hidden = !kalimat.length;
  }

  function tunda(galat, tanda) {
    dihentikan = galat === BERHENTI;
    if (!dihentikan) ulang = setTimeout(cobaLagi, SEMENIT);
    const tempat = tersimpan ? `${Hal} yang tersegel menunggu di perangkat ini.` : "Biarkan halaman ini terbuka.";
    const menunggu = tersimpan ? TERSIMPAN : TAK_TERSIMPAN;
    const kabar = dihentikan ? `${tempat} ${DIHENTIKAN}` : menunggu;
    cari("bukti-galat").textContent = galat;
    cari("bukti-kabar").textContent = kabar;
    if (!cari("tertunda").hidden) {
      if (dihentikan) cari("coba").focus(); // the button that stopped it is gone
      return; // tried again: what is shown stays, and so does the focus
    }
    buktikan({
      judul: `${Hal} belum terkirim`,
      kabar,
      galat,
      tertunda: true,
      isi: [["Keadaan", "belum terkirim"], ["Disegel", sekarang()]],
      sidik: tanda,
    });
  }

  function buktikan(bukti) {
    halaman.sembunyikan();
    cari("ubah-lagi").hidden = !kode;
    document.title = `${bukti.judul} - ${judulHalaman}`;
    tampilkanBukti({ ...bukti, kode }, () => (kodeAman = true));
    scrollTo(0, 0);
  }

  async function cobaLagi() {
    if (paket && !cari("coba").disabled) await antar();
  }

  /** The package leaves this device; what is on the page stays. */
  async function lepaskan() {
    clearTimeout(ulang);
    await gudang.hapus().catch(() => {});
    paket = null;
    tersimpan = false;
    hapusBukti();
  }

  /** Back to the answers, which are still on the page; sent again they are the same request. */
  async function ubahLagi() {
    await lepaskan();
    await halaman.kembali();
  }

  /** As if nothing had ever been typed, and without asking the network for anything. */
  async function buang() {
    if (!confirm(`Hapus ${hal} yang belum terkirim, dan isian yang tersimpan, dari perangkat ini?`)) return;
    await lepaskan();
    kunci = uuid();
    kode = "";
    kodeAman = true;
    document.title = judulHalaman;
    await halaman.dibuang();
    await ingatkan();
  }

  /** Shows a package that waits here since an earlier visit; whether there is one. */
  async function ingatkan() {
    paket = await gudang.ambil().catch(() => null);
    if (!paket) return false;
    tersimpan = true;
    history.replaceState(null, "", "#tertunda");
    buktikan({
      judul: `Ada ${hal} yang belum terkirim`,
      kabar: `${Hal} tersegel dari kunjungan sebelumnya menunggu di perangkat ini. ${kata.tinggal}`,
      tertunda: true,
      isi: [],
      sidik: await sidik(paket),
    });
    return true;
  }

  cari("coba").addEventListener("click", cobaLagi);
  cari("ubah-lagi").addEventListener("click", ubahLagi);
  cari("buang").addEventListener("click", buang);
  addEventListener("online", () => dihentikan || cobaLagi());

  return {
    segel,
    ingatkan,
    /** Forgets the code; what waits sealed stays. */
    lupakan: () => (kode = ""),
    /** Whether a package is under way or has arrived, so that no answers are shown. */
    get bertugas() {
      return terkirim || Boolean(paket);
    },
    get tersimpan() {
      return tersimpan;
    },
    get kodeAman() {
      return kodeAman;
    },
  };
}
