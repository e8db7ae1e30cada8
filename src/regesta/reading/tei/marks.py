"""Spans into marks, layers and units: what the walker kept becomes values that point into a text.

A unit is the document itself or a paper enclosed in it; what its mark-up says of dates, places
and people is gathered by unit, for :mod:`regesta.reading.tei.facts`.
"""

from collections.abc import Callable

from regesta.documents import Layer, Mark, Note
from regesta.documents.document import LayerKind, MarkKind
from regesta.reading.tei.rules import NAME_TYPES, RENDERINGS, XML_ID, XML_LANG
from regesta.reading.tei.text import HIDDEN, Draft, Span
from regesta.reading.tei.words import words

_ZERO = frozenset(("page", "line", "gap", "figure", "cell"))
_LAYERS: dict[str, LayerKind] = {
    "dateline": "dateline",
    "salute": "salutation",
    "signed": "signature",
    "closer": "closer",
    "attachment": "enclosure",
    "floatingText": "enclosure",
}
_HIDDEN_KINDS: dict[str, MarkKind] = {"sic": "sic", "del": "deleted"}
#: Layers that take their words out of the document's own body.
_NOT_BODY = frozenset(
    ("heading", "source note", "dateline", "salutation", "closer", "signature", "enclosure")
)
_TAKEN = _NOT_BODY | frozenset(("editorial note", "translation", "commentary"))


class Unit:
    """What the mark-up of a document or of a paper enclosed in it says.

    Attributes:
        span: The element, or None for the document itself.
        heads, datelines, dates, places, parties, signed, sources: Spans of those elements, in
            order, those of enclosed papers not among them.
    """

    __slots__ = ("datelines", "dates", "heads", "parties", "places", "signed", "sources", "span")

    def __init__(self, span: Span | None = None) -> None:
        self.span = span
        self.heads: list[Span] = []
        self.datelines: list[Span] = []
        self.dates: list[Span] = []
        self.places: list[Span] = []
        self.parties: list[Span] = []
        self.signed: list[Span] = []
        self.sources: list[Span] = []


class Marked:
    """A text with what stands in it, while it is being made.

    Args:
        draft: The finished draft.
        qualify: Makes an id of a pointer ("#p_X" → "collection#p_X").
        images: Addresses of facsimiles by the ids that page breaks point to.
    """

    __slots__ = ("images", "layers", "marks", "qualify", "text", "unit", "units")

    def __init__(self, draft: Draft, qualify: Callable[[str], str], images: dict[str, str]) -> None:
        self.text = draft.sink.text
        self.qualify = qualify
        self.images = images
        self.marks: list[Mark] = []
        self.layers: list[Layer] = []
        self.unit = Unit()
        self.units: list[Unit] = [self.unit]
        self._walk(draft.sink.spans)

    def _walk(self, spans: list[Span]) -> None:
        text = self.text
        length = len(text)
        marks = self.marks
        special = _SPECIAL
        for span in spans:
            rule, start, end, _, _, _ = span
            if 0 < start < length and text[start] in " \n\t":
                span[1] = start = start + 1
            if end < start:
                span[2] = end = start
            derive = special.get(rule.name)
            if derive is not None:
                derive(self, span)
            elif rule.mark and (start < end or rule.mark in _ZERO):
                value = rule.name if rule.mark == "other" else ""
                marks.append(Mark(rule.mark, start, end, value))

    def unit_of(self, span: Span) -> Unit:
        """Give the innermost unit around an element."""
        if len(self.units) > 1:
            around = span[4]
            while around is not None:
                if around[0].name in ("attachment", "floatingText") and around[5] is None:
                    for unit in reversed(self.units):
                        if unit.span is around:
                            return unit
                around = around[4] if around[5] is None else None
        return self.unit

    def layer(self, kind: LayerKind, span: Span, language: str = "") -> None:
        """Add a layer over a span that holds text."""
        if span[1] < span[2]:
            self.layers.append(Layer(kind, span[1], span[2], language))

    def mark(self, kind: MarkKind, span: Span, value: str = "", target: str = "") -> None:
        """Add a mark over a span."""
        self.marks.append(Mark(kind, span[1], span[2], value, target))


