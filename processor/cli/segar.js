// Only ``payung layani`` sends this, and only to a browser on the same computer: the open page follows the site.
const SETIAP = 2000; // milliseconds
let diisi = false; // nobody loses what they type
let terbit;

addEventListener("input", () => (diisi = true));

async function lihat() {
  if (document.hidden || diisi || document.querySelector(".mengisi")) return;
  const jawaban = await fetch("/_layani/terbit", { cache: "no-store", credentials: "omit" });
  const kini = await jawaban.text();
  if (jawaban.ok && terbit !== undefined && kini !== terbit) location.reload();
  if (jawaban.ok) terbit = kini;
}

setInterval(() => lihat().catch(() => {}), SETIAP);
lihat().catch(() => {});
