// Copies the text by which somebody hands news on; without this it can be selected with one touch.
for (const kotak of document.querySelectorAll(".bagikan")) {
  const tombol = kotak.querySelector("button");
  const kabar = kotak.querySelector("[role=status]");
  tombol.hidden = !navigator.clipboard;
  tombol.addEventListener("click", () =>
    navigator.clipboard.writeText(kotak.querySelector(".salinan").textContent).then(
      () => (kabar.textContent = "Tersalin. Tempelkan di WhatsApp atau tempat lain."),
      () => (kabar.textContent = "Tidak dapat disalin sendiri. Sentuh teksnya, lalu salin."),
    ),
  );
}
