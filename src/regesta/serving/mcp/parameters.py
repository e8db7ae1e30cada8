"""What the tools for language models take: structs that check arguments and describe them.

What comes in are the arguments of a call as JSON; out goes a struct, or a BadParameter that names
the argument and says what it takes. The words are those of the API.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from regesta.serving.api.parameters import (
    MAX_OFFSET,
    MAX_QUERY,
    MAX_QUOTATION,
    BadParameter,
    Edtf,
    Text,
    explain,
)
from regesta.serving.choices import Index, Layer, Level, Match, SilenceKind, Sort, Style

#: Characters of a text that one answer gives at most: some eight printed pages.
MOST_TEXT = 16_000
#: Rows that one answer gives at most.
MOST_ROWS = 50

Id = Annotated[
    Text,
    Meta(min_length=1, description="Id of a document as other tools give it: collection/local-id"),
]
Limit = Annotated[int, Meta(ge=1, le=MOST_ROWS, description="How many at most")]
Offset = Annotated[
    int, Meta(ge=0, le=MAX_OFFSET, description="How many to pass over: next_offset of an answer")
]
Place = Annotated[int, Meta(ge=0, le=100_000_000)]


class AboutParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `about` takes."""

    limit: Limit = 25
    offset: Offset = 0


class SearchParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `search` takes."""

    query: Annotated[
        str,
        Meta(
            max_length=MAX_QUERY,
            description='Words; all must occur. OR, NOT, "a phrase", (groups), prefix*, =exact. '
            "Use the words of the time and the language of the documents. Empty finds everything",
        ),
    ] = ""
    author: Annotated[tuple[Text, ...], Meta(description="Who wrote: ids or names")] = ()
    recipient: Annotated[tuple[Text, ...], Meta(description="To whom: ids or names")] = ()
    place: Annotated[tuple[Text, ...], Meta(description="Where it was written")] = ()
    subject: Annotated[tuple[Text, ...], Meta(description="Headings of the subject index")] = ()
    kind: Annotated[tuple[Text, ...], Meta(description="telegram, note, letter, treaty…")] = ()
    collection: Annotated[tuple[Text, ...], Meta(description="Ids of collections")] = ()
    language: Annotated[tuple[Text, ...], Meta(description="ISO 639 codes: en, de…")] = ()
    first: Annotated[Edtf, Meta(description="Earliest date: YYYY-MM-DD, YYYY-MM or YYYY")] = (
        msgspec.field(default="", name="from")
    )
    last: Annotated[Edtf, Meta(description="Latest date: YYYY-MM-DD, YYYY-MM or YYYY")] = (
        msgspec.field(default="", name="to")
    )
    undated: Annotated[bool, Meta(description="Keep undated documents in a range of dates")] = False
    match: Annotated[
        Match,
        Meta(description="all words with operators; any: a question in plain words, ranked"),
    ] = "all"
    layer: Annotated[Layer, Meta(description="Search one layer only")] = ""
    sort: Annotated[Sort, Meta(description="Order")] = "relevance"
    limit: Limit = 10
    offset: Offset = 0


class ReadParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `read` takes."""

    id: Id
    offset: Annotated[
        int, Meta(ge=0, le=100_000_000, description="Character to begin with: next_offset")
    ] = 0
    length: Annotated[int, Meta(ge=200, le=MOST_TEXT, description="Characters of text at most")] = (
        8000
    )
    note: Annotated[Text, Meta(description="Read this footnote instead: its printed mark")] = ""


class DayParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `day` takes."""

    date: Annotated[
        str,
        Meta(pattern=r"^\d{4}-\d\d-\d\d$", description="A day, YYYY-MM-DD, Gregorian calendar"),
    ]
    limit: Limit = 25
    offset: Offset = 0


class IndexParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `index` takes."""

    name: Annotated[Index, Meta(description="Which index")]
    prefix: Annotated[
        Text, Meta(description="Only entries that begin so; for dates a year or month")
    ] = ""
    level: Annotated[Level, Meta(description="For dates: how fine")] = ""
    limit: Limit = 25
    offset: Offset = 0


class DocumentParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `thread` and `counterparts` take."""

    id: Id
    limit: Limit = 25
    offset: Offset = 0


class ActsParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `acts` takes."""

    id: Annotated[Text, Meta(description="Only acts in this document; empty: in all")] = ""
    act: Annotated[
        tuple[Text, ...], Meta(description="Kinds of act: protest, refuse, propose, promise…")
    ] = ()
    actor: Annotated[tuple[Text, ...], Meta(description="Who acts")] = ()
    addressee: Annotated[tuple[Text, ...], Meta(description="Toward whom")] = ()
    first: Annotated[Edtf, Meta(description="Earliest date")] = msgspec.field(
        default="", name="from"
    )
    last: Annotated[Edtf, Meta(description="Latest date")] = msgspec.field(default="", name="to")
    limit: Limit = 25
    offset: Offset = 0


class SilenceParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `silences` takes."""

    kind: Annotated[
        tuple[SilenceKind, ...],
        Meta(
            description="Mentioned by documents, left out in a sender's numbered series (both "
            "unless told), or unprinted papers of a file"
        ),
    ] = ()
    sender: Annotated[tuple[Text, ...], Meta(description="Whose documents")] = ()
    month: Annotated[tuple[Text, ...], Meta(description="Months, YYYY-MM")] = ()
    limit: Limit = 25
    offset: Offset = 0


class VerifyParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `verify` takes."""

    id: Id
    quotation: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=MAX_QUOTATION,
            description="The words you mean to quote; … where some are left out, [ ] where put in",
        ),
    ]


class FindParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `find` takes."""

    citation: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=MAX_QUERY * 5,
            description="A citation as it is printed in a footnote; several a line each",
        ),
    ]


class CiteParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `cite` takes."""

    id: Id
    style: Annotated[
        Style,
        Meta(description="Form; note is a footnote in the manner of the series"),
    ] = "note"
    note: Annotated[
        str, Meta(max_length=40, description="Cite this footnote: its printed mark")
    ] = ""
    span: Annotated[
        tuple[Place, Place] | None,
        Meta(description="Cite this passage: [start, end) in characters of the text"),
    ] = None
    quotation: Annotated[
        str,
        Meta(max_length=MAX_QUOTATION, description="Cite the passage that has these words"),
    ] = ""
    source: Annotated[bool, Meta(description="Add where the original is kept")] = False
    link: Annotated[bool, Meta(description="Add the permalink to the citation")] = False


T = TypeVar("T", bound=Struct)


def schema(parameters: type[Struct]) -> dict[str, Any]:
    """The JSON Schema of a tool's arguments, in one piece."""
    _, components = msgspec.json.schema_components([parameters], ref_template="{name}")
    found: dict[str, Any] = components[parameters.__name__]
    del found["title"]
    found.pop("description", None)
    return found


def read_arguments(parameters: type[T], given: Mapping[str, Any]) -> T:
    """Check the arguments of a call.

    A number may come as a text, one value where several are possible without its list, and null for
    what is not given: models write all of these.

    Raises:
        BadParameter: One is unknown, missing or has a value that it cannot have.
    """
    hints = get_type_hints(parameters, include_extras=True)
    fields = {f.encode_name: hints[f.name] for f in msgspec.structs.fields(parameters)}
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in fields:
            raise BadParameter(f"no argument {name[:60]!r} here", f"it takes {', '.join(fields)}")
        if value is not None:
            one = isinstance(value, str) and _is_many(fields[name])
            values[name] = ([value] if value else []) if one else value
    try:
        return msgspec.convert(values, parameters, strict=False)
    except msgspec.ValidationError as error:
        raise BadParameter(*explain(str(error))) from None


def _is_many(hint: Any) -> bool:
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    return get_origin(hint) is tuple
