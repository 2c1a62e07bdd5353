// Pictures, drawn anew in this browser: smaller, and without what a camera writes into them (place, time, device).
const SISI = 1600; // pixels of the longer side: a photographed page stays readable
const SISI_PENDEK = 1200; // of the shorter one: a long screenshot would become a thread otherwise
const SEBESAR = 600 * 1024; // bytes; ten pages with room to spare
const MUTU = [0.8, 0.65, 0.5];
const TERENDAH = MUTU[MUTU.length - 1];

/**
 * Draws a picture anew as a JPEG.
 * @param {File} berkas
 * @returns {Promise<File>} rejects when this browser cannot read the picture
 */
export async function kecilkan(berkas) {
  const gambar = await baca(berkas);
  const [panjang, pendek] = [gambar.width, gambar.height].sort((a, b) => b - a);
  const kanvas = lukis(document.createElement("canvas"), gambar, Math.max(SISI / panjang, SISI_PENDEK / pendek));
  const nama = `${berkas.name.replace(/\.[^.]*$/, "")}.jpg`;
  for (const mutu of MUTU) {
    const isi = await new Promise((jadi) => kanvas.toBlob(jadi, "image/jpeg", mutu));
    if (!isi) break;
    if (isi.size <= SEBESAR || mutu === TERENDAH) return new File([isi], nama, { type: "image/jpeg" });
  }
  throw new Error("not drawn");
}

/** A canvas on which a picture is shown; nothing of it is loaded from an address. */
export async function tampilkanFoto(kanvas, berkas, sisi) {
  const gambar = await baca(berkas);
  lukis(kanvas, gambar, sisi / Math.max(gambar.width, gambar.height));
}

/** The picture upright, as its camera was held; older browsers turn it without being told. */
const baca = (berkas) =>
  createImageBitmap(berkas, { imageOrientation: "from-image" }).catch((salah) =>
    salah instanceof TypeError ? createImageBitmap(berkas) : Promise.reject(salah),
  );

/** Draws a picture, never larger than it is, on white where it is transparent, and lets go of its memory. */
function lukis(kanvas, gambar, skala) {
  kanvas.width = Math.max(1, Math.round(gambar.width * Math.min(1, skala)));
  kanvas.height = Math.max(1, Math.round(gambar.height * Math.min(1, skala)));
  const kuas = kanvas.getContext("2d");
  kuas.fillStyle = "#fff";
  kuas.fillRect(0, 0, kanvas.width, kanvas.height);
  kuas.imageSmoothingQuality = "high";
  kuas.drawImage(gambar, 0, 0, kanvas.width, kanvas.height);
  gambar.close();
  return kanvas;
}
