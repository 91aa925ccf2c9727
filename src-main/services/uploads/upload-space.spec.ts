import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UploadSpace } from './upload-space.ts';

it('never lets files take more than its limit together, and gives all of it back', () => {
  const act = fc.record({ file: fc.nat(4), bytes: fc.integer({ min: 0, max: 60 }), frees: fc.boolean() });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const space = new UploadSpace(100);
      const rooms = Array.from({ length: 5 }, () => space.open());
      const truth = [0, 0, 0, 0, 0];
      const total = () => truth.reduce((sum, bytes) => sum + bytes, 0);
      for (const { file, bytes, frees } of acts) {
        if (frees) {
          rooms[file]!.free();
          truth[file] = 0;
        } else if (total() + bytes > 100) {
          expect(() => rooms[file]!.take(bytes)).toThrow('start Seamfield again');
        } else {
          rooms[file]!.take(bytes);
          truth[file]! += bytes;
        }
        expect(space.taken).toBe(total());
      }
      for (const room of rooms) room.free();
      expect(space.taken).toBe(0);
    }),
    { seed: 5 },
  );
});
