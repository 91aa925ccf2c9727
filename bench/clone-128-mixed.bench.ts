import { clone128 } from './clone-128.ts';

export const clone128Mixed = clone128('mixed');
