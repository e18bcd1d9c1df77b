import words from '@/words';
import './main.scss';
log('main', words.join(), __COMMAND__, import.meta.env.BASE_URL);
