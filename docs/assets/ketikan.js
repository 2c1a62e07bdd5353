// Keeps a message on the tracking page as it is typed, sealed, until its tab goes: a reload, a link or a phone that throws
// the page away while its camera is open costs nothing. A browser that keeps nothing keeps nothing here.
import { isianUntuk } from "./isian.js";

const MACAM = "pesan";
const JEDA = 400; // milliseconds after the last key

/**
 * @param {File[]} berkas always as they are now
 * @param {() => Object<string, string>|null} potret gives what is typed now; null for nothing
 */
export function penjaga(berkas, potret) {
  const isian = isianUntuk(MACAM);
  let jeda = 0;
  let diam = true; // until a code has opened the page, and once the page is wiped
  let dahulu = null; // what is kept, once this page has asked for it
  let dimuat = null;

  function simpan() {
    clearTimeout(jeda);
    if (diam) return;
    const jawaban = potret();
    dahulu = jawaban && { jawaban, berkas: [...berkas] };
    (dahulu ? isian.simpan(dahulu, dahulu.berkas) : isian.hapus()).catch(() => (diam = true));
  }

  document.addEventListener("visibilitychange", () => document.hidden && simpan());
  return {
    /** What this tab typed and did not send, and goes on keeping; null for nothing. */
    async mulai() {
      dimuat = dimuat || isian.muat().then((isi) => isian.sapu().then(() => (dahulu = isi)));
      await dimuat.catch(() => {});
      diam = false;
      return dahulu;
    },
    catat() {
      clearTimeout(jeda);
      jeda = setTimeout(simpan, JEDA);
    },
    /** Forgets what is kept: it was sent, or waits as a sealed package. */
    async hapus() {
      clearTimeout(jeda);
      dahulu = null;
      await isian.hapus().catch(() => {});
    },
    /** Keeps nothing more until `mulai`: the page is wiped. */
    berhenti() {
      clearTimeout(jeda);
      diam = true;
    },
    /** At once, by the quick way out. */
    keluar: isian.keluar,
    /** Whether this tab left something that a code brings back. */
    get ada() {
      try {
        return Boolean(sessionStorage.getItem(`payung-isian-${MACAM}`));
      } catch {
        return false;
      }
    },
  };
}
