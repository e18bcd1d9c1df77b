import { hello } from 'lang/en';
import { shout } from 'tools/shout';
log(shout(hello));
import(/* webpackChunkName: "later" */ './later').then((later) => log(later.default));
