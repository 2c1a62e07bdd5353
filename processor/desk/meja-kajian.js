// Halaman kajian: draf tersimpan sendiri selagi menulis, dan pratinjau surat mengikuti ketikan. Tanpa skrip, tombolnya
// melakukan hal yang sama.
"use strict";

const formulir = document.getElementById("kajian");
const kabarDraf = document.getElementById("draf-kabar");
const pratinjau = document.getElementById("pratinjau");
const JEDA_DRAF = 4000, JEDA_PRATINJAU = 600, DETAK = 60000;
let berubah = false, sedangDraf = false, waktuDraf = 0, waktuPratinjau = 0, urutan = 0;

function kirim(alamat, tindakan = "") {
  const isi = new FormData(formulir);
  isi.set("tindakan", tindakan);
  for (const berkas of ["berkas", "word", "word-ditanya"]) isi.delete(berkas);
  return fetch(alamat, { method: "POST", body: isi, credentials: "same-origin" });
}

async function simpanDraf() {
  waktuDraf = 0;
  if (sedangDraf) return jadwalkanDraf();
  sedangDraf = true;
  const detak = !berubah;
  berubah = false;
  try {
    const jawaban = await kirim(formulir.dataset.draf, detak ? "detak" : "");
    if (jawaban.status === 401) return void (kabarDraf.textContent = "Sesi Anda berakhir, jadi draf tidak tersimpan lagi. Salin yang baru Anda tulis, lalu masuk lagi.");
    if (!jawaban.ok) throw new Error();
    const { disimpan, pesan } = await jawaban.json();
    if (pesan || !detak) kabarDraf.textContent = pesan || `Draf tersimpan pukul ${disimpan}. Belum masuk permohonan sampai Anda menyimpan.`;
  } catch {
    berubah = !detak;
    if (berubah) kabarDraf.textContent = "Draf belum tersimpan: meja tidak menjawab. Tulisan Anda tetap di sini; dicoba lagi sebentar lagi.";
    if (berubah) jadwalkanDraf();
  } finally {
    sedangDraf = false;
  }
}

function jadwalkanDraf() {
  if (!waktuDraf) waktuDraf = setTimeout(simpanDraf, JEDA_DRAF);
}

async function perbaruiPratinjau() {
  const ini = ++urutan;
  try {
    const jawaban = await kirim(formulir.dataset.pratinjau);
    const isi = await jawaban.text();
    if (jawaban.ok && ini === urutan) pratinjau.innerHTML = isi;
  } catch {
    // pratinjau yang lama tetap; draf mengabarkan bila meja tidak menjawab
  }
}

if (formulir && "tulis" in formulir.dataset) {
  formulir.addEventListener("input", (kejadian) => {
    if (kejadian.target.tagName !== "TEXTAREA") return;
    berubah = true;
    jadwalkanDraf();
    clearTimeout(waktuPratinjau);
    waktuPratinjau = setTimeout(perbaruiPratinjau, JEDA_PRATINJAU);
  });
  setInterval(() => waktuDraf || simpanDraf(), DETAK);
  document.addEventListener("visibilitychange", () => document.hidden && berubah && simpanDraf());
  perbaruiPratinjau();
}
