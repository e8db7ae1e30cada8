"""The base of every value: a frozen msgspec struct.

Frozen structs rather than frozen slotted dataclasses, by measurement (500,000 marks, Python 3.11):
creating 0.05 s against 0.56 s, decoding 0.13 s against 0.62 s, pickling 0.58 s against 2.16 s.
"""

import msgspec


class Value(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """An immutable value without identity: equal when its fields are equal."""
