// A button on each block of code that copies it: of a block with prompts, only the commands.

export function addCopyButtons(): void {
  // Pages that are not served safely have no clipboard.
  if (!navigator.clipboard) return;
  for (const block of document.querySelectorAll<HTMLElement>(".code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      const isDone = await navigator.clipboard.writeText(textOf(block)).then(
        () => true,
        () => false,
      );
      button.textContent = isDone ? "Copied" : "Not copied";
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
    block.append(button);
  }
}

function textOf(block: HTMLElement): string {
  const text = block.querySelector("code")!.textContent!;
  if (!block.querySelector(".prompt")) return text;
  const commands = text.split("\n").filter((line) => line.startsWith("$ "));
  return commands.map((line) => line.slice(2)).join("\n");
}
