"""The values of a search query, and its normal form: what was understood, in the same language.

A query is a tree of these frozen nodes; ``query_parser`` makes it, ``query_plan`` carries it out.
"""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

LeafKind = Literal["word", "joined", "exact", "phrase", "prefix", "fuzzy"]

#: Prefix in a query → layer of search.
LAYER_NAMES = {
    "text": "document", "document": "document", "heading": "headings", "headings": "headings",
    "note": "notes", "notes": "notes", "source": "sources", "sources": "sources",
}  # fmt: skip
#: Prefix in a query → field of words about the document.
NAME_FIELDS = {
    "author": "author", "from": "author", "sender": "author", "recipient": "recipient",
    "to": "recipient", "place": "place", "subject": "subject", "number": "number",
}  # fmt: skip
#: Fields whose words are names of persons.
PEOPLE = ("author", "recipient")
#: Prefix in a query → field whose value is one key.
VALUE_FIELDS = {"kind": "kind", "collection": "collection", "language": "language", "id": "id"}
FIELDS = (*LAYER_NAMES, *NAME_FIELDS, *VALUE_FIELDS, "date")
#: How a layer is written in the normal form.
_WRITTEN = {"document": "text", "headings": "heading", "notes": "note", "sources": "source"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """Words to find.

    Attributes:
        kind: "word" any form of it, "joined" a word with hyphens or points inside, "exact" the
            form as written, "phrase" forms as written side by side, "prefix" a beginning,
            "fuzzy" up to ``number`` letters wrong.
        words: Folded words.
        field: A layer, a field of names, or "" for all layers.
        number: Of a fuzzy word its distance, of a phrase how many other words may stand between
            neighbours (in either order where above 0).
        open_end: The phrase's last word is a beginning.
        position: Where it stands in the query, in code points.
    """

    kind: LeafKind
    words: tuple[str, ...]
    field: str = ""
    number: int = 0
    open_end: bool = False
    position: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Named:
    """A name of an author or recipient: the leaf, or documents of the persons so called, by id."""

    leaf: Leaf
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Each operand and the next with at most ``number`` other words between, in either order."""

    operands: tuple["Node", ...]
    number: int
    position: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Value:
    """A field that has exactly this value; an asterisk at the end leaves it open."""

    field: str
    value: str
    position: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Missing:
    """Documents that have no such field."""

    field: str
    position: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Dates:
    """Documents whose date overlaps ``first``..``last`` (days ``YYYY-MM-DD``, None is open)."""

    first: str | None
    last: str | None
    written: str = dataclasses.field(default="", compare=False)
    position: int = dataclasses.field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of its parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of its parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What its part does not find."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document."""


Node = Leaf | Named | Near | Value | Missing | Dates | And | Or | Not | Everything


def normal_form(node: Node) -> str:
    """Write a query as it was understood; parsing that gives the same query again."""
    return "" if isinstance(node, Everything) else _written(node)


def _written(node: Node) -> str:
    if isinstance(node, Named):
        node = node.leaf
    if isinstance(node, Leaf):
        return _field(node.field) + _leaf(node)
    if isinstance(node, (And, Or)):
        return (" AND " if isinstance(node, And) else " OR ").join(map(_grouped, node.parts))
    if isinstance(node, Not):
        return f"NOT {_grouped(node.part)}"
    if isinstance(node, Near):
        return f" NEAR/{node.number} ".join(map(_grouped, node.operands))
    if isinstance(node, Value):
        plain = node.value.replace("*", "").replace("-", "").isalnum()
        return f"{node.field}:{node.value}" if plain else f'{node.field}:"{node.value}"'
    if isinstance(node, Missing):
        return f"{node.field}:-"
    if isinstance(node, Dates):
        return f"date:{node.written or '..'.join((node.first or '', node.last or ''))}"
    return "*"


def _grouped(node: Node) -> str:
    compound = isinstance(node, (And, Or, Near))
    return f"({_written(node)})" if compound else _written(node)


def _field(name: str) -> str:
    return f"{_WRITTEN.get(name, name)}:" if name else ""


def _leaf(leaf: Leaf) -> str:
    if leaf.kind == "phrase":
        end = "*" if leaf.open_end else ""
        near = f"~{leaf.number}" if leaf.number else ""
        return f'"{" ".join(leaf.words)}{end}"{near}'
    if leaf.kind == "joined":
        return "-".join(leaf.words)
    word = leaf.words[0]
    return {
        "word": word,
        "exact": f"={word}",
        "prefix": f"{word}*",
        "fuzzy": f"{word}~{leaf.number}",
    }[leaf.kind]


def conjuncts(node: Node) -> tuple[Node, ...]:
    """Give the parts that must all hold; one part where the query is no AND."""
    if isinstance(node, And):
        return node.parts
    return () if isinstance(node, Everything) else (node,)


def sought(node: Node) -> Iterator[Leaf]:
    """Give the leaves that a found document shows, those under NOT left out."""
    return (term for term in terms(node) if isinstance(term, Leaf))


def terms(node: Node) -> Iterator[Leaf | Value]:
    """Give the words and values that must or may be there, those under NOT left out."""
    if isinstance(node, (Leaf, Value)):
        yield node
    elif isinstance(node, (And, Or)):
        for part in node.parts:
            yield from terms(part)
    elif isinstance(node, Near):
        for part in node.operands:
            yield from terms(part)


def with_people(node: Node, people: Callable[[str, str], Sequence[str]]) -> Node:
    """The same query, its names of authors and recipients joined with the persons so called."""
    if isinstance(node, (And, Or)):
        return type(node)(tuple(with_people(part, people) for part in node.parts))
    if isinstance(node, Not):
        return Not(with_people(node.part, people))
    if isinstance(node, Leaf) and node.field in PEOPLE and node.kind in ("word", "exact", "phrase"):
        found = people(node.field, " ".join(node.words))
        return Named(node, tuple(found)) if found else node
    return node


def is_plain(node: Node) -> bool:
    """Tell whether a query is nothing but words side by side, without operator or field."""
    return all(
        isinstance(part, Leaf) and part.kind in ("word", "joined") and not part.field
        for part in conjuncts(node)
    )
