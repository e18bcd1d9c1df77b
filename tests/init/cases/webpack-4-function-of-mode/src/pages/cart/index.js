import total from '../../total';
log(__NAME__, __DEBUG__, process.env.API_URL);
log($('cart'), window.jQuery === jQuery, total([1, 2]));
