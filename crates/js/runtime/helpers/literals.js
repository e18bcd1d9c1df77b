// Templates.

export function tagged_template_literal(cooked, raw) {
  return Object.freeze(Object.defineProperty(cooked, "raw", { value: Object.freeze(raw || cooked.slice(0)) }));
}

export function tagged_template_literal_loose(cooked, raw) {
  cooked.raw = raw || cooked.slice(0);
  return cooked;
}
