"""A document in one line: a `Regest` in, the same small HTML everywhere out; and snippets."""

import html
import re
from collections.abc import Collection as Container
from collections.abc import Sequence
from functools import cache

from markupsafe import Markup

from regesta.documents import HistoricalDate
from regesta.edition.results import Regest, Snippet
from regesta.serving.pages.links import document_url
from regesta.serving.pages.words import (
    date_words,
    parties_words,
    short_date,
    shorten,
)

#: Longest heading shown in place of the parties, in characters.
_HEADING = 140
_SPECIAL = re.compile(r"[&<>\"']")
#: What a snippet's layer is called.
_LAYERS = {"document": "", "headings": "heading", "notes": "note", "sources": "source note"}


def as_html(words: str) -> str:
    """Words as HTML. Lists hold thousands of them, and most have nothing to escape."""
    return html.escape(words) if _SPECIAL.search(words) else words


@cache
def origin_mark(origin: str, *, words: bool = False) -> Markup:
    """The disc, ring or lozenge of an origin; ``words`` writes the word before it."""
    if not origin:
        return Markup("")
    if words:
        return Markup('{0}<span class="o {0}"></span>').format(origin)
    return Markup('<span class="o {0}" title="{0}"></span><span class="vh">({0})</span>').format(
        origin
    )


@cache
def _mark_unless_given(origin: str) -> str:
    return str(origin_mark(origin)) if origin in ("derived", "decided") else ""


def who_text(regest: Regest) -> str:
    """Who wrote to whom in plain words, else the heading, else where it was printed."""
    sender = parties_words(regest.senders)
    recipient = parties_words(regest.recipients, article=True)
    if sender and recipient:
        return f"{sender} to {recipient}"
    if sender:
        return sender
    if recipient:
        return f"to {recipient}"
    title = "" if _says_date(regest) else regest.heading
    title = title or regest.publication or regest.heading
    return shorten(title, _HEADING) or regest.id.rpartition("/")[2]


def _says_date(regest: Regest) -> bool:
    """Whether the heading is nothing but the date, which stands beside it anyway."""
    dates = (regest.date.printed, date_words(regest.date)) if regest.date else ()
    return regest.heading in dates


def who(regest: Regest, leave_out: Container[str] = ()) -> Markup:
    """Who wrote to whom, "to" set in italics; a lone sender is left out where that is wanted."""
    alone = "sender" in leave_out and len(regest.senders) == 1 and regest.recipients
    sender = "" if alone else parties_words(regest.senders)
    recipient = parties_words(regest.recipients, article=True)
    mark = _mark_unless_given(regest.sender_origin) if sender else ""
    if recipient:
        head = f"{as_html(sender)}{mark} " if sender else ""
        return Markup(f'{head}<span class="to">to</span> {as_html(recipient)}')
    if sender:
        tail = _after_sender(regest)
        return Markup(f"{as_html(sender)}{mark}{tail}")
    return Markup(as_html(who_text(regest)))


def _after_sender(regest: Regest) -> str:
    """The heading after a sender who writes to nobody, unless it only repeats the sender or
    the date."""
    heading = regest.heading
    if not heading or heading == parties_words(regest.senders) or _says_date(regest):
        return ""
    return f'<span class="soft">, {as_html(shorten(heading, 90))}</span>'


def details(regest: Regest, leave_out: Container[str] = ()) -> list[str]:
    """Place, kind and number, as far as they are known and wanted; where a paper that is addressed
    to nobody was printed.
    """
    parts = []
    if regest.place and "place" not in leave_out:
        place = as_html(regest.place.name)
        parts.append(f"{place}{_mark_unless_given(regest.place_origin)}")
    alone = regest.senders and not regest.recipients
    if regest.publication and alone and "publication" not in leave_out:
        parts.append(f"<cite>{as_html(shorten(regest.publication, 60))}</cite>")
    if regest.kind and "kind" not in leave_out:
        parts.append(str(as_html(regest.kind)))
    if regest.number and "number" not in leave_out:
        parts.append(f"no.&nbsp;{as_html(regest.number)}")
    return parts


def regest_line(
    regest: Regest, *, short: bool = False, leave_out: Container[str] = (), sent: bool = False
) -> Markup:
    """The regest of a document, its date and parties a link to it.

    Args:
        regest: The document in one line.
        short: Leave out the year of the date.
        leave_out: Parts the context already says: "date", "sender", "place", "kind", "number".
        sent: Word the date as the day of sending ("sent 16 July").
    """
    parts = []
    if "date" not in leave_out:
        if short and regest.date and regest.date.day:
            words = short_date(regest.date)
            if regest.date.time:
                words = date_words(regest.date).rpartition(", ")[2].join((f"{words}, ", ""))
        else:
            words = date_words(regest.date)
        text = as_html(f"sent {words}" if sent and regest.date else words)
        body = f"<i>{text}</i>" if regest.date is None else text
        mark = _mark_unless_given(regest.date_origin)
        parts.append(f'<span class="date">{body}</span>{mark}<span class="dot"></span>')
    parts.append(f'<span class="who">{who(regest, leave_out)}</span>')
    shown = "doc" if "date" not in leave_out else "doc bare"  # no date shows that it is a link
    link = f'<a class="{shown}" href="{as_html(document_url(regest.id))}">{"".join(parts)}</a>'
    rest = "".join(f'<span class="x">{part}</span>' for part in details(regest, leave_out))
    return Markup(link + rest)


def short_name(
    regest: Regest,
    *,
    year: bool = False,
    who_too: bool = True,
    near: HistoricalDate | None = None,
) -> str:
    """A neighbour in a few words: "24 Oct., Francis, no. 513".

    Args:
        regest: The document.
        year: Name the year.
        who_too: Name the writer; else the place, where there is no number.
        near: Name the year unless it is the year of this date.
    """
    year = year or bool(near and regest.date and regest.date.year != near.year)
    parts = [short_date(regest.date, year=year) if regest.date else "no date"]
    if who_too:
        parts.append(shorten(parties_words(regest.senders) or who_text(regest), 48))
    if regest.number:
        parts.append(f"no.\N{NO-BREAK SPACE}{regest.number}")
    elif regest.place and not who_too:
        parts.append(regest.place.name)
    return ", ".join(parts)


def snippets(pieces: Sequence[Snippet]) -> list[tuple[Markup, str]]:
    """Snippets of a hit with their found words marked: one text a layer, and the layer's name.

    The layer "document" needs no name. Dots stand where words of the document are left out.
    """
    layers: dict[str, list[str]] = {}
    for piece in pieces:
        layers.setdefault(piece.layer, []).append(_marked(piece))
    shown = []
    for layer, texts in layers.items():
        inside = layer == "document"
        body = " … ".join(texts)
        if inside:
            body = f"…{body}" + ("" if body.endswith((".", "?", "!", ".”")) else "…")
        shown.append((Markup(body), _LAYERS.get(layer, layer)))
    return shown


def _marked(piece: Snippet) -> str:
    out, at = [], 0
    for start, end in piece.marks:
        if start < at or end > len(piece.text):
            continue
        out.append(f"{as_html(piece.text[at:start])}<mark>{as_html(piece.text[start:end])}</mark>")
        at = end
    return "".join([*out, str(as_html(piece.text[at:]))]).strip(" …")
