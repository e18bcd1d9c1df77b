module.exports = async (bud) => {
  bud.runtime('single');
  await bud.setPath('@dist', 'assets').entry({ chart: 'chart.js' });
};
