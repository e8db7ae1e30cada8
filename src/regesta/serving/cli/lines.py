"""Documents as lines for people: a regest, a party, a date, a snippet with its found words."""

from collections.abc import Iterable, Sequence

from regesta.documents import HistoricalDate, Party
from regesta.documents.display import display
from regesta.edition.results import Regest, Snippet
from regesta.serving.cli.output import safe, style, width

ELLIPSIS = "…"


def date_words(date: HistoricalDate | None) -> str:
    """A date in words, or "undated"."""
    return display(date) if date else "undated"


def own_heading(heading: str, date: HistoricalDate | None) -> str:
    """A heading that says more than the date, else ""."""
    words = heading.strip(" .[]")
    return "" if date and words in (date_words(date), date.printed) else heading


def party_words(parties: Iterable[Party]) -> str:
    """Parties by their shortest name, at most three of them."""
    labels = [p.label for p in parties if p.label]
    more = f" and {len(labels) - 3} more" if len(labels) > 3 else ""
    return ", ".join(labels[:3]) + more


def party_full(party: Party) -> str:
    """A party with its office and power."""
    rest = [part for part in (party.name, party.office, party.power) if part]
    return f"{rest[0]} ({', '.join(rest[1:])})" if len(rest) > 1 else "".join(rest)


def regest_words(regest: Regest) -> str:
    """A document in one line; what is not known is left out."""
    sender, recipient = party_words(regest.senders), party_words(regest.recipients)
    parties = f"{sender} to {recipient}" if sender and recipient else sender
    if recipient and not sender:
        parties = f"to {recipient}"
    parts = [
        date_words(regest.date),
        parties or own_heading(regest.heading, regest.date),
        regest.place.name if regest.place else "",
        regest.kind,
        f"No. {regest.number}" if regest.number else "",
    ]
    return safe(" · ".join(part for part in parts if part))


def marked(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """A snippet with its found words coloured."""
    pieces, at = [], 0
    for start, end in marks:
        pieces += [safe(text[at:start]), style(safe(text[start:end]), bold=True, fg="red")]
        at = end
    return "".join([*pieces, safe(text[at:])])


def snippet_lines(snippet: Snippet, *, indent: str = "    ") -> list[str]:
    """Fold a snippet to the page without losing its marks."""
    text = snippet.text.replace("\n", " ").replace("\t", " ")
    room, lines, start = width() - len(indent), [], 0
    while start < len(text):
        end = len(text)
        if end - start > room:
            end = text.rfind(" ", start, start + room + 1)
            end = end if end > start else start + room
        marks = [
            (max(a, start) - start, min(b, end) - start)
            for a, b in snippet.marks
            if a < end and b > start
        ]
        lines.append(indent + marked(text[start:end], marks))
        start = end + 1 if text[end : end + 1] == " " else end
    return lines
