"""Choices between many expressions that a text can begin with, kept by the letters they begin with.

What comes in is a list of regular expressions; what goes out is a matcher. Most texts begin with a
letter that few of the expressions begin with: only those are tried, in their order.
"""

import re
import sys
from collections.abc import Iterable

#: What a match may begin with where that is not one of a few letters.
_ANY: frozenset[str] = frozenset(("",))
_QUANTIFIER = re.compile(r"[?*+]\??|\{(\d*)(?:,\d*)?\}\??")
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>|(?!\?))")
_LOOK = re.compile(r"\(\?<?[=!]")
_CLASS = re.compile(r"\[(\^?)\]?(?:[^\]\\]|\\.)*\]")
_LITERALS = re.compile(r"\\?[^\\]", re.DOTALL)


class Openings:
    """Expressions that a text may begin with: what ``"|".join`` of them would match.

    Args:
        expressions: In the order in which they are tried.
        form: The whole expression; the choice stands for ``{}`` in it.
        before: Signs that may stand before the choice in ``form``.
        flags: As of :mod:`re`.
    """

    def __init__(
        self, expressions: Iterable[str], form: str = "{}", *, before: str = "", flags: int = 0
    ) -> None:
        self._expressions = [(e, initials(e, caseless=bool(flags & re.I))) for e in expressions]
        self._form, self._before, self._flags = form, before, flags
        self._known: dict[str, re.Pattern[str] | None] = {}
        self._compiled: dict[tuple[str, ...], re.Pattern[str]] = {}

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Match at ``start``, as a pattern of :mod:`re` does."""
        letter = text[start] if start < len(text) else ""
        try:
            pattern = self._known[letter]
        except KeyError:
            pattern = self._known[letter] = self._beginning_with(letter)
        return pattern.match(text, start, end) if pattern is not None else None

    def _beginning_with(self, letter: str) -> re.Pattern[str] | None:
        every = not letter or letter in self._before
        small = _folded(letter) if self._flags & re.I else letter
        tried = tuple(
            [e for e, first in self._expressions if every or small in first or "" in first]
        )
        if tried and tried not in self._compiled:
            form = self._form.replace("{}", f"(?:{'|'.join(tried)})", 1)
            self._compiled[tried] = re.compile(form, self._flags)
        return self._compiled.get(tried)


def choice(expressions: Iterable[str], *, caseless: bool = False) -> str:
    """What ``"|".join`` of the expressions would match, those of one first letter together.

    Where another letter stands, all of them are passed over at one look. Two that can begin with
    the same letter keep their order.
    """
    groups: list[tuple[frozenset[str], list[str]]] = []
    for expression in expressions:
        first = initials(expression, caseless=caseless)
        joined = _joinable(groups, first) if len(first) == 1 else None
        if joined is None:
            groups.append((first, [expression]))
        else:
            joined.append(expression)
    found = ("|".join(alike) for _, alike in groups)
    return "|".join(
        f"(?:{one})" if len(alike) > 1 else one
        for one, (_, alike) in zip(found, groups, strict=True)
    )


def _joinable(
    groups: list[tuple[frozenset[str], list[str]]], first: frozenset[str]
) -> list[str] | None:
    """The earlier expressions of a first letter, unless what lies between can begin with it."""
    for letters, alike in reversed(groups):
        if letters == first and "" not in first:
            return alike
        if "" in letters or not letters.isdisjoint(first):
            return None
    return None


def initials(expression: str, *, caseless: bool = False) -> frozenset[str]:
    """The letters that what an expression matches can begin with; "" among them for any letter.

    Args:
        expression: A regular expression.
        caseless: Give folded letters: case is ignored.
    """
    found, _, empty = _choice(expression, 0)
    if empty:
        return _ANY
    return frozenset(map(_folded, found)) if caseless else frozenset(found)


def _folded(letter: str) -> str:
    folded = letter.casefold()
    return folded if len(folded) == 1 else letter.lower()[:1]


def _choice(expression: str, at: int) -> tuple[set[str], int, bool]:
    """First letters of alternatives up to the end of their group, that end, and if one is empty."""
    found: set[str] = set()
    some_empty, done, empty = False, False, True
    while at < len(expression) and expression[at] != ")":
        if expression[at] == "|":
            some_empty |= empty
            done, empty, at = False, True, at + 1
            continue
        letters, at, may_miss = _atom(expression, at)
        if not done:
            found |= letters
            done, empty = not may_miss, may_miss
    return found, at, some_empty or empty


def _atom(expression: str, at: int) -> tuple[set[str], int, bool]:
    """First letters of the next part of an expression, where it ends, and if it may be missing."""
    sign = expression[at]
    if sign in "^$" or expression.startswith((r"\b", r"\B"), at):
        return set(), at + (1 if sign in "^$" else 2), True
    letters, end, empty = {""}, at + 1, False
    if sign == "(":
        group = _GROUP.match(expression, at)
        if group is None:  # what only looks ahead or back, or has flags of its own
            return _looked_past(expression, at)
        letters, end, empty = _choice(expression, group.end())
        end += 1
    elif sign == "[":
        whole = _CLASS.match(expression, at)
        end = whole.end() if whole else len(expression)
        letters = _of_class(expression[at + 1 : end - 1])
    elif sign == "\\":
        end, known = at + 2, not expression[at + 1].isalnum()
        letters = {expression[at + 1]} if known else {""}
    elif sign != ".":
        letters = {sign}
    repeated = _QUANTIFIER.match(expression, end)
    if repeated:
        end = repeated.end()
        empty = empty or repeated[0][0] in "?*" or repeated[1] in ("", "0")
    return letters, end, empty


def _looked_past(expression: str, at: int) -> tuple[set[str], int, bool]:
    """A look around says nothing of the first letter; anything else may begin with any."""
    look = _LOOK.match(expression, at)
    end = _choice(expression, look.end())[1] if look else expression.index(")", at)
    return (set() if look else {""}), end + 1, look is not None


def _of_class(inside: str) -> set[str]:
    """The signs of a class "[Ss]"; any where it excludes some, has a range or a kind of sign."""
    signs = [m[0][-1] if m[0][0] == "\\" else m[0] for m in _LITERALS.finditer(inside)]
    plain = not re.search(r"^\^|[^\\]-.|\\[A-Za-z]", inside)
    return set(signs) if plain else {""}
