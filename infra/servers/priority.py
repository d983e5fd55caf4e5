"""Who gives way (让路) on a machine that all parts share: the engine, to people at desks.

Only Linux knows these; elsewhere all share alike. Under a service manager the same is `CPUWeight=idle`.
"""

import ctypes
import os
import platform

from infra.servers.libc import libc

_NICEST = 19
_LONG_SLICE = 100_000_000  # nanoseconds; the kernel takes no longer one
_SCHED_SETATTR = {"x86_64": 314, "aarch64": 274}.get(platform.machine())


class _Attributes(ctypes.Structure):
    """`struct sched_attr` of sched_setattr(2), its first version."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("policy", ctypes.c_uint32),
        ("flags", ctypes.c_uint64),
        ("nice", ctypes.c_int32),
        ("priority", ctypes.c_uint32),
        ("runtime", ctypes.c_uint64),
        ("deadline", ctypes.c_uint64),
        ("period", ctypes.c_uint64),
    )


_BATCH = _Attributes(
    size=ctypes.sizeof(_Attributes), policy=getattr(os, "SCHED_BATCH", 0), nice=_NICEST, runtime=_LONG_SLICE
)


def give_way() -> None:
    """This process and its children from here on: the least share, and never a wait for whoever serves a person.

    A small share alone is not enough: who runs may finish the slice, and an act wakes six times. Since 6.12 the kernel
    lets whoever asks for shorter slices interrupt whoever asks for longer ones; older ones take the rest of it.
    """
    os.nice(_NICEST)
    _nice_session()
    if libc is not None and _SCHED_SETATTR is not None:
        libc.syscall(_SCHED_SETATTR, 0, ctypes.byref(_BATCH), 0)


def _nice_session() -> None:
    """Where the kernel groups tasks by session (autogroup), `nice` counts only inside one: the group has its own."""
    try:
        group = os.open("/proc/self/autogroup", os.O_WRONLY)
    except OSError:
        return
    try:
        os.write(group, b"%d" % _NICEST)
    except OSError:
        pass  # too many at once for a user who is not root: then all share alike
    finally:
        os.close(group)
