// Turns a document into the contents of a page: headings with the anchors of code hosts, links
// between documents as links between pages, highlighted code, tables that scroll, and buttons of
// the playground where a comment `<!-- playground: NAME -->` stands.

import GithubSlugger from "github-slugger";
import MarkdownIt from "markdown-it";
import { escape, highlight } from "./highlight.mjs";
import { relative, targetOf } from "./pages.mjs";

const PLAYGROUND = /^<!-- playground: ([a-z-]+) -->\s*$/;

/**
 * The contents of a page: `{ html, title, headings, links, sections }`. `headings` are those below
 * the title, `links` the addresses on the site that it leads to, `sections` its texts for the
 * search.
 */
export function render(site, page) {
  const markdown = new MarkdownIt({ html: true, linkify: false });
  const found = { headings: [], links: [], title: page.label };
  const environment = { site, page, found, slugger: new GithubSlugger() };
  markdown.core.ruler.push("headings", (state) => addAnchors(state.tokens, environment));
  markdown.core.ruler.push("links", (state) => resolveLinks(state.tokens, environment));
  markdown.core.ruler.push("files", (state) => markFileNames(state.tokens));
  Object.assign(markdown.renderer.rules, rules(environment, markdown));
  const tokens = markdown.parse(page.source, {});
  const html = markdown.renderer.render(tokens, markdown.options, {});
  return { html, ...found, sections: sectionsOf(tokens, found.title) };
}

const textOf = (inline) =>
  inline.children
    .filter(({ type }) => type === "text" || type === "code_inline" || type === "softbreak")
    .map(({ type, content }) => (type === "softbreak" ? " " : content))
    .join("");

/** Gives headings their ids, and notes those of the list "On this page". */
function addAnchors(tokens, { found, slugger }) {
  tokens.forEach((token, at) => {
    if (token.type !== "heading_open") return;
    const text = textOf(tokens[at + 1]);
    token.attrSet("id", slugger.slug(text));
    if (token.tag === "h1") found.title = text;
    else found.headings.push({ id: token.attrGet("id"), level: Number(token.tag[1]), text });
  });
}

/** Turns links to documents into links to pages. One to a file that is no page becomes text. */
function resolveLinks(tokens, { site, page, found }) {
  for (const { children } of tokens.filter(({ type }) => type === "inline")) {
    let isText = false;
    for (const [at, token] of children.entries()) {
      if (token.type === "link_close" && isText) {
        isText = false;
        Object.assign(token, { type: "source_close", tag: "span" });
      }
      const name = { link_open: "href", image: "src" }[token.type];
      if (!name) continue;
      const target = targetOf(site, page, token.attrGet(name));
      if (target.source) {
        isText = true;
        Object.assign(token, { type: "source_open", tag: "span", attrs: [] });
        token.attrSet("title", `in the repository: ${target.source}`);
      } else if (target.isForeign) {
        token.attrSet("rel", "noreferrer");
      } else {
        token.attrSet(name, relative(page.address, target.address) || "index.html");
        // A file's name means something where files are read; here pages have titles.
        if (target.page && isFileOf(children[at + 1], target.page)) {
          children[at + 1].content = target.page.title;
        }
        found.links.push(target);
      }
    }
  }
}

/** Whether the text of a link is the name of a page's file, or the end of its path. */
const isFileOf = ({ type, content }, { file }) =>
  type === "text" &&
  [file, file.replace(/\/README\.md$/, "")].some((path) => `/${path}`.endsWith(`/${content}`));

/** A paragraph that only names the file of the block below it becomes the block's caption. */
function markFileNames(tokens) {
  tokens.forEach((token, at) => {
    const isFileName =
      token.type === "paragraph_open" &&
      ["fence", "code_block"].includes(tokens[at + 3]?.type) &&
      tokens[at + 1].children
        .filter(({ type, content }) => type !== "text" || content)
        .map(({ type }) => type)
        .join() === "strong_open,code_inline,strong_close";
    if (isFileName) token.attrSet("class", "file-name");
  });
}

