document.getElementById("chart").addEventListener("click", async () => {
  const { draw } = await import("./chart.js");
  draw(document.getElementById("canvas"));
});
