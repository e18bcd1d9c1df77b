import lines from 'model/lines';
import './editor.scss';
log('editor', lines(['a', 'b']), process.env.FEATURE, window.polyfilled);
