import { double } from '~tools/double';
import words from '@/words';
log(__SITE__, double(4), words.length, import.meta.env.PROD);
import('./later').then((later) => log(later.default));
