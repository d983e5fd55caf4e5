"""SM3 (GB/T 32905), the one hash of the house. At the bottom of it because items are frozen by their hash too."""

import hashlib

HASHLIB_SM3 = "sm3" in hashlib.algorithms_available


def sm3(data: bytes) -> bytes:
    if HASHLIB_SM3:
        return hashlib.new("sm3", data).digest()
    # Some Python builds link an OpenSSL without SM3; the wheel of cryptography brings its own.
    from cryptography.hazmat.primitives.hashes import SM3, Hash

    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize()


if sm3(b"abc").hex()[:8] != "66c7f0f4":
    raise RuntimeError("SM3 self-test failed: this machine must not keep a legal record")
