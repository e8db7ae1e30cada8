"""Parties: headings against signatures and tenures, and one name in two spellings in a volume.

In come documents in order; of each the parties' names, offices and its signature are kept.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from regesta.auditing.base import Auditor, Desk, Finding
from regesta.auditing.compare_dates import shown
from regesta.auditing.dates import enclosure_at
from regesta.auditing.words import edit_distance, folded, one_line, said_openly
from regesta.documents import PARTED, Collection, Document, Fact, Party, Value
from regesta.vocabularies import vocabulary

#: Names shorter than this differ in a letter by nature ("Day", "Dey").
SHORTEST = 5
#: The same within one document, whose heading and signature mean one person.
SHORT = 4
#: A spelling that stands at most so often is held against one that stands at least so often.
SELDOM, OFTEN = 2, 6
#: A signature is no longer than this, in characters.
LONGEST_SIGNATURE = 60


@cache
def _signs_for() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in vocabulary("audit_words")["signs_for"])
    return re.compile(rf"(?:^|[\s(\[])(?:{words})[\s,.:)]", re.I)


def signature_of(document: Document) -> tuple[int, int] | None:
    """The span of a document's one signature; None where it has none, or several."""
    found = [
        layer for layer in document.layers
        if layer.kind == "signature" and not enclosure_at(document, layer.start)
    ]  # fmt: skip
    if len(found) != 1 or document.text[slice(found[0].start, found[0].end)].count("\n") > 1:
        return None
    start, end = found[0].start, found[0].end
    stop = document.text.find("\n", start, end)
    return start, stop if stop > 0 else end


def surnames(name: str) -> tuple[str, ...]:
    """The words of a name that are no initials; an editor's brackets inside words are lifted."""
    return tuple(w for w in folded(name.replace("[", "").replace("]", "")) if len(w) > 2)


def _as_printed(word: str, name: str) -> str:
    """A folded word as the name prints it ("McKell"); capitals throughout are put small."""
    printed = next((w for w in re.findall(r"[^\W\d_]+", name) if folded(w) == (word,)), word)
    return printed if printed[:1].isupper() and not printed.isupper() else word.capitalize()


def personal(name: str) -> bool:
    """Tell whether these are the words of a person's name, and not of an office or a title."""
    words = name.split()
    if not words or _holds_office(name) or words[0].lower() in ("the", "der", "die", "le", "la"):
        return False
    return not any(word.lower().strip(".,;") in _nouns() for word in words)


def _holds_office(words: str) -> bool:
    return any(word in _offices() for word in folded(words))


@cache
def _offices() -> frozenset[str]:
    table = vocabulary("party_words")
    listed = [*table["office"], *table["foreign"], *table["portfolio"], "adjutant", "king"]
    return frozenset(word for entry in listed for word in folded(entry))


@cache
def _nouns() -> frozenset[str]:
    return frozenset(vocabulary("kinds")["nouns"])


def _joined(name: str) -> set[str]:
    """The ends of a name written as one word, of which figures may be misread letters."""
    words = [w for w in re.split(r"[\s.,]+", name.replace("[", "").replace("]", "")) if w]
    plain = ["".join(folded(word.replace("1", "i").replace("0", "o"))) for word in words]
    ends = {"".join(plain[i:]) for i in range(len(plain))} | set(plain)
    return {end for end in ends if len(end) > 3}


class SignatureAuditor(Auditor):
    """Looks at the sender that the heading names and at the signature."""

    looks_at = "headings against signatures"

    def document(self, document: Document) -> Iterable[Finding]:
        """Give where the sender named is not the one who signed."""
        senders = [f for f in document.resolved("sender") if isinstance(f.value, Party)]
        if len(senders) != 1:
            return
        party = senders[0].value
        assert isinstance(party, Party)
        if not party.name or not senders[0].span:
            return
        finding = _against_signature(document, senders[0], party)
        if finding:
            yield finding


