"""Times OpenCV's seamlessClone on raw 8-bit images: opencv_clone.py FOLDER SIZE REPEATS.

FOLDER holds target.raw and source.raw (SIZE x SIZE x 3) and mask.raw (SIZE x SIZE); the source stays where it is.
Prints one line of JSON. Exits with 3 where OpenCV is not installed.
"""

import json
import sys
import time

try:
    import cv2
    import numpy
except ImportError:
    sys.exit(3)

folder, size, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def read(name, channels):
    shape = (size, size, channels) if channels > 1 else (size, size)
    return numpy.fromfile(f"{folder}/{name}.raw", numpy.uint8).reshape(shape)


target, source, mask = read("target", 3), read("source", 3), read("mask", 1)
x, y, width, height = cv2.boundingRect(mask)
center = (x + width // 2, y + height // 2)
seconds = []
for _ in range(repeats):
    begin = time.perf_counter()
    cv2.seamlessClone(source, target, mask, center, cv2.NORMAL_CLONE)
    seconds.append(time.perf_counter() - begin)
print(json.dumps({"seconds": seconds, "version": cv2.__version__, "threads": cv2.getNumThreads()}))
