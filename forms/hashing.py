"""How keys that came later stay out of the hash of items that do not use them."""


def unsaid(value: object) -> bool:
    """For `exclude_if`: a key that an item does not use is left out of what is hashed.

    So an item that was published before there was such a key says what it said, and keeps its hash.
    """
    return value is None or value == () or value is False