class MarkupAuditor(Auditor):
    """Looks at names that were marked up with more than a name."""

    looks_at = "names marked up with the other party"

    def document(self, document: Document) -> Iterable[Finding]:
        """Give each sender or recipient whose mark-up held both parties."""
        for fact in document.facts:
            party = fact.value
            if not fact.rule.endswith(PARTED) or not isinstance(party, Party) or not fact.span:
                continue
            yield Finding(
                document=document.id,
                collection=document.collection,
                kind="party.whole-heading",
                why=f"The {fact.field} is marked up together with the other party.",
                words=document.text[slice(*fact.span)],
                span=fact.span,
                values={"heading": one_line(document.heading), fact.field: party.label},
                confidence=0.95,
            )


class TenureAuditor(Auditor):
    """Looks at who is named in an office that, by all papers around it, another held."""

    looks_at = "who is named in an office, against who held it"

    def edition(self) -> Iterable[Finding]:
        """Give the papers that all others contradict."""
        for stranger in self.desk.strangers():
            document = self.desk.document(stranger.document)
            fact = _named(document, stranger.name)
            if fact is None or fact.span is None or said_openly(document, *fact.span):
                continue
            if _signs_for().search(document.heading):
                continue
            words = document.text[slice(*fact.span)]
            near = edit_distance("".join(folded(words)[-1:]), _last(stranger.holder), 2) <= 2
            yield Finding(
                document=document.id,
                collection=document.collection,
                kind="party.tenure",
                why=f"The papers before and after {shown(stranger.day)} show {stranger.holder} "
                "in this office.",
                words=words,
                span=fact.span,
                values={
                    "printed": words,
                    "office": stranger.office,
                    "in office": stranger.holder,
                },
                confidence=0.75 if near else 0.5,
                others=tuple(id for id in (stranger.before, stranger.after) if id),
            )


def _last(name: str) -> str:
    """The family name: before a comma, or the last word."""
    words = folded(name.partition(",")[0])
    return words[-1] if words else ""


def _named(document: Document, name: str) -> Fact | None:
    """The party fact of a document that bears a name."""
    wanted = set(surnames(name)) or set(folded(name))
    for field in ("sender", "recipient"):
        for fact in document.resolved(field):
            party = fact.value
            if isinstance(party, Party) and wanted & set(folded(party.name)):
                return fact
    return None


def _against_signature(document: Document, fact: Fact, party: Party) -> Finding | None:
    span = signature_of(document)
    if span is None or fact.span is None:
        return None
    signed = one_line(document.text[slice(*span)])
    if signed[:1] in "[(" and signed[1:2].islower():
        return None  # an editor's words: "[no signature]"
    signed = signed.strip(" .,[]")
    if not 3 < len(signed) <= LONGEST_SIGNATURE or _signs_for().search(signed):
        return None
    if _signs_for().search(document.heading) or said_openly(document, *span):
        return None
    own, theirs = surnames(party.name), surnames(signed)
    if not personal(party.name) or not own or not theirs or said_openly(document, *fact.span):
        return None
    if set(own) & set(theirs) or _joined(party.name) & _joined(signed):
        return None
    near = min((edit_distance(a, b, 2), a, b) for a in own for b in theirs)
    printed = [
        _as_printed(a, words) for a, words in zip(near[1:], (party.name, signed), strict=True)
    ]
    values = {"heading": party.name, "signed": signed}
    if near[0] <= (1 if min(len(near[1]), len(near[2])) < 6 else 2) and len(near[1]) >= SHORT:
        why = f"Heading and signature spell one name in two ways: {printed[0]}, {printed[1]}."
        kind, confidence = "party.spelling", 0.88 if len(near[1]) >= SHORTEST else 0.8
    elif _holds_office(signed):
        return None  # an aide or a clerk who signs says so
    else:
        why = "Another than the sender of the heading has signed."
        kind, confidence = "party.signature", 0.5
    return Finding(
        document=document.id,
        collection=document.collection,
        kind=kind,
        why=why,
        words=document.text[slice(*fact.span)],
        span=fact.span,
        values=values,
        confidence=confidence,
    )


