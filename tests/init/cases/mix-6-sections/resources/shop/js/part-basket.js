export default 'basket';
