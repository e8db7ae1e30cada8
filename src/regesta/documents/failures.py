"""What an installed extension failed at, as a value: names of what failed, where and why.

Long work runs in threads and in processes of its own, where a Python warning would be lost, or
would change the filters of everybody. So it hands its failures on with its answer.
"""

import warnings
from collections.abc import Callable, Iterable

from regesta.documents.base import Value


class Failure(Value, frozen=True):
    """Something installed that failed and was passed over.

    Attributes:
        what: Its kind and name: "linker nets".
        where: The first document, or collection, at which it failed.
        why: The error.
        times: At how many it failed.
    """

    what: str
    where: str
    why: str
    times: int = 1

    @property
    def words(self) -> str:
        """In one line."""
        more = f" and {self.times - 1:,} more" if self.times > 1 else ""
        return f"{self.what} failed on {self.where}{more} and was passed over: {self.why}"


#: Told of each failure.
Failed = Callable[[Failure], None]


def warned(kind: type[Warning]) -> Failed:
    """Tell of failures by Python's warnings, for who works in the foreground."""

    def failed(failure: Failure) -> None:
        warnings.warn(failure.words, kind, stacklevel=4)

    return failed


def added_up(failures: Iterable[Failure]) -> tuple[Failure, ...]:
    """One failure for each thing that failed: where it did first, and how often."""
    found: dict[str, Failure] = {}
    for one in failures:
        first = found.get(one.what)
        found[one.what] = (
            Failure(one.what, first.where, first.why, first.times + one.times) if first else one
        )
    return tuple(found.values())
