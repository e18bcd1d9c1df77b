// A command makes it of main.scss.
import '../styles/made.css';

log('admin');
