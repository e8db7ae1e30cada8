"""Front matter and "Key: value" lines into facts, ids and the collection they name.

What comes in are lines at the head of a transcript; what goes out are the values that a user gave,
with a warning for each that is not understood. Nothing is guessed.
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache

from regesta.documents import Fact, FactValue, Party, Place, Subject
from regesta.reading.languages import language_code
from regesta.reading.printed_dates import given_date
from regesta.vocabularies import vocabulary

#: "Key: value". A key is one to three words.
LINE = re.compile(r"(?P<key>[^\W\d_][\w.-]*(?: [\w.-]+){0,2})\s*:(?:\s+(?P<value>.*)|$)")
_ITEM = re.compile(r"\s*-\s+(?P<value>.+)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")
_TEXTS = ("title", "author", "publication", "repository", "summary", "url")


@dataclass(slots=True)
class Headers:
    """What a head says.

    Attributes:
        values: Field → its values, in order.
        facts: The fields that describe the document, as facts given by ``rule``.
        unknown: "key: value" of keys that are not known.
        warnings: Values that are not understood.
    """

    values: dict[str, list[str]] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def one(self, name: str) -> str:
        """The first value of a field, or an empty string."""
        return next(iter(self.values.get(name, ())), "")


@cache
def _fields() -> dict[str, str]:
    return {key: name for name, keys in vocabulary("front_matter")["keys"].items() for key in keys}


def field_of(key: str) -> str:
    """The field that a key names, or an empty string."""
    plain = re.sub(r"[\s-]+", "_", key.strip().lower())
    return _fields().get(plain, "")


def header_lines(lines: list[str]) -> list[tuple[str, str]] | None:
    """Read lines that are all "Key: value" with known keys and that an editor wrote.

    Returns:
        Keys and values, or None where a line is anything else, or where all keys could stand at
        the head of a printed memorandum, whose lines belong to its text.
    """
    pairs = []
    for line in lines:
        match = LINE.match(line.strip())
        if match is None or not match["value"] or not field_of(match["key"]):
            return None
        pairs.append((match["key"], match["value"].strip()))
    named = {field_of(key) for key, _ in pairs}
    return pairs if named & set(vocabulary("front_matter")["heads"]["editorial"]) else None


def front_matter(lines: list[str]) -> list[tuple[str, str]]:
    """Read the lines between two ``---``: "key: value", lists, folded values, comments."""
    pairs: list[tuple[str, str]] = []
    for line in lines:
        item = _ITEM.match(line)
        match = LINE.match(line)
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if item and pairs:
            pairs.append((pairs[-1][0], _bare(item["value"])))
        elif match:
            pairs.append((match["key"], _bare(match["value"] or "")))
        elif pairs:
            key, value = pairs.pop()
            pairs.append((key, f"{value} {line.strip()}".strip()))
        else:
            pairs.append(("", line.strip()))
    return [(key, value) for key, value in pairs if value not in ("", "|", ">")]


def toml_matter(lines: list[str]) -> list[tuple[str, str]] | None:
    """Read the lines between two ``+++`` as TOML; None where they are none."""
    try:
        table = tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:
        return None
    return [
        (key, str(value))
        for key, given in table.items()
        for value in (given if isinstance(given, list) else [given])
    ]


def understand(pairs: list[tuple[str, str]], *, rule: str) -> Headers:
    """Make facts of keys and values.

    Args:
        pairs: Keys and values as they stand; several values may stand in one, parted by ";".
        rule: Name of what gave them ("front matter").
    """
    heads = Headers()
    several = set(vocabulary("front_matter")["heads"]["several"])
    for key, given in pairs:
        name = field_of(key)
        parts = given.split(";") if name in several else [given]
        values = [part.strip() for part in parts if part.strip()]
        if not name:
            heads.unknown.append(f"{key}: {given}" if key else given)
            continue
        heads.values.setdefault(name, []).extend(values)
    if "recipient" in heads.values and "sender" not in heads.values and "author" in heads.values:
        heads.values["sender"] = heads.values.pop("author")  # what goes to somebody was sent
    for name, values in heads.values.items():
        for value in values:
            for made in _values(name, value, heads):
                heads.facts.append(Fact(name, made, "given", rule))
    return heads


def _values(name: str, value: str, heads: Headers) -> list[FactValue]:
    """A header's value as values of its field; none where it is no fact or not understood."""
    if name in ("date", "received"):
        date = given_date(value)
        if date is None:
            heads.warnings.append(f"{name} not understood: {value!r}")
        return [date] if date else []
    if name in ("sender", "recipient"):
        return list(parties(value))
    if name == "place":
        return [Place(value.strip("[]"))]
    if name == "subject":
        *path, label = [part.strip() for part in value.split(" > ")]
        return [Subject(label, tuple(path))]
    if name == "language":
        if not _LANGUAGE.match(value):
            heads.warnings.append(f"language is no code such as 'en': {value!r}")
            return []
        return [language_code(value)]
    if name in ("number", "file_number"):
        return [re.sub(r"^(?:no\.?|number|№)\s*(?=\S)", "", value, flags=re.I)]
    if name == "kind":
        return [value.lower()]
    return [value] if name in _TEXTS else []


