import Chart from "chart.js";

const canvas = document.createElement("canvas");
document.querySelector("#app").appendChild(canvas);
const chart = new Chart(canvas.getContext("2d"), {
  type: "bar",
  data: {
    labels: ["Red", "Blue", "Yellow"],
    datasets: [{ label: "votes", data: [12, 19, 3], backgroundColor: "rgba(255, 99, 132, 0.2)" }],
  },
  options: { responsive: false, animation: false, scales: { yAxes: [{ ticks: { beginAtZero: true } }] } },
});
assert.equal(chart.getDatasetMeta(0).data.length, 3);
assert.equal(chart.scales["y-axis-0"].max, 20);
chart.data.datasets[0].data.push(7);
chart.data.labels.push("Green");
chart.update();
assert.equal(chart.getDatasetMeta(0).data.length, 4);
assert(chart.toBase64Image().indexOf("data:image/png;base64,") === 0);
assert.equal(Chart.helpers.color("red").rgbString(), "rgb(255, 0, 0)");
log("ok");
