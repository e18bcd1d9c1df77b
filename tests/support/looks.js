// A function for a page in Chromium: what it looks like, beside what it should. Gives a list of complaints.
// `styles`: computed values by selector, `::before` included; `images`: the kind and natural size of an image or a background;
// `widths`: of text, which says that it is set in its font; `fonts`: those that were loaded; `files`: what was asked for under `assets/`.
(async function ({ styles = {}, images = {}, widths = {}, fonts = [], files = [] }) {
    const complaints = [];
    const compare = (what, is, should) => {
        if (String(is) !== String(should)) complaints.push(`${what} is ${is}, not ${should}`);
    };
    const found = (selector) => {
        const [element, pseudo] = selector.split("::");
        const first = document.querySelector(element);
        if (!first) throw new Error(`the page has no ${element}`);
        return { first, style: getComputedStyle(first, pseudo && `::${pseudo}`) };
    };
    /** What kind of image the element shows, and its natural size, asked of the same address. */
    const imageOf = async (selector) => {
        const { first, style } = found(selector);
        const image = new Image();
        image.src = first.currentSrc || JSON.parse(/url\((".*?[^\\]")\)/.exec(style.backgroundImage)?.[1] ?? '""');
        await image.decode().catch(() => {});
        const [, inlined, copied] = /^data:image\/(\w+)|\.(\w+)$/.exec(image.src) ?? [];
        return `${inlined ? "inlined " : ""}${inlined ?? copied} of ${image.naturalWidth} x ${image.naturalHeight}`;
    };
    const textWidth = (selector) => {
        const range = document.createRange();
        range.selectNodeContents(found(selector).first);
        return Math.round(range.getBoundingClientRect().width);
    };

    await document.fonts.ready;
    const requests = performance.getEntriesByType("resource").filter(({ name }) => !name.endsWith("/favicon.ico"));
    for (const { name, responseStatus } of requests) compare(name, responseStatus, 200);
    const plain = (address) => /\/assets\/(.*)-[0-9a-f]{8}(\.\w+)$/.exec(address)?.slice(1).join("");
    compare("what was asked for", requests.map(({ name }) => plain(name)).filter(Boolean).sort(), files);
    const loaded = [...document.fonts].filter(({ status }) => status === "loaded");
    compare("the fonts", loaded.map(({ family }) => family.replace(/"/g, "")), fonts);
    for (const [selector, values] of Object.entries(styles)) {
        for (const [name, value] of Object.entries(values)) {
            // Layout counts in 64ths of a pixel.
            const is = found(selector).style.getPropertyValue(name).replace(/\d+\.\d+px/g, (size) => `${Math.round(parseFloat(size))}px`);
            compare(`${name} of ${selector}`, is, value);
        }
    }
    for (const [selector, image] of Object.entries(images)) compare(`the image of ${selector}`, await imageOf(selector), image);
    for (const [selector, width] of Object.entries(widths)) compare(`the width of ${selector}`, textWidth(selector), width);
    return complaints;
})
