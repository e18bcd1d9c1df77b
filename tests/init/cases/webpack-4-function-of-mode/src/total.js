export default (prices) => prices.reduce((sum, price) => sum + price, 0);
