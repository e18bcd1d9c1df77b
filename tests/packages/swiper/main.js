import Swiper from "swiper";

document.querySelector("#app").innerHTML = `
  <div class="swiper-container" style="width: 300px">
    <div class="swiper-wrapper">${["a", "b", "c"].map((text) => `<div class="swiper-slide">${text}</div>`).join("")}</div>
    <div class="swiper-pagination"></div>
  </div>`;
const changes = [];
const swiper = new Swiper(".swiper-container", {
  speed: 0,
  pagination: { el: ".swiper-pagination", clickable: true },
  on: {
    slideChange() {
      changes.push(this.activeIndex);
    },
  },
});
assert.equal(swiper.slides.length, 3);
assert.equal(document.querySelectorAll(".swiper-pagination-bullet").length, 3);
swiper.slideTo(2, 0);
swiper.slidePrev(0);
assert.deepEqual(changes, [2, 1]);
swiper.destroy(true, true);
log("ok");
