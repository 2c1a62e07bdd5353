// Tombol tanda Markdown di atas kotak kajian, dan berkas Word yang dijatuhkan ke halamannya. Tanpa skrip, tandanya diketik
// dan berkasnya dipilih.
"use strict";

// Yang "semua" hanya untuk kotak yang mengenal seluruh Markdown; isu hukum hanya satu baris.
const TANDA = [
  { nama: "Tebal", apit: "**", tombol: "b", semua: false },
  { nama: "Miring", apit: "*", tombol: "i", semua: false },
  { nama: "Butir", awal: () => "- ", semua: true },
  { nama: "Nomor", awal: (urutan) => `${urutan}. `, semua: true },
  { nama: "Kutipan", awal: () => "> ", semua: true },
  { nama: "Judul", awal: () => "# ", semua: true },
];

// Mengganti bagian teks seperti diketik, supaya Ctrl+Z mengembalikannya dan drafnya tersimpan.
function ketik(kotak, dari, sampai, kata) {
  kotak.focus();
  kotak.setSelectionRange(dari, sampai);
  if (document.execCommand("insertText", false, kata)) return;
  kotak.setRangeText(kata, dari, sampai, "end");
  kotak.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

function apit(kotak, tanda) {
  const dari = kotak.selectionStart, kata = kotak.value.slice(dari, kotak.selectionEnd);
  const isi = kata.trim(), depan = kata.length - kata.trimStart().length;
  ketik(kotak, dari, kotak.selectionEnd, kata.slice(0, depan) + tanda + isi + tanda + kata.slice(depan + isi.length));
  const mulai = dari + depan + tanda.length;
  kotak.setSelectionRange(mulai, mulai + isi.length);
}

function awali(kotak, awal) {
  const dari = kotak.value.lastIndexOf("\n", kotak.selectionStart - 1) + 1;
  const baris = kotak.value.slice(dari, kotak.selectionEnd).split("\n");
  ketik(kotak, dari, kotak.selectionEnd, baris.map((satu, urutan) => awal(urutan + 1) + satu).join("\n"));
}

function pakai(kotak, tanda) {
  if (tanda.apit) apit(kotak, tanda.apit);
  else awali(kotak, tanda.awal);
}

for (const kotak of document.querySelectorAll("[data-markdown]:not([readonly], [data-markdown=tidak])")) {
  const boleh = TANDA.filter((tanda) => !tanda.semua || kotak.dataset.markdown === "semua");
  const baris = document.createElement("div");
  baris.className = "tanda-tulis";
  baris.setAttribute("role", "group");
  baris.setAttribute("aria-label", `Tanda untuk ${kotak.labels[0].firstChild.textContent.trim()}`);
  for (const tanda of boleh) {
    const tombol = document.createElement("button");
    tombol.type = "button";
    tombol.textContent = tanda.nama;
    if (tanda.tombol) tombol.title = `Ctrl+${tanda.tombol.toUpperCase()}`;
    tombol.addEventListener("click", () => pakai(kotak, tanda));
    baris.append(tombol);
  }
  kotak.before(baris);
  kotak.addEventListener("keydown", (kejadian) => {
    const tanda = boleh.find((satu) => satu.tombol && satu.tombol === kejadian.key.toLowerCase());
    if (!tanda || !(kejadian.ctrlKey || kejadian.metaKey) || kejadian.altKey || kejadian.shiftKey) return;
    kejadian.preventDefault();
    pakai(kotak, tanda);
  });
}

// Berkas yang dijatuhkan di mana pun pada halaman tidak dibuka peramban menggantikan tulisan: ia menjadi pilihan berkasnya.
const pilihan = document.getElementById("berkas");
const adaBerkas = (kejadian) => kejadian.dataTransfer && [...kejadian.dataTransfer.types].includes("Files");

addEventListener("dragover", (kejadian) => adaBerkas(kejadian) && kejadian.preventDefault());
addEventListener("drop", (kejadian) => {
  if (!adaBerkas(kejadian)) return;
  kejadian.preventDefault();
  const kabar = document.getElementById("draf-kabar");
  const berkas = [...kejadian.dataTransfer.files];
  if (!pilihan || !kabar) return;
  if (berkas.length !== 1 || !berkas[0].name.toLowerCase().endsWith(".docx")) {
    kabar.textContent = "Jatuhkan satu berkas Word (.docx) saja.";
    return;
  }
  pilihan.files = kejadian.dataTransfer.files;
  kabar.textContent = `${berkas[0].name} dipilih. Tekan “Baca berkas Word”.`;
  document.getElementById("baca-word").focus();
});
