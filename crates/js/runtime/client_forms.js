// Keeps what a reload of the page would lose, for client.js: what was typed into fields that are
// not secret, and scroll positions. It is kept in the storage of the tab, and restored once when
// the page has loaded again.

// Keeps what a reload would lose: what was typed, and scroll positions. If something is kept
// already, the page reloads again before that could be restored.
function keep(page) {
  var kept = { address: page.location.href };
  if (stored("bundle-dev")) return;
  kept.fields = all("input").concat(all("select"), all("textarea")).filter(is_typed).map(function (field) {
    return { place: place_of(field), content: content(field, false) };
  });
  kept.scrolls = all("*").filter(function (element) {
    return element.scrollTop || element.scrollLeft;
  }).map(function (element) {
    return { place: place_of(element), top: element.scrollTop, left: element.scrollLeft };
  });
  store("bundle-dev", JSON.stringify(kept));
}

// Scripts may create fields, and give the page its height, only after it has loaded: what cannot be
// restored yet is tried again.
function put_back(safely) {
  var kept = parsed(stored("bundle-dev"));
  var tries = 5;
  if (!kept) return;
  sessionStorage.removeItem("bundle-dev");
  if (kept.address === location.href) again();
  function again() {
    kept.fields = kept.fields.filter(function (field) {
      return !fill(find(field.place), field.content);
    });
    kept.scrolls = kept.scrolls.filter(function (scroll) {
      return !scroll_to(find(scroll.place), scroll);
    });
    tries -= 1;
    if (tries && kept.fields.length + kept.scrolls.length) setTimeout(safely(again), 300);
  }
}

// Fields that a person filled in, and that are not secret. A password that a page shows is a text
// field, recognised by its name.
function is_typed(field) {
  var names = attribute(field, "name") + attribute(field, "id");
  var hints = attribute(field, "autocomplete") + " " + (field.form ? attribute(field.form, "autocomplete") : "");
  var is_known = /^(text|search|email|url|tel|number|range|color|date|time|datetime-local|month|week|checkbox|radio)$/;
  if (!names || /passw|pwd/i.test(names) || /(^|\s)(off|cc-\S*|\S+-password|one-time-code)(\s|$)/i.test(hints)) return false;
  if (field.tagName.toUpperCase() === "INPUT" && !is_known.test(field.type)) return false;
  if (field.type === "radio" && !field.checked) return false;
  return content(field, false) !== content(field, true);
}

// What a field holds, or held when the page loaded: a text, whether it is checked, or the chosen
// options, as "0100".
function content(field, is_default) {
  if (field.options) return chosen(field, is_default);
  if (field.type === "checkbox" || field.type === "radio") return is_default ? field.defaultChecked : field.checked;
  return is_default ? field.defaultValue : field.value;
}

function chosen(select, is_default) {
  var flags = [].map.call(select.options, function (option) {
    return Number(is_default ? option.defaultSelected : option.selected);
  });
  if (is_default && select.type === "select-one" && flags.length && flags.indexOf(1) < 0) flags[0] = 1;
  return flags.join("");
}

// Gives a field its old content. Returns false if the field, or some of its options, do not exist
// yet.
function fill(field, kept) {
  if (!field || field.options && field.options.length !== kept.length) return false;
  if (field.options) {
    [].forEach.call(field.options, function (option, i) {
      option.selected = kept.charAt(i) === "1";
    });
  } else if (field.type === "checkbox" || field.type === "radio") field.checked = kept;
  else if (field.type !== "password" && field.value !== kept) field.value = kept;
  ["input", "change"].forEach(function (name) {
    var event = document.createEvent("Event");
    event.initEvent(name, true, false);
    field.dispatchEvent(event);
  });
  return true;
}

// Returns whether nothing is left to do: the element is there, or something else has scrolled it
// since.
function scroll_to(element, to) {
  function is_at(top, left) {
    return Math.abs(element.scrollTop - top) <= 1 && Math.abs(element.scrollLeft - left) <= 1;
  }
  if (!element) return false;
  if (is_at(to.top, to.left) || to.seen && !is_at(to.seen.top, to.seen.left)) return true;
  element.scrollTop = to.top;
  element.scrollLeft = to.left;
  to.seen = { top: element.scrollTop, left: element.scrollLeft };
  return is_at(to.top, to.left);
}

// An element is found again by its id, or among those with its tag and name.
function place_of(element) {
  var place = { id: attribute(element, "id"), tag: element.tagName, name: attribute(element, "name") };
  if (!place.id) place.index = peers(place).indexOf(element);
  return place;
}

function find(place) {
  var element = place.id ? document.getElementById(place.id) : peers(place)[place.index];
  return element && element.tagName === place.tag ? element : undefined;
}

function peers(place) {
  return all(place.tag).filter(function (element) {
    return attribute(element, "name") === place.name;
  });
}

function attribute(element, name) {
  return element.getAttribute(name) || "";
}
