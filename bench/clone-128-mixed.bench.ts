import { cloneBench } from './clone-scene.ts';

export const clone128Mixed = cloneBench(128, 'mixed', 38);
