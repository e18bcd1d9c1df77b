import words from 'market/common/words';
import locale from 'locale';
import './admin.scss';
log(AREA, words.length, locale);
