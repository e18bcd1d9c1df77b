// The links of stylesheets, for client.js: a link is replaced by one that loads the new stylesheet.

// The address of a link before the client swapped it.
function original(link) {
  return link.href.replace(/[?&]bundle-dev=.*$/, "");
}

// Inserts a new link after the old one, which is removed once the new one has loaded: so the page
// always has a stylesheet. A link that has to wait is replaced in turn, and the last one removes
// all that came before it. The address of the link itself changes too: the next load of the page
// requests it.
function swap(page, old, hash, safely) {
  var address = original(old);
  var link = old.cloneNode(false);
  var nonce = nonce_of(old);
  var timer = setTimeout(safely(loaded), 3000);
  function loaded() {
    var before = link.bundle_dev_before;
    clearTimeout(timer);
    link.bundle_dev_before = link.onload = link.onerror = null;
    for (; before; before = before.bundle_dev_before) remove(before);
  }
  // The old one stays, unless a newer one is on its way.
  function failed() {
    clearTimeout(timer);
    if (link.bundle_dev_after) return;
    old.bundle_dev_after = null;
    remove(link);
  }
  link.removeAttribute("integrity");
  if (nonce) link.setAttribute("nonce", nonce);
  link.onload = safely(loaded);
  link.onerror = safely(failed);
  link.bundle_dev_before = old;
  old.bundle_dev_after = link;
  link.href = address.split("#")[0] + (address.indexOf("?") < 0 ? "?" : "&") + "bundle-dev=" + hash;
  old.parentNode.insertBefore(link, old.nextSibling);
  if (old.disabled) link.disabled = true;
  renew(page, [address], function () {});
}

// New browsers hide the nonce from the attribute; old ones have only the attribute.
function nonce_of(element) {
  return element.nonce || element.getAttribute("nonce");
}

function remove(node) {
  if (node.parentNode) node.parentNode.removeChild(node);
}
