"""Reading a search query: the words of a user in, a tree of nodes or a ``QueryError`` out.

Lexer and recursive descent. Nothing is guessed: what cannot be understood is refused with its
position and a sentence how to write it. ``docs/reference/query.md`` is the language's reference.
"""

import re
from dataclasses import replace
from itertools import pairwise
from typing import NoReturn

from regesta.documents.dates import from_iso
from regesta.edition.search.query import (
    LAYER_NAMES,
    NAME_FIELDS,
    VALUE_FIELDS,
    And,
    Dates,
    Everything,
    Leaf,
    Missing,
    Near,
    Node,
    Not,
    Or,
    Value,
)
from regesta.edition.search.query_lexer import Token, TokenKind, fail, tokens_of
from regesta.edition.search.words import folded_words
from regesta.errors import QueryError

#: A query is typed or pasted, not a document: these bounds keep the work of one search bounded.
LONGEST_QUERY = 4000
MOST_TERMS = 250
DEEPEST = 20

_TILDE = re.compile(r"~(\d*)$")
_SLIP_INSIDE = re.compile(r"(\w+~\d)(?!\S)")
#: Where a line break was lost in copying: "to the PresidentReports that…".
_RUN_TOGETHER = re.compile(r"(?<=[^\W\d_A-Z]{3})(?=[A-Z][^\W\d_A-Z]{2})")
_TRAILING = ".,;:!?)]}’'…–—"


def parse(query: str, *, layer: str = "") -> Node:
    """Read a query.

    Args:
        query: In Regesta's query language; only white space means everything.
        layer: The layer in which words without a layer of their own are looked for, or "" for all.

    Raises:
        QueryError: It is malformed; ``position`` says where, ``hint`` how to write it.
    """
    if len(query) > LONGEST_QUERY:
        raise QueryError(
            f"the query has {len(query):,} characters, at most {LONGEST_QUERY:,} are read",
            "shorten it",
            LONGEST_QUERY,
        )
    if not query.strip():
        return Everything()
    return _Parser(query, tokens_of(query), layer).whole()


def plain_words(text: str, *, layer: str = "") -> Node:
    """Read a text as plain words, any of which may stand in a document; no operators.

    Raises:
        QueryError: There is no word in it, or it is too long.
    """
    if not text.strip():
        return Everything()
    if len(text) > LONGEST_QUERY:
        parse(text)
    apart = _RUN_TOGETHER.sub(" ", text)
    words = tuple(dict.fromkeys(folded_words(apart)))[:MOST_TERMS]
    if not words:
        raise QueryError("there is no word in this query", "write a word", 0)
    leaves = tuple(Leaf("word", (word,), field=layer) for word in words)
    return Or(leaves) if len(leaves) > 1 else leaves[0]


