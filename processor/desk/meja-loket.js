// Isian di loket, dan pengaduan: tersimpan sendiri, tersegel, selagi mengetik. Tanpa skrip, tiap tombol menyimpannya.
"use strict";

const loket = document.getElementById("loket");
const kabarLoket = document.getElementById("draf-kabar");
const JEDA = 3000;
let berubah = false, sedang = false, dikirim = false, waktu = 0, menunggu = null;

async function simpan() {
  waktu = 0;
  if (dikirim) return;
  if (sedang) return jadwalkan();
  sedang = true;
  berubah = false;
  try {
    const jawaban = await fetch(loket.dataset.draf, { method: "POST", body: new FormData(loket), credentials: "same-origin" });
    if (!jawaban.ok) throw new Error();
    const { disimpan, sidik, pesan } = await jawaban.json();
    if (!pesan) loket.elements.sidik.value = sidik;
    kabarLoket.textContent = pesan || `Tersimpan tersegel pukul ${disimpan}. ${loket.dataset.belum}`;
  } catch {
    berubah = true;
    kabarLoket.textContent = "Belum tersimpan: meja tidak menjawab. Tulisan Anda tetap di sini; dicoba lagi sebentar lagi.";
    jadwalkan();
  } finally {
    sedang = false;
    if (menunggu) loket.requestSubmit(menunggu); // ditekan selagi menyimpan
  }
}

function jadwalkan() {
  if (!waktu) waktu = setTimeout(simpan, JEDA);
}

kabarLoket.textContent = "Tersimpan sendiri, tersegel, selagi Anda mengetik.";
loket.addEventListener("input", () => {
  berubah = true;
  jadwalkan();
});
loket.addEventListener("submit", (kejadian) => {
  if (sedang) {
    kejadian.preventDefault();
    menunggu = kejadian.submitter;
    return;
  }
  dikirim = true;
});
document.addEventListener("visibilitychange", () => document.hidden && berubah && simpan());
