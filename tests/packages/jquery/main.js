import $ from "jquery";

$("#app").append($("<ul>", { class: "list" }).append(["a", "b", "c"].map((text) => $("<li>").text(text).data("key", text))));
const clicked = [];
$("#app").on("click", "li", function () {
  clicked.push($(this).data("key"));
});
$(".list li").eq(1).trigger("click");
$(".list li:last").addClass("last").css("color", "red").click();
assert.deepEqual(clicked, ["b", "c"]);
assert.equal($(".list").children(".last").text(), "c");
assert.equal($.param({ a: [1, 2], b: { c: "d e" } }), "a%5B%5D=1&a%5B%5D=2&b%5Bc%5D=d%20e");
assert.deepEqual($.extend(true, {}, { a: { b: 1 } }, { a: { c: 2 } }), { a: { b: 1, c: 2 } });
assert.equal(window.jQuery, undefined, "a bundled jQuery is no page global");
const finish = done.async();
$.when($.Deferred().resolve(1), 2).then((one, two) => {
  assert.equal(one + two, 3);
  log("ok");
  finish();
});
