import './styles/app.scss';
import 'lodash';
import { words } from '@/words';
import { title } from '@/title';
log(title('app'), words.join(' '), SITE, $('x'), window.jQuery === jQuery);
