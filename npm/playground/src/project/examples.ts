// The projects to begin with. Their files are in npm/playground/examples; build.mjs writes each as
// examples/NAME.json.

export interface Example {
  id: string;
  title: string;
  /** The file that is open at first. */
  open: string;
}

export const EXAMPLES: Example[] = [
  { id: "admin", title: "Vue component on an admin page", open: "js/hello_world/HelloWorld.vue" },
  { id: "market", title: "Areas that share modules", open: "src/trade/BuyScreen.vue" },
  { id: "class", title: "One class for old and new browsers", open: "src/Account.js" },
  { id: "tsx", title: "TypeScript and JSX with packages", open: "src/main.tsx" },
];

export const DEFAULT_EXAMPLE = EXAMPLES[0].id;

export const exampleOf = (id: string) => EXAMPLES.find((example) => example.id === id);

/** The files of an example. */
export async function load(id: string): Promise<Map<string, string>> {
  const response = await fetch(`examples/${id}.json`);
  if (!response.ok) throw new Error("The example could not be loaded.");
  return new Map(Object.entries((await response.json()) as Record<string, string>));
}
