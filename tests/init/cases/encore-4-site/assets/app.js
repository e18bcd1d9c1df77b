import './styles/app.scss';
import { words } from '@/words';
log('app', words.join(' '), SITE, $('x'), window.jQuery === jQuery);