class _Parser:
    """Recursive descent over the tokens: OR binds least, then AND, NEAR, NOT."""

    def __init__(self, query: str, tokens: list[Token], layer: str) -> None:
        self.query = query
        self.tokens = tokens
        self.layer = layer
        self.at = 0
        self.depth = 0
        self.terms = 0

    def whole(self) -> Node:
        node = self.either()
        if self.here and self.here.kind == ")":
            fail("a parenthesis is closed that was not opened", "take out )", self.here.position)
        if node is None:
            fail("there is no word in this query", "write a word, or nothing to find all", 0)
        return node

    @property
    def here(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def is_here(self, *kinds: TokenKind) -> bool:
        return self.here is not None and self.here.kind in kinds

    def either(self) -> Node | None:
        parts = [self.both()]
        while self.is_here("or"):
            operator = self.take()
            if parts[-1] is None:
                self.nothing("before", operator)
            parts.append(self.both())
            if parts[-1] is None:
                self.nothing("after", operator)
        if len(parts) == 1:
            return parts[0]
        found = [
            p for part in parts if part for p in (part.parts if isinstance(part, Or) else [part])
        ]
        return Or(tuple(dict.fromkeys(found))) if len(set(found)) > 1 else found[0]

    def both(self) -> Node | None:
        parts: list[Node] = []
        operator: Token | None = None
        while self.here and not self.is_here("or", ")"):
            if self.is_here("and"):
                if not parts or operator:
                    self.nothing("before", self.here)
                operator = self.take()
                continue
            part = self.near()
            if part is not None:
                parts.extend(part.parts if isinstance(part, And) else [part])
                operator = None
        if operator:
            self.nothing("after", operator)
        unique = tuple(dict.fromkeys(parts))
        if len(unique) > 1 and Everything() in unique:
            unique = tuple(part for part in unique if part != Everything())
        if not unique:
            return None
        return And(unique) if len(unique) > 1 else unique[0]

    def near(self) -> Node | None:
        first = self.unary()
        if not self.is_here("near"):
            return first
        operands, numbers = [first], []
        while self.is_here("near"):
            operator = self.take()
            if operands[-1] is None:
                self.nothing("before", operator)
            numbers.append(operator)
            operands.append(self.unary())
            if operands[-1] is None:
                self.nothing("after", operator)
        return self.nearby([o for o in operands if o is not None], numbers)

    def nearby(self, operands: list[Node], operators: list[Token]) -> Node:
        for operand, operator in zip(operands, [operators[0], *operators], strict=True):
            leaves = operand.parts if isinstance(operand, Or) else (operand,)
            if not all(
                isinstance(p, Leaf) and p.kind in ("word", "exact", "prefix") for p in leaves
            ):
                fail(
                    "NEAR stands between single words",
                    "write word NEAR/5 word, or (word OR word) NEAR/5 word",
                    operator.position,
                )
        pairs = [
            Near((a, b), operator.number, operator.position)
            for a, b, operator in zip(operands, operands[1:], operators, strict=False)
        ]
        for pair in pairs:
            self.same_place(pair)
        if len({pair.number for pair in pairs}) == 1:
            return Near(tuple(operands), pairs[0].number, pairs[0].position)
        return And(tuple(pairs))

    def same_place(self, pair: Near) -> None:
        """Two words are near each other only where they stand in one layer, and are two."""
        sides = [o.parts if isinstance(o, Or) else (o,) for o in pair.operands]
        leaves = [leaf for side in sides for leaf in side if isinstance(leaf, Leaf)]
        if len({leaf.field for leaf in leaves}) > 1:
            fail(
                "NEAR joins words of one layer",
                "write heading:(word NEAR/5 word)",
                pair.position,
            )
        if set(sides[0]) & set(sides[1]):
            fail("NEAR needs two different words", "write word NEAR/5 other", pair.position)

    def unary(self) -> Node | None:
        token = self.here
        if token is None or token.kind in (")", "or", "and", "near"):
            return None
        self.deeper(token)
        try:
            if token.kind == "not":
                return self.negation()
            return self.primary(self.take())
        finally:
            self.depth -= 1

    def negation(self) -> Node:
        operator = self.take()
        part = self.unary()
        if part is None:
            self.nothing("after", operator)
        return part.part if isinstance(part, Not) else Not(part)

    def primary(self, token: Token) -> Node | None:
        if token.kind == "(":
            node = self.either()
            if not self.is_here(")"):
                fail("a parenthesis is opened and not closed", "add )", token.position)
            self.take()
            if node is None:
                fail("there is nothing in the parentheses", "write words in them", token.position)
            return node
        if token.kind == "field":
            return self.field(token)
        if token.kind == "all":
            return Everything()
        self.terms += 1
        if self.terms > MOST_TERMS:
            fail(f"the query has more than {MOST_TERMS} words", "leave some out", token.position)
        return self.phrase(token) if token.kind == "phrase" else self.word(token)

    def field(self, token: Token) -> Node | None:
        name = token.text
        value = self.here
        assert value is not None
        canonical = {**LAYER_NAMES, **NAME_FIELDS, **VALUE_FIELDS, "date": "date"}[name]
        if value.kind == "word" and value.text == "-" and name not in LAYER_NAMES:
            self.take()
            if canonical in ("id", "number"):
                fail(f"{name}: needs a value", f"write {name}:value", token.position)
            return Missing(canonical, token.position)
        if name in VALUE_FIELDS or name == "date":
            if value.kind not in ("word", "phrase"):
                fail(f"{name}: takes one value", f"write {name}:value", value.position)
            self.take()
            text = value.text.strip()
            if name == "date":
                return _dates(text, value.position)
            return _value(canonical, text, value.position)
        outer, self.layer = self.layer, canonical
        try:
            node = self.primary(self.take())
        finally:
            self.layer = outer
        if node is None or node == Everything():
            fail(f"{name}: needs a word", f"write {name}:word", token.position)
        return node

    def phrase(self, token: Token) -> Node:
        text = token.text.strip()
        open_end = len(text) > 1 and text.endswith("*") and text[-2].isalnum()
        text = text[:-1] if open_end else text
        if "*" in text:
            fail(
                "* stands at the end of the phrase's last word",
                'write "soviet gov*"',
                token.position + token.text.index("*") + 1,
            )
        if slip := _SLIP_INSIDE.search(text):
            fail(
                "~ stands after a word by itself or after a phrase, not inside it",
                f'write {slip[1]} without quotation marks, or "two words"~5',
                token.position + 1 + token.text.index(slip[1]),
            )
        words = tuple(folded_words(text))
        if not words:
            fail("there is no word between the quotation marks", 'write "word"', token.position)
        if len(words) == 1:
            if token.number:
                fail("~ after a phrase needs two words", 'write "two words"~5', token.position)
            return Leaf(
                "prefix" if open_end else "exact", words, self.layer, 0, False, token.position
            )
        if token.number and open_end:
            fail("a phrase takes * or ~, not both", "choose one", token.position)
        if token.number and any(a == b for a, b in pairwise(words)):
            fail("~ needs different words", 'write "two words"~5', token.position)
        return Leaf("phrase", words, self.layer, token.number, open_end, token.position)

    def word(self, token: Token) -> Node | None:
        text, position = token.text.rstrip(_TRAILING), token.position
        leaf = Leaf("word", (), self.layer, 0, False, position)
        if text.startswith("="):
            return self.exact(leaf, text[1:])
        if "*" in text:
            return self.prefix(leaf, text)
        if tilde := _TILDE.search(text):
            return self.fuzzy(leaf, text[: tilde.start()], tilde[1])
        if re.search(r"\w\?\w", text):
            fail(
                "? does not stand for a letter",
                "write word~1 for one letter wrong, or beginning*",
                position + text.index("?"),
            )
        words = folded_words(re.sub(r"(?<=\w)['’]s$", "", text))
        if not words:
            return None
        return replace(leaf, kind="word" if len(words) == 1 else "joined", words=tuple(words))

    def exact(self, leaf: Leaf, text: str) -> Node:
        if not text and self.is_here("phrase"):
            return self.phrase(self.take())
        words = tuple(folded_words(text))
        if not words:
            fail("= needs a word", "write =word for this form alone", leaf.position)
        if "*" in text or "~" in text:
            fail("= asks for one form, * and ~ for several", "choose one of them", leaf.position)
        return replace(leaf, kind="exact" if len(words) == 1 else "phrase", words=words)

    def prefix(self, leaf: Leaf, text: str) -> Node:
        words = tuple(folded_words(text[:-1]))
        if text.count("*") > 1 or not text.endswith("*") or not words or not text[-2].isalnum():
            fail(
                "* stands for the end of a word only",
                "write gov* with at least one letter before it",
                leaf.position + text.index("*"),
            )
        if len(words) > 1:
            return replace(leaf, kind="phrase", words=words, open_end=True)
        return replace(leaf, kind="prefix", words=words)

    def fuzzy(self, leaf: Leaf, text: str, digits: str) -> Node:
        words, distance = tuple(folded_words(text)), int(digits[:3]) if digits else 1
        if len(words) != 1 or distance not in (1, 2):
            fail(
                "~ after a word is followed by 1 or 2 letters that may differ",
                "write word~1",
                leaf.position,
            )
        if len(words[0]) < distance * 2 + 1:
            fail(
                f"{words[0]} is too short for ~{distance}",
                f"write at least {distance * 2 + 1} letters",
                leaf.position,
            )
        return replace(leaf, kind="fuzzy", words=words, number=distance)

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            fail(
                f"parentheses and NOT stand more than {DEEPEST} deep",
                "write it simpler",
                token.position,
            )

    def nothing(self, side: str, operator: Token) -> NoReturn:
        name = operator.text
        fail(
            f"{name} has nothing {side} it",
            f'write a word {side} it, or "{name.lower()}" in quotation marks for the word',
            operator.position,
        )


def _value(field: str, text: str, position: int) -> Value:
    if not text.strip("*").strip() or "*" in text[:-1] or '"' in text:
        fail(f"{field}: needs a value", f"write {field}:value or {field}:begin*", position)
    return Value(field, text, position)


def _dates(text: str, position: int) -> Dates:
    """Read a day, month, year or a range ``a..b``, open where a side is left out."""
    start, dots, end = text.partition(".." if ".." in text else "/")
    start, end = start.strip(), (end if dots else start).strip()
    first = from_iso(start) if start else None
    last = from_iso(end) if end else None
    if (start and (first is None or first.time)) or (end and (last is None or last.time)):
        bad = end if first or not start else start
        fail(
            f"{bad} is no date",
            "write date:1918, date:1918-07, date:1918-07-25, date:1918..1920 or date:1918..",
            position,
        )
    if first is None and last is None:
        fail("date: needs a date", "write date:1918 or date:1918-07..1918-09", position)
    earliest, latest = first.earliest if first else None, last.latest if last else None
    if earliest and latest and earliest > latest:
        fail("the range ends before it begins", f"write date:{end}..{start}", position)
    return Dates(earliest, latest, text if not dots else f"{start}..{end}", position)
