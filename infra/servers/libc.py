"""The C library, where it is Linux's; None elsewhere.

Loaded with the program, because between fork and exec nothing may take an import or allocator lock.
"""

import ctypes
import sys

libc = ctypes.CDLL(None) if sys.platform == "linux" else None
