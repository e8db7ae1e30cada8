"""Values as HTML for notebooks: what Jupyter shows of a document, a list of rows, an edition.

No script, no style sheet of ours and no request: plain elements that a notebook dresses itself.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from regesta.documents.dates import HistoricalDate
from regesta.documents.display import display
from regesta.documents.facts import Fact, Party, Place, Subject

if TYPE_CHECKING:
    from regesta.documents.document import Document

#: Paragraphs and characters of a document that are shown.
_LINES, _CHARACTERS = 12, 2_000
_FIELDS = (
    ("date", "Date"), ("sender", "From"), ("recipient", "To"), ("author", "Author"),
    ("place", "Place"), ("kind", "Kind"), ("number", "Number"), ("subject", "Subject"),
)  # fmt: skip


def table_html(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = ""
) -> str:
    """A table; cells are escaped, None is an empty cell."""
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>" for row in rows)
    above = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{above}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(cell: object) -> str:
    return "" if cell is None else escape(str(cell))


def document_html(document: "Document") -> str:
    """A document: heading, facts with their origin, and the beginning of its text."""
    rows = [
        (label if n == 0 else "", _value(fact), fact.origin)
        for field, label in _FIELDS
        for n, fact in enumerate(document.resolved(field))
    ]
    lines = [line for line in document.text[:_CHARACTERS].split("\n") if line.strip()]
    more = len(document.text) > _CHARACTERS or len(lines) > _LINES
    text = "".join(f"<p>{escape(line)}</p>" for line in lines[:_LINES])
    return (
        f"<h4>{escape(document.heading or document.id)}</h4>"
        f"{table_html(('', document.id, 'origin'), rows)}{text}{'<p>…</p>' if more else ''}"
    )


def _value(fact: Fact) -> str:
    value = fact.value
    if isinstance(value, HistoricalDate):
        return display(value)
    if isinstance(value, Party):
        return ", ".join(filter(None, (value.name, value.office, value.power)))
    if isinstance(value, Place):
        return value.name
    if isinstance(value, Subject):
        return " — ".join((*value.path, value.label))
    return value
