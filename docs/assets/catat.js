// Keeps what is typed as it is typed, and tells the applicant for how long, or that this browser keeps nothing.
const JEDA = 400; // milliseconds after the last key
const SELAMA_TAB = "Isian Anda tersimpan di perangkat ini, terkunci, sampai tab ini ditutup.";
const SEMINGGU = "Isian Anda tersimpan di perangkat ini, terkunci, sampai tujuh hari sesudah perubahan terakhir.";
const TANPA_BERKAS = "Berkas tidak dapat ikut disimpan; pilih lagi bila halaman ini dimuat ulang.";

const cari = (id) => document.getElementById(id);

/**
 * Makes what keeps a form.
 * @param {Object} isian as `isianUntuk` makes it
 * @param {File[]} berkas always as they are now
 * @param {{potret: () => {jawaban: Object<string, string>}, menunggu: () => boolean}} halaman gives the answers as they
 *   are now, and tells whether nothing is to be kept because a package is under way
 */
export function pencatat(isian, berkas, { potret, menunggu }) {
  let jeda = 0;
  let perubahan = 0; // counts what changed, and up to where it is kept
  let tercatat = 0;
  let diam = true; // until what was kept is back, once the page is left, and where this browser keeps nothing
  let ditinggal = false;

  async function simpan() {
    clearTimeout(jeda);
    if (diam || menunggu()) return;
    const sampai = perubahan;
    const semua = potret();
    const ada = berkas.length || Object.keys(semua.jawaban).length;
    try {
      const utuh = ada ? await isian.simpan(semua, [...berkas]) : await isian.hapus().then(() => true);
      tercatat = sampai;
      if (!diam) kabari(Boolean(ada), utuh);
    } catch {
      if (!diam) menolak();
    }
  }

  function kabari(ada, utuh) {
    const kata = isian.lama ? SEMINGGU : SELAMA_TAB;
    cari("simpan-keadaan").textContent = ada ? `${kata} ${utuh ? "" : TANPA_BERKAS}` : "";
    cari("simpan-ya").hidden = isian.lama;
    cari("simpan-hapus").hidden = !isian.lama;
  }

  function menolak() {
    diam = true;
    cari("simpan").hidden = true;
    cari("simpan-keadaan").textContent = "";
    cari("tak-tersimpan").hidden = false;
  }

  async function perpanjang(ya) {
    isian.lama = ya;
    await simpan();
    cari("simpan-kabar").textContent = ya ? "Tersimpan untuk tujuh hari." : "Tidak disimpan lagi sesudah tab ini ditutup.";
    cari(ya ? "simpan-hapus" : "simpan-ya").focus();
  }

  function catat(sesudah = JEDA) {
    perubahan++;
    clearTimeout(jeda);
    jeda = setTimeout(simpan, sesudah);
  }

  cari("simpan-ya").addEventListener("click", () => perpanjang(true));
  cari("simpan-hapus").addEventListener("click", () => perpanjang(false));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && perubahan !== tercatat) simpan(); // the camera opens, and the phone may throw the page away
  });

  return {
    /** Begins to keep: the form is empty, or holds again what was kept. */
    mulai: () => (diam = ditinggal),
    catat,
    menolak,
    /** Keeps nothing more: the page is left, and its answers are wiped. */
    berhenti() {
      diam = ditinggal = true;
      clearTimeout(jeda);
    },
    /** Whether everything that was typed is kept. */
    get lunas() {
      return perubahan === tercatat;
    },
  };
}
