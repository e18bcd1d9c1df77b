// A page shows itself with the sheets of the oracle, which are linked in its head, and then with each of ours. What computed styles
// say of any element must be the same.

function shown() {
    var lines = [];
    var elements = document.querySelectorAll("main, main *");
    for (var at = 0; at < elements.length; at++) {
        ["", "::before", "::after"].forEach(function (pseudo) {
            var style = getComputedStyle(elements[at], pseudo || null);
            for (var index = 0; index < style.length; index++) {
                var name = style[index];
                // What browsers before this one call flexible boxes: it is said for them alone.
                if (/^-webkit-box-/.test(name)) {
                    continue;
                }
                lines.push(at + " " + elements[at].className + pseudo + " " + name + ": " + style.getPropertyValue(name));
            }
        });
    }
    return lines;
}

window.addEventListener("load", function () {
    var expected = shown();
    [].forEach.call(document.querySelectorAll("link"), function (link) {
        link.parentNode.removeChild(link);
    });
    var plain = shown();
    var results = { differences: [], isStyled: plain.join() !== expected.join() };
    sheets.forEach(function (sheet) {
        var style = document.createElement("style");
        style.textContent = sheet.text;
        document.head.appendChild(style);
        shown().forEach(function (line, index) {
            if (line !== expected[index]) {
                results.differences.push(sheet.form + ": " + line + ", not " + expected[index]);
            }
        });
        document.head.removeChild(style);
    });
    var pre = document.createElement("pre");
    pre.id = "results";
    pre.textContent = JSON.stringify(results);
    document.body.appendChild(pre);
});
