"""The texts of a folder at hand: numbers and places in, words out, without reading the rest.

A column of Parquet is read from its beginning: to cut the words around the seeds of a slice out of
it, an engine unpacks every text twice. Here they lie in one file, as wide as their signs are.
"""

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from regesta.linking.reuse.base import Batch
from regesta.linking.reuse.grow import AROUND, Integers

#: Texts, and of each where it begins, its size in bytes, and how wide its signs are.
TEXTS, PLACES = "texts.words", "texts.places"
#: Seeds whose words are cut at a time: with these about 30 MB.
AT_A_TIME = 20_000
#: Bytes a sign -> encoding. Nearly every text has signs of the first plane alone.
_CODECS = {2: "utf-16-le", 4: "utf-32-le"}


def write(folder: Path, batches: Iterable[Batch]) -> None:
    """Write the texts of batches (``stretch``, ``text``, in any order), unless they are there."""
    if (folder / PLACES).exists():
        return
    places, at = array("q"), 0
    draft = folder / f"{TEXTS}.draft"
    with draft.open("wb") as file:
        for batch in batches:
            for number, text in zip(batch["stretch"].tolist(), batch["text"], strict=True):
                packed, width = _packed(text)
                places.extend((number, at, len(packed), width))
                at += file.write(packed)
    draft.replace(folder / TEXTS)
    table = np.frombuffer(places, np.int64).reshape(-1, 4)
    draft = folder / f"{PLACES}.draft"
    draft.write_bytes(table[np.argsort(table[:, 0]), 1:].tobytes())
    draft.replace(folder / PLACES)


def _packed(text: str) -> tuple[bytes, int]:
    packed = text.encode("utf-16-le")
    return (packed, 2) if len(packed) == 2 * len(text) else (text.encode("utf-32-le"), 4)


class Cuts(Sequence[str]):
    """Words cut out of texts, each unpacked when it is asked for."""

    def __init__(self, packed: list[bytes], widths: list[int]) -> None:
        self._packed, self._widths = packed, widths

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> "Cuts": ...
    def __getitem__(self, at: int | slice) -> "str | Cuts":
        if isinstance(at, slice):
            return Cuts(self._packed[at], self._widths[at])
        return str(self._packed[at], _CODECS[self._widths[at]])

    def codes(self) -> tuple[NDArray[np.uint16], Integers] | None:
        """All signs in a row and how many each has; None where some are beyond the first plane."""
        if self._widths.count(2) < len(self._widths):
            return None
        lengths = np.fromiter(map(len, self._packed), np.int64, len(self._packed)) // 2
        return np.frombuffer(b"".join(self._packed), np.uint16), lengths


def _sought(file: int, size: int, at: int) -> bytes:
    os.lseek(file, at, os.SEEK_SET)
    return os.read(file, size)


#: Reads from a place of a file; in two steps where the system has no step for it.
_read: Callable[[int, int, int], bytes] = getattr(os, "pread", _sought)


class Words:
    """Texts by their numbers; close it after use."""

    def __init__(self, folder: Path) -> None:
        places = np.fromfile(folder / PLACES, np.int64).reshape(-1, 3)
        self._starts, self._sizes, self._widths = places.T
        self._file = os.open(folder / TEXTS, os.O_RDONLY | getattr(os, "O_BINARY", 0))

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def cut(self, numbers: Integers, first: Integers, last: Integers) -> Cuts:
        """Give texts from so many code points to so many, as far as they reach."""
        widths = self._widths[numbers]
        begin, end = widths * first, np.minimum(widths * last, self._sizes[numbers])
        at, size = self._starts[numbers] + begin, np.maximum(end - begin, 0)
        file = self._file
        packed = [_read(file, n, p) for n, p in zip(size.tolist(), at.tolist(), strict=True)]
        return Cuts(packed, widths.tolist())


def around(batches: Iterable[Batch], words: Words) -> Iterator[Batch]:
    """Seeds with the words around them in both texts, as ``stages.WINDOWS`` gives them."""
    for whole in batches:
        for first in range(0, len(whole["a"]), AT_A_TIME):
            batch = {name: column[first : first + AT_A_TIME] for name, column in whole.items()}
            batch["u0"] = np.maximum(batch["x0"] - AROUND, 0)
            batch["v0"] = np.maximum(batch["y0"] - AROUND, 0)
            batch["u"] = words.cut(batch["a"], batch["u0"], batch["x1"] + AROUND)
            batch["v"] = words.cut(batch["b"], batch["v0"], batch["y1"] + AROUND)
            yield batch
