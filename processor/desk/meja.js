// Tombol Salin: menyalin perintah atau letak berkas, lalu mengabarkannya. Tanpa skrip, tulisannya tetap dapat dipilih.
"use strict";

const kabar = document.getElementById("kabar");

async function salin(tombol) {
  try {
    await navigator.clipboard.writeText(tombol.dataset.salin);
    kabar.textContent = `Disalin: ${tombol.dataset.salin}`;
  } catch {
    getSelection().selectAllChildren(tombol.previousElementSibling);
    kabar.textContent = "Belum tersalin. Tulisannya sudah dipilih; salin dengan Ctrl+C.";
  }
}

for (const tombol of document.querySelectorAll("[data-salin]")) {
  tombol.hidden = false;
  tombol.addEventListener("click", () => salin(tombol));
}
