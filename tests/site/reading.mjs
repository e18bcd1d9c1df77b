// Reads the site in a browser: the search by keyboard, colours, the menu, the playground in place,
// pages without scripts, accessibility, and pictures. For run.mjs.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Browser, DESKTOP, PHONE } from "./browser.mjs";

/** What somebody looks for, and the page that has to come first. */
const SEARCHES = [
  ["extract-text", "guides/webpack.html"],
  ["missing-export", "diagnostics.html#missing-export"],
  ["publicPath", "config.html"],
  ["Laravel", "guides/laravel.html"],
  ["polyfill", "targets.html#polyfills"],
  ["exit code", "running.html"],
  ["nonce", "php"],
  ["bundle_tags", "php.html"],
  ["content hash", "design/content-hashes.html"],
  ["codeigniter 3", "guides/codeigniter-3.html"],
  ["missing-exprt", "diagnostics.html#missing-export"],
  ["watch.reload", "watching.html#pages-show-edits"],
  ["sass partials", "styles.html#partials"],
];

/** Pages that look different from each other. */
const REPRESENTATIVE = [
  "index.html",
  "guides/webpack.html",
  "config.html",
  "diagnostics.html",
  "design/testing.html",
];

const axe = readFileSync(
  new URL("../../site/node_modules/axe-core/axe.min.js", import.meta.url),
  "utf8",
);

/** Runs every check: `{ checks, complaints }`. */
export async function checkReading(place) {
  const browser = new Browser();
  const complaints = [];
  let checks = 0;
  /** Runs a check; what it throws, or what the page complains about, is a complaint. */
  const check = async (name, run) => {
    checks += 1;
    await run().catch((error) => complaints.push(`${name}: ${error.message}`));
    complaints.push(...browser.complaints.splice(0).map((text) => `${name}: ${text}`));
  };
  await browser.start();
  for (const part of [search, colours, menu, code, playground, withoutScripts, look]) {
    await part(browser, place, check);
  }
  await browser.end();
  const foreign = browser.requests.filter(
    (url) => ![place.origin, "file:", "about:", "data:"].some((own) => url.startsWith(own)),
  );
  complaints.push(...foreign.map((url) => `a request to ${url}`));
  return { checks, complaints };
}

function expect(is, what) {
  if (!is) throw new Error(what);
}

/** The search, by keyboard only; from a server and from the disk. */
async function search(browser, { site, home }, check) {
  await browser.show(DESKTOP);
  const places = [home, pathToFileURL(site).href + "/"];
  for (const start of places) {
    for (const [query, page] of start === home ? SEARCHES : SEARCHES.slice(0, 2)) {
      await check(`search for ${query} at ${start}`, async () => {
        await browser.open(`${start}design/cache.html`);
        const before = browser.requests.length;
        await browser.press("/");
        await browser.until("document.activeElement.role === 'combobox'");
        await browser.type(query);
        await browser.until("document.querySelector('#search-results li')");
        const loaded = browser.requests.slice(before).filter((url) => !url.endsWith("icon.svg"));
        expect(loaded.length === 1 && loaded[0].includes("search"), `it loads ${loaded}`);
        expect(
          await browser.evaluate("!!document.querySelector('#search-results mark')"),
          "no marks",
        );
        expect(
          await browser.evaluate("!!document.querySelector('.excerpt').textContent"),
          "no excerpt",
        );
        const found = await browser.evaluate(
          "[...document.querySelectorAll('#search-results a')].map((link) => link.href)",
        );
        const first = found[0].slice(start.length);
        expect(first.startsWith(page), `first is ${found.slice(0, 4).join(" ")}`);
        await browser.press("Enter");
        await browser.until(`location.href.startsWith(${JSON.stringify(start + page)})`);
      });
    }
  }
  await check("keys of the search", async () => {
    await browser.open(`${home}index.html`);
    await browser.press("/");
    await browser.until("document.activeElement.role === 'combobox'");
    await browser.type("area");
    await browser.until("document.querySelectorAll('#search-results li').length > 2");
    const chosen = () =>
      browser.evaluate(
        `[...document.querySelectorAll("#search-results li")].findIndex((item) =>
          item.ariaSelected === "true" &&
          item.id === document.activeElement.getAttribute("aria-activedescendant"))`,
      );
    expect((await chosen()) === 0, "the first is chosen");
    await browser.press("ArrowDown");
    await browser.press("ArrowDown");
    await browser.press("ArrowUp");
    expect((await chosen()) === 1, "arrows choose");
    await browser.press("ArrowUp");
    await browser.press("ArrowUp");
    expect((await chosen()) > 1, "up from the first is the last");
    await browser.press("Escape");
    await browser.until("!document.querySelector('dialog').open");
    await browser.press("/");
    await browser.until("document.querySelector('dialog').open");
    await browser.type("zzqqxx");
    await browser.until("document.querySelector('.search-state').textContent.includes('zzqqxx')");
    await browser.press("Escape");
  });
}

