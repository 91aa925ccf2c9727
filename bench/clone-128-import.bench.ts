import { clone128 } from './clone-128.ts';

export const clone128Import = clone128('import');
