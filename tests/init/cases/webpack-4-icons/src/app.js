import photo from './photo.png';
import store from 'store';

// Drawings are only added where a page shows them.
window.show = (name) => require(`./icons/${name}.svg`);
window.icons = () => {
  const context = require.context('./icons', false, /\.svg$/);
  context.keys().forEach(context);
};
log(photo, store.name, typeof window.Store);