/** How tokens become HTML, where that is not the library's way. */
function rules({ site, page, found }, markdown) {
  const code = (tokens, at) => {
    const token = tokens[at];
    const text = token.content.replace(/\n$/, "");
    const { html, language } = highlight(text, token.info.trim().split(/\s+/)[0]);
    const name = language ? ` language-${language}` : "";
    return `<div class="code${name}"><pre tabindex="0"><code>${html}</code></pre></div>\n`;
  };
  return {
    fence: code,
    code_block: code,
    // A short name stays on one line: browsers would break `--no-config` after its dashes.
    code_inline(tokens, at) {
      const text = tokens[at].content;
      return `<code${text.length < 28 ? ' class="whole"' : ""}>${escape(text)}</code>`;
    },
    heading_close(tokens, at, options, _, renderer) {
      const { tag } = tokens[at];
      const id = tokens[at - 2].attrGet("id");
      const name = escape(textOf(tokens[at - 1]));
      const anchor = `<a class="anchor" href="#${id}" aria-label="Link to: ${name}">#</a>`;
      return tag === "h1" ? "</h1>\n" : ` ${anchor}</${tag}>\n`;
    },
    table_open: () => '<div class="table" role="region" aria-label="Table" tabindex="0"><table>\n',
    table_close: () => "</table></div>\n",
    th_open: (tokens, at) => `<th scope="col"${alignment(tokens[at])}>`,
    td_open: (tokens, at) => `<td${alignment(tokens[at])}>`,
    html_block(tokens, at) {
      const [, name] = PLAYGROUND.exec(tokens[at].content) ?? [];
      if (!name) return tokens[at].content;
      if (!site.hasPlayground) return "";
      if (!site.examples.includes(`${name}.json`))
        throw new Error(`${page.file}: the playground has no example "${name}"`);
      const address = relative(page.address, "playground/index.html");
      found.links.push({ address: "playground/index.html" });
      const href = `${address}#example=${name}`;
      const label = `<a class="button" href="${href}">Try this in the playground</a>`;
      return `<p class="try" data-playground="${name}">${label}</p>\n`;
    },
    image(tokens, at, options, environment, renderer) {
      tokens[at].attrSet("alt", markdown.renderer.renderInlineAsText(tokens[at].children, options));
      tokens[at].attrSet("loading", "lazy");
      return renderer.renderToken(tokens, at, options);
    },
  };
}

/** A column's alignment as a class: the page's policy forbids styles of elements. */
function alignment(token) {
  const style = token.attrGet("style")?.split(":")[1];
  return style ? ` class="${style}"` : "";
}

/**
 * The texts of a page by heading: `{ id, heading, text, names, defined }`. `names` are its inline
 * code, `defined` those that begin a row of a table, which explains them.
 */
function sectionsOf(tokens, title) {
  const sections = [{ id: "", heading: title, text: [], names: [], defined: [] }];
  tokens.forEach((token, at) => {
    if (token.type === "heading_open" && token.tag !== "h1") {
      const heading = textOf(tokens[at + 1]);
      sections.push({ id: token.attrGet("id"), heading, text: [], names: [], defined: [] });
    }
    const { text, names, defined } = sections.at(-1);
    const isText = token.type === "inline" && tokens[at - 1].type !== "heading_open";
    if (isText) text.push(textOf(token));
    if (isText) {
      const code = token.children.filter(({ type }) => type === "code_inline");
      const isFirst = tokens[at - 1].type === "td_open" && tokens[at - 2].type === "tr_open";
      names.push(...code.map(({ content }) => content));
      if (isFirst) defined.push(...code.map(({ content }) => content));
    }
    if (token.type === "fence" || token.type === "code_block") text.push(token.content);
  });
  return sections.map(({ text, names, defined, ...rest }) => ({
    ...rest,
    text: text.join(" · ").replace(/\s+/g, " ").trim(),
    names: [...new Set(names)].join(" "),
    defined: defined.join(" "),
  }));
}