def parties(value: str) -> list[Party]:
    """Read a sender or recipient as a user writes it.

    "Name, office" · "Office (Name)" · "The office" · "Name, Name and Name, for the Power" ·
    "Name, office [Power]". What is none of these is a name as it stands.
    """
    words = vocabulary("front_matter")["parties"]
    value, power = _power(" ".join(value.split()), words["for"])
    framed = re.match(r"(?P<office>[^()]+?)\s*\((?P<name>[^()]+)\)$", value)
    if framed and _is_name(framed["name"], words["particles"]):
        office = _without_article(framed["office"], words["articles"])
        return [Party(name=framed["name"].strip(), office=office, power=power)]
    if value.lower().startswith(tuple(words["articles"])):
        return [Party(office=_without_article(value, words["articles"]), power=power)]
    names = _names(value, words)
    if names:
        return [Party(name=name, power=power) for name in names]
    first, comma, rest = value.partition(",")
    if comma and _is_name(first, words["particles"]) and rest.strip():
        return [Party(name=first.strip(), office=rest.strip(), power=power)]
    return [Party(name=value, power=power)]


def _power(value: str, markers: list[str]) -> tuple[str, str]:
    bracketed = re.match(r"(?P<rest>.+?)\s*\[(?P<power>[^\[\]]+)\]$", value)
    if bracketed:
        return bracketed["rest"], bracketed["power"].strip()
    for marker in markers:
        rest, found, power = value.rpartition(marker)
        if found and "," not in power:
            return rest.strip(), power.strip()
    return value, ""


def _names(value: str, words: dict[str, list[str]]) -> list[str]:
    """Names in a row ("A, B and C"), or none where any part is more than a name."""
    for marker in words["and"]:
        before, found, last = value.rpartition(marker)
        if found:
            names = [part.strip() for part in [*before.split(","), last]]
            short = all(_is_name(name, words["particles"]) for name in names)
            return names if short and all("of" not in name.split() for name in names) else []
    return []


def _is_name(words: str, particles: list[str]) -> bool:
    parts = words.split()
    return 0 < len(parts) <= 5 and all(
        part[0].isupper() or part.lower() in particles for part in parts
    )


def _without_article(words: str, articles: list[str]) -> str:
    lowered = words.lower()
    for article in articles:
        if lowered.startswith(article):
            return words[len(article) :].strip()
    return words.strip()


def _bare(value: str) -> str:
    """A value without the quotation marks or brackets that YAML wants around it."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    if len(value) > 1 and value[0] == "[" and value[-1] == "]" and ".." not in value:
        return "; ".join(part.strip().strip("\"'") for part in value[1:-1].split(","))
    return value
