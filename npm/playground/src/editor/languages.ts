// Which language the editor reads a file in, and the colours of code. The colours are custom
// properties of the page, so that dark and light follow the system.

import { css } from "@codemirror/lang-css";
import { html } from "@codemirror/lang-html";
import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { sass, sassLanguage } from "@codemirror/lang-sass";
import { vue } from "@codemirror/lang-vue";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { tags } from "@lezer/highlight";
import { extensionOf } from "../project/paths";

/** Longer texts are shown without colours: reading them would make typing slow. */
const LONGEST = 1_000_000;

/** A component whose styles may be SCSS. */
const component = () =>
  vue({
    base: html({
      nestedLanguages: [
        { tag: "style", attrs: ({ lang }) => lang === "scss", parser: sassLanguage.parser },
      ],
    }),
  });

export function languageOf(path: string, length: number): Extension {
  if (length > LONGEST) return [];
  switch (extensionOf(path)) {
    case "js":
    case "mjs":
    case "cjs":
      return javascript();
    case "jsx":
      return javascript({ jsx: true });
    case "ts":
    case "mts":
    case "cts":
      return javascript({ typescript: true });
    case "tsx":
      return javascript({ jsx: true, typescript: true });
    case "vue":
      return component();
    case "css":
      return css();
    case "scss":
      return sass();
    case "sass":
      return sass({ indented: true });
    case "json":
    case "map":
      return json();
    case "html":
    case "htm":
      return html();
    default:
      return [];
  }
}

const color = (name: string) => ({ color: `var(--code-${name})` });

export const colors: Extension = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], ...color("keyword") },
    { tag: [tags.string, tags.regexp, tags.special(tags.string)], ...color("string") },
    { tag: [tags.number, tags.bool, tags.null, tags.unit, tags.color], ...color("number") },
    { tag: [tags.comment], ...color("comment"), fontStyle: "italic" },
    {
      tag: [tags.function(tags.variableName), tags.function(tags.propertyName)],
      ...color("function"),
    },
    { tag: [tags.typeName, tags.className, tags.namespace], ...color("type") },
    { tag: [tags.tagName, tags.angleBracket], ...color("tag") },
    { tag: [tags.attributeName, tags.propertyName, tags.labelName], ...color("property") },
    {
      tag: [tags.definition(tags.variableName), tags.special(tags.variableName)],
      ...color("name"),
    },
    { tag: tags.invalid, ...color("invalid") },
  ]),
);