def _alternative(marked: Marked, span: Span) -> None:
    name, attrs = span[0].name, span[3]
    if HIDDEN in attrs:
        kind = _HIDDEN_KINDS.get(name, "other")
        marked.marks.append(Mark(kind, span[1], span[2], attrs[HIDDEN], name))
    elif span[0].mark and span[1] < span[2]:
        marked.mark(span[0].mark, span)


def within(span: Span, *names: str) -> bool:
    """Tell whether an element stands inside one of these names in the same text."""
    around = span[4]
    while around is not None and around[5] is None:
        if around[0].name in names:
            return True
        around = around[4]
    return False


def _hi(marked: Marked, span: Span) -> None:
    kind = RENDERINGS.get(span[3].get("rend", ""))
    if span[1] < span[2]:
        if kind is not None:
            marked.marks.append(Mark(kind, span[1], span[2]))  # type: ignore[arg-type]
        else:
            shown = span[3].get("rend") or span[3].get("style") or "hi"
            marked.marks.append(Mark("other", span[1], span[2], shown))


def _page(marked: Marked, span: Span) -> None:
    attrs = span[3]
    number = page_number(attrs)
    marked.mark("page", span, number, page_image(attrs, marked.images))


def page_number(attrs: dict[str, str]) -> str:
    """Give the printed number of a page, without the brackets of a number not printed."""
    return attrs.get("n", "").strip("[] ")


def page_image(attrs: dict[str, str], images: dict[str, str]) -> str:
    """Give the facsimile of a page, by its address where the file lists it."""
    facs = attrs.get("facs", "")
    return images.get(facs.lstrip("#"), facs)


def _head(marked: Marked, span: Span) -> None:
    around = span[4]
    own = around is None or around[5] is not None
    if own or (around and around[0].special in ("text", "div", "part")):
        # "Article I" within a treaty heads a part of it, where the treaty has a heading.
        if own or not marked.unit.heads or around[0].special != "div":
            marked.unit.heads.append(span)
        marked.layer("heading", span)
    elif around[0].name in ("attachment", "floatingText", "body"):
        unit = marked.unit_of(span)
        unit.heads.append(span)
        marked.layer("heading", span)
    else:
        marked.mark("label", span)


def _layered(marked: Marked, span: Span) -> None:
    name = span[0].name
    kind = _LAYERS[name]
    marked.layer(kind, span)
    unit = marked.unit_of(span)
    if name == "dateline":
        unit.datelines.append(span)
    elif name == "signed":
        unit.signed.append(span)


def _enclosed(marked: Marked, span: Span) -> None:
    if span[1] < span[2]:
        marked.layer("enclosure", span)
        marked.units.append(Unit(span))


def _source_note(marked: Marked, span: Span) -> None:
    marked.layer("source note", span)
    marked.unit_of(span).sources.append(span)


def _person(marked: Marked, span: Span) -> None:
    attrs = span[3]
    if attrs.get("type") in ("from", "to"):
        marked.unit_of(span).parties.append(span)
    kind: MarkKind = {"orgName": "organisation", "gloss": "office"}.get(  # type: ignore[assignment]
        span[0].name, "person"
    )
    target = attrs.get("corresp") or attrs.get("ref") or attrs.get("key") or ""
    if span[1] < span[2] and (kind != "office" or "type" in attrs):
        marked.mark(kind, span, "", marked.qualify(target))


def _place(marked: Marked, span: Span) -> None:
    if within(span, "dateline") and not within(span, "placeName"):
        marked.unit_of(span).places.append(span)
    if span[1] < span[2]:
        marked.mark("place", span, "", marked.qualify(span[3].get("ref", "")))