/** Colours: the system's, chosen ones, and chosen ones that nothing remembers. */
async function colours(browser, { home }, check) {
  const isDark = () =>
    browser.evaluate("getComputedStyle(document.body).backgroundColor === 'rgb(16, 19, 23)'");
  const change = () => browser.evaluate("document.querySelector('.theme-button').click()");
  await check("colours", async () => {
    for (const scheme of ["dark", "light"]) {
      await browser.show(DESKTOP, scheme);
      await browser.open(`${home}areas.html`);
      expect((await isDark()) === (scheme === "dark"), `the system's ${scheme}`);
    }
    await change();
    expect(await isDark(), "the button makes it dark");
    await browser.open(`${home}guides/vite.html`);
    expect(await isDark(), "the next page is dark too");
    const pressed = "document.querySelector('.theme-button').ariaPressed === 'true'";
    expect(await browser.evaluate(pressed), "the button says so");
    await change();
    await browser.open(`${home}areas.html`);
    expect(!(await isDark()), "and light again");
    await browser.evaluate("localStorage.clear()");
  });
  await check("paper", async () => {
    await browser.show(DESKTOP, "dark", "print");
    await browser.open(`${home}config.html`);
    const seen = await browser.evaluate(`[".navigation", ".header", ".toc", "pre"].map((each) =>
      getComputedStyle(document.querySelector(each))).map(({ display, backgroundColor }) =>
      display === "none" ? "none" : backgroundColor)`);
    expect(seen.join(" ") === "none none none rgb(246, 247, 249)", `it shows ${seen}`);
    await browser.show(DESKTOP);
  });
  await check("colours without storage", async () => {
    const restore = await browser.withoutStorage();
    await browser.open(`${home}areas.html`);
    await change();
    expect(await isDark(), "the button works");
    await restore();
  });
}

/** The menu of phones. */
async function menu(browser, { home }, check) {
  await check("menu", async () => {
    await browser.show(PHONE);
    await browser.open(`${home}splitting.html`);
    const isVisible =
      "getComputedStyle(document.querySelector('#navigation')).visibility === 'visible'";
    expect(!(await browser.evaluate(isVisible)), "closed at first");
    await browser.evaluate("document.querySelector('.menu-button').click()");
    await browser.until(isVisible);
    expect(await browser.evaluate("document.activeElement.ariaCurrent === 'page'"), "focus");
    await browser.press("Escape");
    await browser.until(`!(${isVisible})`);
    expect(
      await browser.evaluate("document.activeElement.matches('.menu-button')"),
      "focus is back",
    );
  });
}

