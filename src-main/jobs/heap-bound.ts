/**
 * Node's own bound on a process's objects. Pictures and networks lie outside of it and are memory-thread's to watch; objects
 * come to a few MiB, unless a stranger's file makes it otherwise.
 */
export const heapBound = ['--max-old-space-size=1024'];
