import { cloneBench } from './clone-scene.ts';

export const clone128Import = cloneBench(128, 'import', 38);
