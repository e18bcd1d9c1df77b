import './site.css';
order.push('site');
log(order.join(), process.env.KIND);
