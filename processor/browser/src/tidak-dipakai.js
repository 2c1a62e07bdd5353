// In place of the parts of age-encryption that nobody here uses: hardware keys, post-quantum keys and passphrases.
export const p256 = undefined;
export const MLKEM768P256 = undefined;
export const MLKEM768X25519 = undefined;
export const scrypt = undefined;
