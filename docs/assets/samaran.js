// A receipt that says nothing on its face: neither what it is about nor whose it is. The code opens it, and is not in it.
import { unsur } from "./halaman.js";

const base64 = (bita) => btoa(String.fromCharCode(...bita));

/**
 * Makes a page of its own, to be kept as a file, that shows a date and asks for a code.
 * @param {string} kode as it is shown
 * @param {string[][]} isi what the code opens, in pairs of words
 * @returns {Promise<string>} HTML
 */
export async function halamanSamar(kode, isi) {
  const [garam, awal] = [16, 12].map((panjang) => crypto.getRandomValues(new Uint8Array(panjang)));
  const bita = new TextEncoder().encode(JSON.stringify(isi).padEnd(2048)); // its length tells nothing either
  const tersegel = await crypto.subtle.encrypt({ name: "AES-GCM", iv: awal }, await kunciSamar(kode, garam), bita);
  const lembar = document.implementation.createHTMLDocument("Catatan");
  lembar.documentElement.lang = "id";
  lembar.head.prepend(unsur("meta"), unsur("meta", "", { name: "viewport", content: "width=device-width" }));
  lembar.head.firstChild.setAttribute("charset", "utf-8");
  const label = unsur("label", "Kode ");
  label.append(unsur("input", "", { autocomplete: "off", spellcheck: false }));
  const borang = unsur("form");
  borang.dataset.isi = [garam, awal, new Uint8Array(tersegel)].map(base64).join(" ");
  borang.append(label, " ", unsur("button", "Buka"));
  const kabar = unsur("p");
  kabar.setAttribute("role", "status");
  const hari = new Date().toLocaleDateString("id-ID", { dateStyle: "long" });
  lembar.body.append(unsur("h1", "Catatan"), unsur("p", hari), borang, kabar, unsur("dl"));
  lembar.body.append(unsur("script", `${kunciSamar}\n${bukaSamar}\nbukaSamar();`));
  return `<!doctype html>\n${lembar.documentElement.outerHTML}`;
}

/** The key that a code gives, typed in whatever way; stands in the kept page as well, as the next one does. */
async function kunciSamar(kode, garam) {
  const huruf = kode.toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
  const sandi = await crypto.subtle.importKey("raw", new TextEncoder().encode(huruf), "PBKDF2", false, ["deriveKey"]);
  const cara = { name: "PBKDF2", hash: "SHA-256", salt: garam, iterations: 600000 };
  return crypto.subtle.deriveKey(cara, sandi, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

function bukaSamar() {
  const [borang, kabar, daftar] = ["form", "[role]", "dl"].map((satu) => document.querySelector(satu));
  borang.onsubmit = async (peristiwa) => {
    peristiwa.preventDefault();
    kabar.textContent = "Sebentar …";
    daftar.replaceChildren();
    if (!globalThis.crypto?.subtle) {
      kabar.textContent = "Tidak dapat dibuka di aplikasi ini. Buka berkas ini dengan peramban, misalnya Chrome.";
      return;
    }
    try {
      const bita = (teks) => Uint8Array.from(atob(teks), (satu) => satu.charCodeAt(0));
      const [garam, iv, isi] = borang.dataset.isi.split(" ").map(bita);
      const kunci = await kunciSamar(borang.querySelector("input").value, garam);
      const terbuka = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, kunci, isi);
      for (const pasangan of JSON.parse(new TextDecoder().decode(terbuka))) {
        for (const [urutan, nama] of ["dt", "dd"].entries()) {
          daftar.append(Object.assign(document.createElement(nama), { textContent: pasangan[urutan] }));
        }
      }
      kabar.textContent = "";
    } catch {
      kabar.textContent = "Tidak terbuka dengan kode itu. Periksa lagi huruf dan angkanya.";
    }
  };
}
