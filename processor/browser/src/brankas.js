// What an applicant's browser does by itself: make a code, derive its keys, seal and open, do a sum.
export { kerjakan } from "./bukti.js";
export { buatKode, periksaKode, turunkan } from "./kode.js";
export { buka, ganjal, lepasGanjal, segel } from "./segel.js";
