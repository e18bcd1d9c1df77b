export function draw(canvas) {
  canvas.getContext("2d").fillRect(0, 0, 100, 50);
}
