// Modules that are not TypeScript, for editors.

declare module "search-index?raw" {
  const text: string;
  export default text;
}

declare module "*.scss";
