// Imports of files give their addresses.

declare module "*.wasm" {
  const address: string;
  export default address;
}
