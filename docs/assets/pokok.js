// Pokok kata Indonesia, untuk dibandingkan dan bukan untuk dibaca: sama huruf demi huruf dengan
// processor/foundation/word_stems.py (Snowball, berulang), sehingga situs dan meja menemukan bentuk kata yang sama.

const TERPANJANG = 40;
const LULUH = /^[kt](?=[aiueo]\w\w)/;
const PERTAMA = /^(?:di|ke|meng|mem|men|me|peng|pem|pen|ter)/;
const JENIS = { ke: 3, peng: 3, pen: 3, pem: 3 };

const vokal = (huruf) => huruf !== undefined && "aeiou".includes(huruf);

// Satu putaran Snowball. `jenis` imbuhan depan menentukan akhiran mana yang boleh dipotong; `ukur` menghitung vokal.
function sekali(kata) {
  let ukur = (kata.match(/[aeiou]/g) ?? []).length;
  const potong = (sesudahnya) => ((kata = sesudahnya), (ukur -= 1), true);
  const akhiran = (pola) => pola.test(kata) && potong(kata.replace(pola, ""));
  if (ukur <= 2) return kata;
  akhiran(/(?:kah|lah|pun)$/);
  if (ukur <= 2) return kata;
  akhiran(/(?:nya|ku|mu)$/);
  if (ukur <= 2) return kata;

  let jenis = 0;
  let mulai = 0; // tempat imbuhan kedua dicari: sesudah huruf yang dikembalikan ("meny-" -> "s-")

  function depanPertama() {
    const [depan] = kata.match(PERTAMA) ?? [];
    if (!depan) return false;
    jenis = JENIS[depan] ?? 1;
    const sisa = kata.slice(depan.length);
    const kembali = depan.endsWith("m") && vokal(sisa[0]) ? "p" : /^(?:men|pen)$/.test(depan) && sisa[0] === "y" && vokal(sisa[1]) ? "s" : "";
    mulai = kembali.length;
    return potong(kembali + (kembali === "s" ? sisa.slice(1) : sisa));
  }

  function depanKedua() {
    const sisa = kata.slice(mulai);
    const pola = sisa.startsWith("pe") ? /^pe(?:r|l(?=ajar))?/ : /^be(?:r|l(?=ajar)|(?=[^aeiou]er))/;
    const cocok = sisa.match(pola);
    if (!cocok) return false;
    if (sisa.startsWith("be")) jenis = 4;
    else if (cocok[0] !== "pel") jenis = 2;
    return potong(kata.slice(0, mulai) + sisa.slice(cocok[0].length));
  }

  function belakang() {
    const sisa = kata.slice(mulai);
    if (sisa.endsWith("an")) {
      if (sisa.endsWith("kan") && jenis !== 2 && jenis !== 3) return potong(kata.slice(0, -3));
      return jenis !== 1 && potong(kata.slice(0, -2));
    }
    return sisa.endsWith("i") && jenis <= 2 && !sisa.endsWith("si") && potong(kata.slice(0, -1));
  }

  if (depanPertama()) {
    if (ukur > 2 && belakang() && ukur > 2) depanKedua();
  } else {
    depanKedua();
    if (ukur > 2) belakang();
  }
  return kata;
}

const dikenal = new Map();

export function pokok(kata) {
  const asal = kata.normalize("NFKC").toLowerCase();
  if (!dikenal.has(asal)) {
    let pendek = asal;
    let tadi = "";
    while (pendek !== tadi && pendek.length <= TERPANJANG) {
      tadi = pendek;
      pendek = sekali(tadi);
      if (pendek === tadi) pendek = tadi.replace(LULUH, "");
    }
    dikenal.set(asal, pendek);
  }
  return dikenal.get(asal);
}
