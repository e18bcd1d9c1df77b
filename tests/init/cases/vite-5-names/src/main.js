import './main.css';
log("main", [1, 2].includes(2), { ...{ a: 1 } }.a);