/** Code is highlighted, and copied without its prompts. */
async function code(browser, { home }, check) {
  await check("code", async () => {
    await browser.show(DESKTOP);
    await browser.open(`${home}guides/laravel.html`);
    await browser.evaluate(`Object.defineProperty(navigator, "clipboard",
      { value: { writeText: async (text) => { window.copied = text } } })`);
    const block =
      "[...document.querySelectorAll('.code')].find((each) => each.querySelector('.prompt'))";
    await browser.evaluate(`${block}.querySelector('.copy').click()`);
    const copied = await browser.evaluate("window.copied");
    expect(copied === "npx bundle init", `it copies ${copied}`);
    expect(
      await browser.evaluate("document.querySelectorAll('.hljs-keyword').length > 3"),
      "colours",
    );
    await browser.open(`${home}guides/laravel.html#deploy`);
    await browser.until("document.querySelector('.toc [aria-current]')");
  });
}

/** The playground opens in place, and loads nothing before. */
async function playground(browser, { home, site }, check) {
  const has = existsSync(join(site, "playground/index.html"));
  for (const [page, name] of [
    ["targets", "class"],
    ["vue", "admin"],
    ["areas", "market"],
  ]) {
    await check(`playground in ${page}`, async () => {
      await browser.show(DESKTOP);
      await browser.open(`${home}${page}.html`);
      const button = "document.querySelector('[data-playground] a')";
      if (!has) {
        expect(!(await browser.evaluate(`!!${button}`)), "a button to nothing");
        return;
      }
      expect(
        !browser.requests.some((url) => url.includes(`example=${name}`)),
        "not before the click",
      );
      expect(await browser.evaluate(`${button}.hash === "#example=${name}"`), "the example's name");
      await browser.evaluate(`${button}.click()`);
      await browser.until(
        "document.querySelector('iframe.playground').contentDocument.readyState === 'complete'",
      );
      const address = await browser.evaluate("document.querySelector('iframe.playground').src");
      expect(address === `${home}playground/index.html#example=${name}`, `it opens ${address}`);
      await browser.evaluate(`${button}.click()`);
      expect(
        await browser.evaluate("document.querySelector('iframe.playground').hidden"),
        "it closes",
      );
      browser.complaints.splice(0);
    });
  }
}

/** Everything but search and switch works without scripts. */
async function withoutScripts(browser, { home }, check) {
  await check("without scripts", async () => {
    await browser.scripts(false);
    for (const [screen, name] of [
      [DESKTOP, "desktop"],
      [PHONE, "phone"],
    ]) {
      await browser.show(screen);
      await browser.open(`${home}config.html`);
      const shown = await browser.evaluate(`(() => {
        const size = document.querySelector("#navigation").getBoundingClientRect();
        const buttons = [...document.querySelectorAll("button")].filter((each) => each.offsetWidth);
        return { width: size.width, buttons: buttons.length };
      })()`);
      expect(shown.width > 200, `${name}: no navigation`);
      expect(shown.buttons === 0, `${name}: buttons that do nothing`);
    }
    await browser.scripts(true);
  });
}

/** No page is wider than its screen, axe finds nothing serious, and pictures to look at. */
async function look(browser, { home, scratch }, check) {
  for (const [screen, name] of [
    [PHONE, "phone"],
    [DESKTOP, "desktop"],
  ]) {
    for (const scheme of ["light", "dark"]) {
      await browser.show(screen, scheme);
      for (const page of REPRESENTATIVE) {
        await check(`${page} on a ${scheme} ${name}`, async () => {
          await browser.open(home + page);
          await browser.evaluate("document.fonts.ready.then(() => true)");
          const file = `${page.replace(/\W/g, "-")}-${name}-${scheme}.png`;
          await browser.picture(join(scratch, file));
          const width = await browser.evaluate("document.documentElement.scrollWidth");
          expect(width <= screen.width, `the page is ${width} wide`);
          await browser.evaluate(`${axe}; true`);
          const found = await browser.evaluate(`axe.run().then(({ violations }) => violations
            .filter(({ impact }) => impact === "serious" || impact === "critical")
            .map(({ id, nodes }) => id + " " + nodes.slice(0, 3).map(({ html, any }) =>
              html.slice(0, 120) + " " + (any[0]?.message ?? "")).join(" | ")))`);
          expect(found.length === 0, found.join("\n  "));
        });
      }
    }
  }
}
