import { count } from 'hub'; log('front', count());
