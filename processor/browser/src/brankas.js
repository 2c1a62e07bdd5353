// What an applicant's browser does by itself: make a code, derive its keys, seal and open.
export { buatKode, periksaKode, turunkan } from "./kode.js";
export { buka, ganjal, lepasGanjal, segel } from "./segel.js";
