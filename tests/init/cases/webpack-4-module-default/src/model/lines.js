export default (list) => list.join('/');