def _named(marked: Marked, span: Span) -> None:
    attrs = span[3]
    kind = NAME_TYPES.get(attrs.get("type", ""))
    if span[1] < span[2]:
        if kind is None:
            marked.mark("other", span, attrs.get("type") or span[0].name)
        else:
            target = attrs.get("ref") or attrs.get("corresp") or attrs.get("key") or ""
            marked.mark(kind, span, "", marked.qualify(target))  # type: ignore[arg-type]
            if kind == "place" and within(span, "dateline"):
                marked.unit_of(span).places.append(span)


def date_value(attrs: dict[str, str]) -> str:
    """Give a date's attributes as one ISO value or interval, or an empty string."""
    if attrs.get("when"):
        return attrs["when"]
    first = attrs.get("from") or attrs.get("notBefore") or ""
    last = attrs.get("to") or attrs.get("notAfter") or ""
    return f"{first}/{last}" if first or last else ""


def _date(marked: Marked, span: Span) -> None:
    value = date_value(span[3])
    if value:
        marked.unit_of(span).dates.append(span)
    if span[1] < span[2]:
        marked.mark("date", span, value)


def _ref(marked: Marked, span: Span) -> None:
    marked.mark("ref", span, span[3].get("type", ""), span[3].get("target", ""))


def _foreign(marked: Marked, span: Span) -> None:
    if span[1] < span[2]:
        marked.mark("foreign", span, span[3].get(XML_LANG, ""))


def _quote(marked: Marked, span: Span) -> None:
    marked.layer("quotation", span)


def _division(marked: Marked, span: Span) -> None:
    attrs = span[3]
    kind = attrs.get("type", "").casefold()
    language = attrs.get(XML_LANG, "")
    if kind in words("layers", "translation"):
        marked.layer("translation", span, language)
    elif kind in words("layers", "commentary"):
        marked.layer("commentary", span, language)


def _figure(marked: Marked, span: Span) -> None:
    marked.mark("figure", span, "", span[3].get("url", ""))


def _gap(marked: Marked, span: Span) -> None:
    attrs = span[3]
    extent = attrs.get("extent") or " ".join(
        part for part in (attrs.get("quantity"), attrs.get("unit")) if part
    )
    marked.mark("gap", span, " · ".join(p for p in (attrs.get("reason"), extent) if p))


_SPECIAL: dict[str, Callable[[Marked, Span], None]] = {
    "hi": _hi, "pb": _page, "head": _head, "dateline": _layered, "salute": _layered,
    "signed": _layered, "closer": _layered, "attachment": _enclosed, "floatingText": _enclosed,
    "quote": _quote, "q": _quote, "said": _quote, "note": _source_note, "persName": _person,
    "orgName": _person, "gloss": _person, "placeName": _place, "rs": _named, "name": _named,
    "date": _date, "ref": _ref, "foreign": _foreign, "div": _division, "text": _division,
    "graphic": _figure, "gap": _gap, "sic": _alternative, "orig": _alternative,
    "abbr": _alternative, "rdg": _alternative, "del": _alternative, "corr": _alternative,
    "reg": _alternative, "expan": _alternative, "lem": _alternative,
}  # fmt: skip


def body_layers(layers: list[Layer], text: str, language: str = "") -> list[Layer]:
    """Give the layers of the document's own words: all that no other voice takes.

    Args:
        layers: The other layers, in order of their start.
        text: The whole text.
        language: The body's language where the source names it.
    """
    taken = sorted((layer.start, layer.end) for layer in layers if layer.kind in _TAKEN)
    found: list[Layer] = []
    at = 0
    for start, end in [*taken, (len(text), len(text))]:
        if start > at:
            words_ = text[at:start]
            first = at + len(words_) - len(words_.lstrip())
            last = at + len(words_.rstrip())
            if first < last:
                found.append(Layer("body", first, last, language))
        at = max(at, end)
    return found


def make_note(draft: Draft, qualify: Callable[[str], str], images: dict[str, str]) -> Note:
    """Make a footnote of its draft."""
    marked = Marked(draft, qualify, images)
    attrs = draft.attrs
    return Note(
        n=attrs.get("n", ""),
        text=marked.text,
        anchor=draft.anchor,
        id=attrs.get(XML_ID) or attrs.get("id", ""),
        marks=tuple(marked.marks),
    )
