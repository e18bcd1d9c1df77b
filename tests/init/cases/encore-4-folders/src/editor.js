import './editor.css';

log('editor');
