// In the page, before anything else of it runs: says when it first shows each mark. A mark is a title, the mark of a module, or a colour of a border. What
// changes the document is seen when it does, what changes only styles with the next frame. `benchShown` is the bench's.
(function () {
  "use strict";
  var seen = {};
  function note(mark) {
    if (!mark || seen[mark]) return;
    seen[mark] = true;
    window.benchShown(JSON.stringify({ mark: mark, at: Date.now() }));
  }
  function look() {
    var part = document.querySelector("[data-bench]");
    var head = document.querySelector("#app > .head");
    if (part) {
      note(part.title);
      note(part.getAttribute("data-bench"));
    }
    if (head) note(getComputedStyle(head).borderBottomColor);
  }
  function frame() {
    look();
    requestAnimationFrame(frame);
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  requestAnimationFrame(frame);
})();
