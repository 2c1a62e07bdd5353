// Builds docs/assets/brankas.js from src and the packages that package-lock.json pins, and records what came of what.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const HASIL = "../../docs/assets/brankas.js";
const TAK_DIPAKAI = ["@noble/curves/nist.js", "@noble/hashes/scrypt.js", "@noble/post-quantum/hybrid.js"];

const { outputFiles, metafile } = await build({
  entryPoints: ["src/brankas.js"],
  alias: Object.fromEntries(TAK_DIPAKAI.map((paket) => [paket, "./src/tidak-dipakai.js"])),
  bundle: true,
  format: "esm",
  legalComments: "none", // every licence stands whole at the end
  metafile: true,
  minify: true,
  outfile: HASIL,
  target: ["chrome80", "firefox102", "safari14.1"],
  write: false,
});
const masuk = Object.entries(Object.values(metafile.outputs)[0].inputs).filter(([, { bytesInOutput }]) => bytesInOutput);
const folder = [...new Set(masuk.flatMap(([jalur]) => jalur.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []))].sort();
const paket = folder.map((tempat) => ({
  ...JSON.parse(readFileSync(`${tempat}/package.json`)),
  lisensi: readFileSync(`${tempat}/LICENSE`, "utf8").trim(),
}));

const nama = ({ name, version, license }) => `${name} ${version} (${license})`;
const kepala = `/*! brankas (MIT), sumber: processor/browser. Di dalamnya: ${paket.map(nama).join(", ")}. Lisensi: di ujung. */\n`;
const ekor = paket.map((satu) => `/*! ${nama(satu)}\n\n${satu.lisensi}\n*/\n`).join("\n");
writeFileSync(HASIL, kepala + outputFiles[0].text + "\n" + ekor);

const sumber = ["build.js", "package.json", "package-lock.json", ...readdirSync("src").sort().map((n) => `src/${n}`)];
const sidik = (jalur) => createHash("sha256").update(readFileSync(jalur)).digest("hex");
writeFileSync("SHA256SUMS", [HASIL, ...sumber].map((jalur) => `${sidik(jalur)}  ${jalur}\n`).join(""));
