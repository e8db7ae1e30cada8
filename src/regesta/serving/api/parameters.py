"""What can be asked over HTTP: parameters as structs that check a query string and document it.

What comes in are the pairs of a query string; out goes a struct, or a BadParameter that names the
parameter and says what it takes.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from regesta.errors import RegestaError
from regesta.serving.choices import (
    AuditState,
    Facet,
    Layer,
    Level,
    Match,
    SilenceKind,
    Sort,
    Standing,
    Style,
    SureOrNot,
)

MAX_QUERY = 2000
MAX_VALUE = 500
MAX_QUOTATION = 20_000
MAX_HITS = 500
MAX_OFFSET = 99_500
MAX_TIMES = 100

#: No control characters: nobody types them, and stores and terminals stumble over them.
_PLAIN = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
#: The same for what is pasted: lines may end as on any system.
_LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
Text = Annotated[str, Meta(max_length=MAX_VALUE, pattern=_PLAIN)]
Value = Text
Values = tuple[Value, ...]
Edtf = Annotated[str, Meta(max_length=40, pattern=r"^(-?\d{4}(-\d\d(-\d\d)?)?)?$")]


class BadParameter(RegestaError):
    """A parameter of a request has a value that it cannot have."""


class Nothing(Struct, frozen=True, forbid_unknown_fields=True):
    """No parameters."""


def several(about: str, example: str) -> Meta:
    """What is said of a parameter that may be given several times."""
    return Meta(
        description=f"{about}; several mean any of them",
        extra_json_schema={"maxItems": MAX_TIMES},
        extra={"example": example},
    )


def filtering(about: str, example: str) -> Meta:
    """The same of a filter by an index: documents that have no entry in it can be asked for."""
    return several(f'{about}; "-" means none named', example)


class SearchParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `/api/search` takes."""

    query: Annotated[
        str,
        Meta(
            max_length=MAX_QUERY,
            pattern=_PLAIN,
            description="The query; empty finds everything. AND is understood; OR, NOT or -, "
            '"a phrase", (groups), prefix*, =exact and field:value are spoken too',
            extra={"example": "Chicherin departure"},
        ),
    ] = msgspec.field(default="", name="q")
    author: Annotated[
        Values, filtering("Who wrote: id or name in the author index", "chicherin")
    ] = ()
    recipient: Annotated[
        Values, filtering("To whom: id or name in the recipient index", "lansing")
    ] = ()
    place: Annotated[
        Values, filtering("Where it was written: id or name in the place index", "moscow")
    ] = ()
    subject: Annotated[
        Values, filtering("About what: id or heading in the subject index", "grain")
    ] = ()
    kind: Annotated[Values, filtering("Kind of document: telegram, note, treaty", "telegram")] = ()
    collection: Annotated[Values, filtering("Id of a collection", "vologda")] = ()
    language: Annotated[Values, filtering("ISO 639 code of its language", "en")] = ()
    first: Annotated[
        Edtf,
        Meta(
            description="Earliest date: a day, month or year (EDTF); a document passes when its "
            "date can lie in the range",
            extra={"example": "1918-07"},
        ),
    ] = msgspec.field(default="", name="from")
    last: Annotated[
        Edtf,
        Meta(description="Latest date: a day, month or year", extra={"example": "1918-08-15"}),
    ] = msgspec.field(default="", name="to")
    within: Annotated[bool, Meta(description="Only dates that lie wholly in the range")] = False
    undated: Annotated[bool, Meta(description="Keep undated documents in a range of dates")] = False
    match: Annotated[
        Match,
        Meta(
            description="all: every word, with operators; any: plain words, ranked by how many "
            "of them a document has and how rare they are"
        ),
    ] = "all"
    layer: Annotated[
        Layer,
        Meta(description="Search one layer only"),
    ] = ""
    sort: Annotated[Sort, Meta(description="Order")] = "relevance"
    limit: Annotated[int, Meta(ge=0, le=MAX_HITS, description="How many results")] = 20
    offset: Annotated[int, Meta(ge=0, le=MAX_OFFSET, description="How many to pass over")] = 0
    facets: Annotated[
        tuple[
            Literal["all", Facet],
            ...,
        ],
        Meta(
            description="Facets to count over the whole match, also separated by commas",
            extra_json_schema={"maxItems": MAX_TIMES},
        ),
    ] = ()  # fmt: skip
    snippets: Annotated[bool, Meta(description="Give passages with the found words")] = True


class IndexParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `/api/index/…` takes."""

    prefix: Annotated[
        Text, Meta(description="Only entries that begin so", extra={"example": "Ch"})
    ] = ""
    level: Annotated[Level, Meta(description="For dates: how fine")] = ""
    documents: Annotated[bool, Meta(description="Give the ids of each entry's documents")] = True
    limit: Annotated[int, Meta(ge=0, le=10_000, description="How many entries")] = 1000
    offset: Annotated[int, Meta(ge=0, le=10_000_000, description="How many to pass over")] = 0


class PageParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """A page of a list."""

    limit: Annotated[int, Meta(ge=0, le=5000, description="How many")] = 500
    offset: Annotated[int, Meta(ge=0, le=10_000_000, description="How many to pass over")] = 0


class AuditParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `/api/audit` takes."""

    kind: Annotated[
        tuple[Value, ...],
        Meta(
            description="A field (date, party, number…) or a kind of finding; several mean any",
            extra_json_schema={"maxItems": MAX_TIMES},
            extra={"example": "date"},
        ),
    ] = ()
    collection: Annotated[Values, several("Id of a collection", "vologda")] = ()
    document: Annotated[Text, Meta(description="Only findings of this document")] = ""
    confidence: Annotated[float, Meta(ge=0, le=1, description="Only findings at least so sure")] = (
        0.0
    )
    state: Annotated[
        AuditState,
        Meta(description="Findings that are open, that an editor dismissed, or all"),
    ] = "open"
    limit: Annotated[int, Meta(ge=0, le=5000, description="How many findings")] = 100
    offset: Annotated[int, Meta(ge=0, le=10_000_000, description="How many to pass over")] = 0


class LinkParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `/api/documents/…/links` takes."""

    kind: Annotated[
        tuple[Value, ...],
        Meta(
            description="reference, reply, continuation, enclosure, counterpart…; several mean any",
            extra_json_schema={"maxItems": MAX_TIMES},
            extra={"example": "reference"},
        ),
    ] = ()
    standing: Annotated[
        tuple[Standing, ...],
        Meta(
            description="How sure a link is, or why it leads nowhere; several mean any",
            extra_json_schema={"maxItems": 5},
            extra={"example": "asserted"},
        ),
    ] = ()
    incoming: Annotated[
        bool, Meta(description="Whether links that lead to the document are given too")
    ] = True


class CounterpartParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `/api/documents/…/counterparts` takes."""

    standing: Annotated[
        tuple[SureOrNot, ...],
        Meta(
            description="Sure ones, or those that may be; both by default",
            extra_json_schema={"maxItems": 2},
            extra={"example": "asserted"},
        ),
    ] = ()


class SilenceParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `/api/silences` takes."""

    kind: Annotated[
        tuple[SilenceKind, ...],
        Meta(
            description="Mentioned by documents, left out in a sender's series (both unless told), "
            "or unprinted papers of a file",
            extra_json_schema={"maxItems": 3},
            extra={"example": "mentioned"},
        ),
    ] = ()
    sender: Annotated[
        Values, several("Whose documents, as the silences name them", "Secretary of State")
    ] = ()
    month: Annotated[
        Values, several("Month (year, decade) in which they would have been written", "1918-07")
    ] = ()
    limit: Annotated[int, Meta(ge=0, le=5000, description="How many silences")] = 100
    offset: Annotated[int, Meta(ge=0, le=10_000_000, description="How many to pass over")] = 0


class CiteParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `/api/cite/…` takes."""

    style: Annotated[
        Style,
        Meta(description="Form of the citation"),
    ] = "note"
    note: Annotated[str, Meta(max_length=40, description="Printed mark of a note to cite")] = ""
    span: Annotated[
        str,
        Meta(
            pattern=r"^(\d{1,9}-\d{1,9})?$",
            description="A passage to cite, in code points: 120-340",
        ),
    ] = ""
    quotation: Annotated[
        str, Meta(max_length=MAX_QUERY * 5, description="Words of the passage to cite")
    ] = ""
    source: Annotated[bool, Meta(description="Add where the original is kept")] = False
    link: Annotated[bool, Meta(description="Add the permalink")] = False


class FindParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `/api/find` takes."""

    citation: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=MAX_QUERY * 5,
            pattern=_LINES,
            description="A pasted citation; several a line each, or parted by semicolons",
            extra={"example": "Chicherin to Francis, 10 July 1918"},
        ),
    ]


class VerifyParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `/api/verify` takes, in the address or as a JSON object in the body."""

    id: Annotated[
        Text,
        Meta(
            min_length=1,
            description="Id of the document: collection/local-id",
            extra={"example": "vologda/d1"},
        ),
    ]
    quotation: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=MAX_QUOTATION,
            pattern=_LINES,
            description="The words; … where some are left out, [brackets] where some are put in",
            extra={"example": "the departure of the diplomats"},
        ),
    ]


T = TypeVar("T", bound=Struct)
_EDTF = "a day, month or year such as 1918-07-25, 1918-07 or 1918"
#: Parameters of a form of their own, and what it is.
_FORMS = {
    "from": _EDTF, "to": _EDTF, "on": _EDTF, "date": "a day such as 1918-07-25",
    "span": "two places in the text such as 120-340",
}  # fmt: skip


def _is_many(hint: Any) -> bool:
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    return get_origin(hint) is tuple


class Form:
    """Reads query strings into one struct of parameters."""

    def __init__(self, parameters: type[Struct]) -> None:
        self.parameters = parameters
        hints = get_type_hints(parameters, include_extras=True)
        fields = msgspec.structs.fields(parameters)
        self.names = tuple(f.encode_name for f in fields)
        self.many = {f.encode_name for f in fields if _is_many(hints[f.name])}

    def read(self, pairs: Iterable[tuple[str, str]]) -> Any:
        """Check the pairs of a query string.

        Raises:
            BadParameter: One is unknown, given twice or has a value that it cannot have.
        """
        values: dict[str, Any] = {}
        given = Counter[str]()
        for name, value in pairs:
            if name not in self.names:
                taken = ", ".join(self.names) or "nothing"
                raise BadParameter(f"no parameter {name[:60]!r} here", f"it takes {taken}")
            given[name] += 1
            if given[name] > (MAX_TIMES if name in self.many else 1):
                times = f"at most {MAX_TIMES} times" if name in self.many else "once"
                raise BadParameter(f"{name} is given too often", f"give it {times}")
            if value == "":
                continue  # a form sends its empty fields too
            if name in self.many:
                parts = value.split(",") if name == "facets" else [value]
                values.setdefault(name, []).extend(parts)
            else:
                values[name] = value
        try:
            return msgspec.convert(values, self.parameters, strict=False)
        except msgspec.ValidationError as error:
            raise BadParameter(*explain(str(error))) from None


def explain(message: str) -> tuple[str, str]:
    """Turn msgspec's "Expected `int` <= 500 - at `$.limit`" into our words."""
    if missing := re.match(r"Object missing required field `(\w+)`", message):
        return f"{missing[1]} is missing", f"give {missing[1]}=…"
    what, _, where = message.partition(" - at ")
    name = re.sub(r"\[.*", "", where.strip("`").removeprefix("$."))
    if "matching regex" in what:
        hint = _FORMS.get(name, "without control characters")
    elif what.startswith("Invalid enum value"):
        hint = "see the values in /api"
    else:
        hint = _bounds(what)
    return f"{name or 'a parameter'} has a value that it cannot have", hint


def _bounds(what: str) -> str:
    """Say what a number or a text may be."""
    for pattern, words in (
        (r"`str` of length <= (\d+)", r"at most \1 characters"),
        (r"`int` <= (-?\d+)", r"a whole number up to \1"),
        (r"`int` >= (-?\d+)", r"a whole number from \1"),
        (r"`int`.*", "a whole number"),
        (r"`bool`.*", "true or false"),
    ):
        found = re.search(pattern, what)
        if found:
            return found.expand(words) if "\\" in words else words
    return what.replace("`", "")
