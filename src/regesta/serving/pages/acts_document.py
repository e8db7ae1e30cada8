"""Acts on the pages of documents and days: underlined in the text, listed beside it, side by side.

What comes in are the acts of a document or a day; out go spans and points for the text, lines for
the list after it, and columns by power.
"""

from dataclasses import dataclass

from markupsafe import Markup

from regesta.documents import Document
from regesta.documents.ledger import StoredAct
from regesta.edition import Edition
from regesta.edition.results import Regest
from regesta.serving.answers.acts import matter_words, side_words, verb_words
from regesta.serving.pages.acts import act_url
from regesta.serving.pages.escaping import escaped
from regesta.serving.pages.inline import Point, Span
from regesta.serving.pages.regests import short_name
from regesta.serving.pages.words import shorten

#: Acts of a day that are shown, and columns.
_OF_A_DAY, _COLUMNS, _LISTED = 200, 3, 12
_MATTER, _WORDS = 120, 160
#: Probable acts of at least this confidence stand on a day's page, with the words that prove them.
_LIKELY = 0.45


@dataclass(frozen=True, slots=True)
class ShownAct:
    """An act in the list of a document's page."""

    key: str
    anchor: str
    lead: Markup
    rest: Markup


@dataclass(frozen=True, slots=True)
class ShownActs:
    """All that the page of a document shows of its acts.

    Attributes:
        spans: Underlines for its text; ``points``: key letters and margin notes at their ends.
        rows: For the list after the text.
        ready: Whether the acts have been found; else the page says nothing of them.
    """

    spans: tuple[Span, ...] = ()
    points: tuple[Point, ...] = ()
    rows: tuple[ShownAct, ...] = ()
    ready: bool = True


@dataclass(frozen=True, slots=True)
class DayAct:
    """An act of a day.

    Attributes:
        side: What else is to be said: "as Berg reports".
        words: What a probable one rests on; "" for a certain one.
    """

    verb: str
    matter: str
    actor: str
    side: str
    url: str
    document: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class DayActs:
    """The acts of a day, or of some days.

    Attributes:
        columns: Acts by power, the certain ones first: (power, acts shown, acts left out).
        probable: How many more are probable, and not shown.
    """

    columns: tuple[tuple[str, list[DayAct], int], ...] = ()
    probable: int = 0


def acts_shown(edition: Edition, document: Document) -> ShownActs:
    """Give what the page of a document shows of its acts."""
    if edition.acts.progress() is not None:
        return ShownActs(ready=False)
    spans, points, rows = [], [], []
    for n, stored in enumerate(edition.acts.stated(document.id)):
        act = stored.act
        if act.span is None or not 0 <= act.span[0] < act.span[1] <= len(document.text):
            continue
        key, anchor = letters(n), f"act-{stored.place + 1}"
        lead, rest = _lead(stored), _rest(stored)
        doubt = " probable" if act.tier != "certain" else ""
        spans.append(Span(*act.span, "span", f' class="act{doubt}" id="{anchor}"', rank=0))
        note = (
            f'<a class="key" href="#{anchor}"><span class="vh">act </span>{key}</a>'
            f'<span class="side a" role="note"><span class="lead">{key}&ensp;{lead}</span> {rest}'
            "</span>"
        )
        points.append(Point(act.span[1], note))
        rows.append(ShownAct(key, anchor, lead, rest))
    return ShownActs(tuple(spans), tuple(points), tuple(rows))


def letters(n: int) -> str:
    """The key of the n-th act, from 0: a…z, then aa, ab…"""
    head, tail = divmod(n, 26)
    return (letters(head - 1) if head else "") + "abcdefghijklmnopqrstuvwxyz"[tail]


def _lead(stored: StoredAct) -> Markup:
    return Markup(escaped(verb_words(stored)).replace(" not ", " <i>not</i> "))


def _rest(stored: StoredAct) -> Markup:
    """Who, toward whom, about what, and what else is to be said."""
    act = stored.act
    who = act.actor + (f", to {act.addressee}" if act.addressee else "")
    parts = [f"<b>{escaped(who)}</b>"]
    if act.about:
        parts.append(escaped(shorten(act.about, _MATTER)))
    if said := side_words(stored):
        parts.append(f"<i>{escaped(said)}</i>")
    return Markup(" · ".join(parts))


def acts_of_days(edition: Edition, first: str, last: str) -> DayActs:
    """The acts of some days by the power that does them: the certain ones, then the likely ones.

    Powers come first, then actors of whom it is not known for which power they speak. A row without
    the words that prove it reads as a fact: what leaves a doubt stands with them.
    """
    if not edition.acts.ready:
        return DayActs()
    found = edition.acts(first=first, last=last, tier=("certain",), limit=_OF_A_DAY).acts
    doubtful = edition.acts(first=first, last=last, tier=("probable",), limit=_OF_A_DAY)
    likely = [x for x in doubtful.acts if x.act.confidence >= _LIKELY]
    exact = [
        x for x in (*found, *likely) if x.earliest == x.latest and first <= (x.latest or "") <= last
    ]
    probable = doubtful.total - sum(x.act.tier == "probable" for x in exact)
    regests = {r.id: r for r in edition.regests(sorted({a.document for a in exact}))}
    columns: dict[str, list[DayAct]] = {}
    known = {power for stored in exact for power in stored.actor_powers}
    for stored in exact:
        for power in stored.actor_powers or (stored.act.actor,):
            columns.setdefault(power, []).append(_of_day(stored, power, regests))
    order = sorted(columns, key=lambda name: (name not in known, -len(columns[name]), name))
    shown = tuple(
        (name, columns[name][:_LISTED], max(len(columns[name]) - _LISTED, 0))
        for name in order[:_COLUMNS]
    )
    return DayActs(shown, probable)


def _of_day(stored: StoredAct, power: str, regests: dict[str, Regest]) -> DayAct:
    regest = regests.get(stored.document)
    actor = stored.act.actor
    return DayAct(
        verb=verb_words(stored),
        matter=shorten(matter_words(stored), _MATTER),
        actor=actor if actor != power else "",
        side=side_words(stored),
        url=act_url(stored),
        document=short_name(regest) if regest else stored.document,
        words=shorten(stored.words, _WORDS) if stored.act.tier == "probable" else "",
    )