class _Use(Value, frozen=True):
    document: str
    words: str
    span: tuple[int, int] | None
    others: tuple[str, ...]
    signed: tuple[str, ...]


class SpellingAuditor(Auditor):
    """Looks at the names of parties in a volume: one that is almost another's."""

    looks_at = "variant spellings of one name in a volume"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._count: dict[tuple[str, str], int] = {}
        self._uses: dict[tuple[str, str], list[_Use]] = {}
        self._counterparts: dict[tuple[str, str], set[str]] = {}

    def document(self, document: Document) -> Iterable[Finding]:
        """Keep the names of its parties, and the uses of the seldom ones."""
        sides = {field: document.resolved(field) for field in ("sender", "recipient")}
        names = {
            field: tuple(_key(f.value)[0] for f in facts if isinstance(f.value, Party))
            for field, facts in sides.items()
        }
        span = signature_of(document)
        signed = surnames(document.text[slice(*span)]) if span else ()
        for field, facts in sides.items():
            others = names["recipient" if field == "sender" else "sender"]
            for fact in facts:
                if not isinstance(fact.value, Party):
                    continue
                key = _key(fact.value)
                if len(key[0]) < SHORTEST:
                    continue
                self._count[key] = self._count.get(key, 0) + 1
                self._counterparts.setdefault(key, set()).update(others)
                if self._count[key] > SELDOM:
                    self._uses.pop(key, None)
                    continue
                if fact.span is None or said_openly(document, *fact.span):
                    continue
                use = _Use(
                    document=document.id,
                    words=document.text[slice(*fact.span)],
                    span=fact.span,
                    others=others,
                    signed=signed if field == "sender" else (),
                )
                self._uses.setdefault(key, []).append(use)
        return ()

    def collection(self, collection: Collection) -> Iterable[Finding]:
        """Give seldom names that are a slip away from a frequent one."""
        count, uses, counterparts = self._count, self._uses, self._counterparts
        self._count, self._uses, self._counterparts = {}, {}, {}
        often = [key for key, n in count.items() if n >= OFTEN]
        for key, found in uses.items():
            near = [other for other in often if _slip(key, other)]
            if len(near) != 1:
                continue
            (other,) = near
            for use in found:
                yield from _variant(collection.id, key, other, use, count, counterparts)


def _key(party: Party) -> tuple[str, str]:
    """A name's last word, and the office where one is printed."""
    words = surnames(party.name)
    return (words[-1] if words else ""), " ".join(folded(party.office))


def _slip(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two names of one office, or without office, differ by a slip."""
    if one[0] == other[0] or (one[1] != other[1]):
        return False
    most = 1 if min(len(one[0]), len(other[0])) < 8 else 2
    return edit_distance(one[0], other[0], most) <= most


def _variant(
    collection: str,
    key: tuple[str, str],
    other: tuple[str, str],
    use: _Use,
    count: dict[tuple[str, str], int],
    counterparts: dict[tuple[str, str], set[str]],
) -> Iterator[Finding]:
    if key[0] in use.signed:
        return  # signed so too: another person
    shared = bool(set(use.others) & counterparts[other])
    confidence = 0.9 if other[0] in use.signed else 0.8 if key[1] else 0.65 if shared else 0.35
    times = f"{count[other]} other parties of this volume are called {other[0].capitalize()}"
    yield Finding(
        document=use.document,
        collection=collection,
        kind="party.spelling",
        why=f"{times}" + (", in the same office." if key[1] else "."),
        words=use.words,
        span=use.span,
        values={"printed": use.words, "elsewhere": other[0].capitalize()},
        confidence=confidence,
    )
