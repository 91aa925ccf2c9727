"""OpenCV's seamlessClone on raw 8-bit pictures.

usage: seamless_clone.py SOURCE TARGET MASK OUT SIDE REPEATS

SOURCE and TARGET are [SIDE, SIDE, 3], MASK is [SIDE, SIDE]; OUT is written like TARGET. The source stays where it
is on the target. Prints one JSON object: the seconds that each repeat took, decoding aside.
"""

import json
import sys
import time

import cv2
import numpy as np

source_path, target_path, mask_path, out_path = sys.argv[1:5]
side, repeats = int(sys.argv[5]), int(sys.argv[6])
source = np.fromfile(source_path, np.uint8).reshape(side, side, 3)
target = np.fromfile(target_path, np.uint8).reshape(side, side, 3)
mask = np.fromfile(mask_path, np.uint8).reshape(side, side)
# seamlessClone wants the point on the target where the centre of the mask's bounding rectangle goes.
x, y, width, height = cv2.boundingRect(mask)
centre = (x + width // 2, y + height // 2)
seconds = []
for _ in range(repeats):
    begun = time.perf_counter()
    result = cv2.seamlessClone(source, target, mask, centre, cv2.NORMAL_CLONE)
    seconds.append(time.perf_counter() - begun)
result.tofile(out_path)
print(json.dumps({"seconds": seconds, "threads": cv2.getNumThreads()}))
