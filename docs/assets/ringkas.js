// The lines of an answer sheet that is read over before it is sent.
import { unsur } from "./halaman.js";

/** One question with its answer, what is doubtful in it, and the way back to change it. */
export function barisJawaban(judul, jawaban, salah, ubah) {
  const isi = unsur("dd", jawaban);
  if (salah) isi.append(unsur("p", salah, { className: "galat" }));
  const tautan = unsur("a", "Ubah", { href: "#jawaban" });
  tautan.append(unsur("span", ` ${judul}`, { className: "tersembunyi" }));
  tautan.addEventListener("click", (peristiwa) => {
    peristiwa.preventDefault();
    ubah();
  });
  const tindakan = unsur("dd", "", { className: "ubah" });
  tindakan.append(tautan);
  const baris = unsur("div");
  baris.append(unsur("dt", judul), isi, tindakan);
  return baris;
}
