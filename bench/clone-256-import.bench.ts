import { cloneBench } from './clone-scene.ts';

export const clone256Import = cloneBench(256, 'import', 40);
