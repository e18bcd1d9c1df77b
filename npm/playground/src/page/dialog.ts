// Questions and longer texts in a <dialog>: the browser keeps the focus inside, and Escape closes.

import { button, element } from "./elements";

interface Question {
  title: string;
  label: string;
  value: string;
  action: string;
  /** Why a value cannot be used. */
  mistake: (value: string) => string | null;
}

/** Asks for a line of text. `null`: the question was closed. */
export function ask({ title, label, value, action, mistake }: Question): Promise<string | null> {
  return new Promise((resolve) => {
    const input = element("input", {
      id: "answer",
      value,
      autocomplete: "off",
      spellcheck: "false",
      autocapitalize: "off",
      "aria-describedby": "answer-mistake",
    });
    const error = element("p", { id: "answer-mistake", class: "mistake", role: "alert" });
    const dialog = open(title, [element("label", { for: "answer" }, label), input, error]);
    const submit = () => {
      const found = mistake(input.value.trim());
      error.textContent = found ?? "";
      input.setAttribute("aria-invalid", String(found !== null));
      if (found !== null) return;
      dialog.close(input.value.trim());
    };
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      submit();
    });
    dialog.append(
      actions(
        button("Cancel", () => dialog.close()),
        button(action, submit, { class: "primary" }),
      ),
    );
    dialog.addEventListener("close", () => resolve(dialog.returnValue || null));
    input.focus();
    input.setSelectionRange(value.lastIndexOf("/") + 1, value.lastIndexOf("/") + 1);
    input.select();
  });
}

/** Asks whether to go on. */
export function confirm(title: string, text: string, action: string): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = open(title, [element("p", {}, text)]);
    dialog.append(
      actions(
        button("Cancel", () => dialog.close()),
        button(action, () => dialog.close("yes"), { class: "primary" }),
      ),
    );
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"));
  });
}

/** Shows something to read. */
export function tell(title: string, ...contents: Node[]) {
  const dialog = open(title, contents);
  const close = button("Close", () => dialog.close(), { class: "primary" });
  dialog.append(actions(close));
  // A long text is read from its beginning.
  close.focus({ preventScroll: true });
  dialog.scrollTop = 0;
}

function actions(...buttons: Node[]) {
  return element("div", { class: "actions" }, ...buttons);
}

function open(title: string, contents: Node[]): HTMLDialogElement {
  const dialog = element(
    "dialog",
    { "aria-labelledby": "dialog-title" },
    element("h2", { id: "dialog-title" }, title),
    ...contents,
  );
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
