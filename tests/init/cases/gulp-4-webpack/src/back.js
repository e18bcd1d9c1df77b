import { count } from 'hub'; log('back', count());
