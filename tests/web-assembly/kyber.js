// A package that wasm-bindgen made for bundlers, imported by name: its module imports the file's
// exports, and the file imports functions of another module of the package.

import { decapsulate, encapsulate, keypair } from "pqc-kyber";

export function agree() {
  const keys = keypair();
  const { ciphertext, sharedSecret } = encapsulate(keys.pubkey);
  const secret = decapsulate(ciphertext, keys.secret);
  return secret.length + (String(secret) === String(sharedSecret) ? " same" : " other") + " bytes";
}
