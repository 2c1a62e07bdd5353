// Identitas yang terbuka: dihapus dari halaman ketika waktunya habis, dan ketika halamannya ditinggalkan, supaya tombol
// kembali tidak menampilkannya lagi. Tanpa skrip, peramban sendiri yang meninggalkan halaman ini.
"use strict";

const tersegel = document.getElementById("tersegel");
const habis = Date.now() + 1000 * Number(tersegel.dataset.detik);

function tutup() {
  tersegel.replaceChildren();
  location.replace(tersegel.dataset.tutup);
}

setTimeout(tutup, habis - Date.now());
document.addEventListener("visibilitychange", () => Date.now() >= habis && tutup());
addEventListener("pagehide", () => tersegel.replaceChildren());
addEventListener("pageshow", (kejadian) => kejadian.persisted && tutup());
