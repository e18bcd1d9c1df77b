export default window.forum.get('app');
