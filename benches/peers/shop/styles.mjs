// What all sheets of the shop share.

/** Names and texts in src/styles. */
export const SHARED_STYLES = {
  "_tokens.scss": `$colours: (
  "primary": #2563eb,
  "accent": #d97706,
  "danger": #b91c1c,
  "quiet": #6b7280,
  "paper": #fafaf9,
);
$space: 4px;
$radius: 6px;
$breakpoints: ("small": 480px, "middle": 800px, "large": 1200px);
`,
  "_mixins.scss": `@use "sass:map";
@use "sass:color";
@use "./tokens" as *;

@function colour($name, $lighter: 0%) {
  @return color.adjust(map.get($colours, $name), $lightness: $lighter);
}

@function space($count) {
  @return $space * $count;
}

@mixin from($name) {
  @media (min-width: map.get($breakpoints, $name)) {
    @content;
  }
}

@mixin card($name, $lifted: false) {
  padding: space(3) space(4);
  border: 1px solid colour($name, 20%);
  border-radius: $radius;
  background: colour("paper");
  @if $lifted {
    box-shadow: 0 2px 6px rgba(colour($name), 0.25);
  }
}

@mixin row($gap) {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  > * + * {
    margin-left: space($gap);
  }
}
`,
  "base.scss": `@use "./mixins" as *;
@use "./tokens" as *;

body {
  margin: 0;
  font: 14px/1.5 sans-serif;
  color: #1f2937;
}

@each $name, $value in $colours {
  .text-#{$name} { color: $value; }
  .back-#{$name} { background: $value; }
}

@for $count from 1 through 6 {
  .space-#{$count} { margin: space($count); }
}

@each $name, $width in $breakpoints {
  @include from($name) {
    .hidden-from-#{$name} { display: none; }
  }
}
`,
};
