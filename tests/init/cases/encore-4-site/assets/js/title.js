// lodash is a global of the page.
export const title = (text) => _.capitalize(text);
