"""The words among which a question may choose, the same at every door: command line, API and MCP.

They repeat what the edition knows, so that a door opens, and says what it takes, before any part of
an edition is loaded; a test holds the two together.
"""

from typing import Literal, get_args

Index = Literal["subject", "author", "recipient", "place", "date"]
#: Indexes of whom and what the parties are stand on the command line beside the five.
AnyIndex = Literal[Index, "person", "power", "office"]
Level = Literal["", "year", "month", "day"]
Facet = Literal[
    "year", "decade", "collection", "author", "recipient", "place", "subject", "kind", "language"
]
Layer = Literal["", "document", "notes", "sources", "headings"]
Sort = Literal["relevance", "date", "-date"]
Match = Literal["all", "any"]
LinkKind = Literal[
    "reference", "reply", "continuation", "enclosure", "forwarding", "quotation", "duplicate",
    "counterpart",
]  # fmt: skip
Standing = Literal["asserted", "candidate", "absent", "not printed", "open"]
SureOrNot = Literal["asserted", "candidate"]
SilenceKind = Literal["mentioned", "number", "file"]
AuditState = Literal["open", "dismissed", "all"]
Style = Literal[
    "note", "chicago", "chicago-bibliography", "mla", "iso690", "bibtex", "ris", "csl-json"
]

INDEXES: tuple[str, ...] = get_args(AnyIndex)
FACETS: tuple[Facet, ...] = get_args(Facet)
LINK_KINDS: tuple[str, ...] = get_args(LinkKind)
STANDINGS: tuple[str, ...] = get_args(Standing)
STYLES: tuple[str, ...] = get_args(Style)
