"""Lexer of the query language: a query in, tokens with their positions out."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal, NoReturn

from regesta.edition.search.query import FIELDS
from regesta.errors import QueryError

#: A query is typed or pasted, not a document: these bounds keep the work of one search bounded.
MOST_BETWEEN = 100

_OPENING, _CLOSING = '"“”„«', '"“”»«'
_SPACE = re.compile(r"\s+")
_RUN = re.compile(r"[^\s()\"“”„«»]+")
_FIELD = re.compile(r"([^\W\d_]+):(?=(.?))")
_NEAR = re.compile(r"NEAR(?:/(\d*))?$")
_SLOP = re.compile(r"~(\d{1,4})(?![^\s()])")

TokenKind = Literal["word", "phrase", "(", ")", "and", "or", "not", "near", "field", "all"]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query; ``number`` is the distance of NEAR/n and of ``"…"~n``."""

    kind: TokenKind
    text: str
    position: int
    number: int = 0


def fail(what: str, hint: str, position: int) -> NoReturn:
    """Refuse a query: what is wrong, how to write it, and where."""
    raise QueryError(what, hint, position)


def tokens_of(query: str) -> list[Token]:
    """Cut a query into tokens. Raises QueryError where it makes no sense."""
    tokens: list[Token] = []
    position = 0
    while position < len(query):
        letter = query[position]
        if space := _SPACE.match(query, position):
            position = space.end()
        elif letter in "()":
            tokens.append(Token("(" if letter == "(" else ")", letter, position))
            position += 1
        elif letter in _OPENING:
            position = _phrase(query, position, tokens)
        elif letter == "»":
            fail("a quotation mark is closed that was not opened", 'write "…"', position)
        else:
            position = _run(query, position, tokens)
    return tokens


def _phrase(query: str, start: int, tokens: list[Token]) -> int:
    end = start + 1
    while end < len(query) and query[end] not in _CLOSING:
        end += 1
    if end == len(query):
        fail(
            "a quotation mark is opened and not closed",
            f'write "{query[start + 1 :].strip()[:40]}"',
            start,
        )
    words, after, number = query[start + 1 : end], end + 1, 0
    if after < len(query) and query[after] == "~":
        match = _SLOP.match(query, after)
        if match is None or not 0 < int(match[1]) <= MOST_BETWEEN:
            fail(
                "~ after a phrase needs a number of words",
                f'write "{words.strip()[:40]}"~5 (1 to {MOST_BETWEEN})',
                after,
            )
        number, after = int(match[1]), match.end()
    elif after < len(query) and query[after] == "*":
        fail("* stands inside the quotation marks", f'write "{words.strip()[:40]}*"', after)
    tokens.append(Token("phrase", words, start, number))
    return after


def _run(query: str, start: int, tokens: list[Token]) -> int:
    """Take a run without spaces apart: minus, field, operator, word."""
    match = _RUN.match(query, start)
    assert match is not None
    run, end = match[0], match.end()
    if run.startswith("-") and (len(run) > 1 or query[end : end + 1] in ("(", *_OPENING)):
        tokens.append(Token("not", "-", start))
        return start + 1
    if run in ("AND", "&", "&&"):
        tokens.append(Token("and", run, start))
    elif run in ("OR", "|", "||"):
        tokens.append(Token("or", run, start))
    elif run == "NOT":
        tokens.append(Token("not", run, start))
    elif near := _NEAR.match(run):
        if not near[1] or not 0 < int(near[1][:6]) <= MOST_BETWEEN:
            fail(
                "NEAR needs a number of words",
                f"write NEAR/5 (1 to {MOST_BETWEEN}); in quotation marks it is a word",
                start,
            )
        tokens.append(Token("near", run, start, int(near[1])))
    elif run == "*":
        tokens.append(Token("all", run, start))
    elif field := _FIELD.match(run):
        return _field(query, start, end, field, tokens)
    else:
        value = run == ":" and query[end : end + 1] in ("(", *_OPENING)
        if tokens and run.startswith(":") and (value or len(run) > 1):
            _parted(tokens[-1], start)
        tokens.append(Token("word", run, start))
    return end


def _parted(last: Token, start: int) -> None:
    """Refuse a field that a space parts from its colon: both would be words."""
    if last.kind == "word" and (name := last.text.lower()) in FIELDS:
        fail(
            f"a space stands between {last.text} and its colon",
            f"write {name}:word, or leave the colon out for words",
            start,
        )


def _field(query: str, start: int, end: int, field: re.Match[str], tokens: list[Token]) -> int:
    name, after = field[1].lower(), start + field.end()
    follows = query[after : after + 1]
    if name in FIELDS:
        if not follows or follows.isspace() or follows == ")":
            fail(
                f"{name}: has no value",
                f'write the value at once after the colon: {name}:word or {name}:"two words"',
                start,
            )
        tokens.append(Token("field", name, start))
        if follows == "-" and (after + 1 >= len(query) or query[after + 1] in " )\t\n"):
            tokens.append(Token("word", "-", after))
            return after + 1
        if follows in "(" or follows in _OPENING:
            return after
        if follows == "-" or (
            (nested := _FIELD.match(query, after)) and nested[1].lower() in FIELDS
        ):
            fail(
                f"{name}: is followed by its value alone",
                f"write -{name}:word to leave documents out, {name}:word for one field",
                after,
            )
        tokens.append(Token("word", query[after:end], after))
        return end
    if not follows or not (follows.isalnum() or follows in '"(='):
        tokens.append(Token("word", query[start:end], start))
        return end
    near = difflib.get_close_matches(name, FIELDS, n=1)
    fail(
        f"there is no field {name}:",
        (f"did you mean {near[0]}:? " if near else "")
        + f"the fields are {', '.join(sorted(FIELDS))}; for words, leave a space after the colon",
        start,
    )
