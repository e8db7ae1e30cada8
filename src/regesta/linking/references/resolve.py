"""Third step: a mention and a lookup into a reference: link, candidates, or a reason why neither.

Number, date and direction together make a link; so do a page and either; weaker evidence makes
ranked candidates; none leaves the mention open, or shows that what it means is not here.
"""

import re
from collections.abc import Iterator, Sequence

from regesta.linking.base import Candidate, Card, Lookup, Mention, Reference, Standing
from regesta.linking.references.expect import Expected, expected
from regesta.linking.references.weigh import NEAR, days_between, shifted, weigh

#: Days before a mention within which a number without a date is looked for: numbers begin anew
#: every year, and what is answered later is named with its date.
BACK = 180
#: The same for a link: a number that was used so lately by the same hand was used once.
LATELY = 60
#: Days by which a date may be misprinted (a wrong month) where number and sender agree.
SLIP = 45
#: How sure a link is to what the dates put after its mention.
LATER = 0.9
#: Most candidates that are kept.
MOST = 5
#: What the best candidate must be ahead of the next.
LEAD = 1.0
_FRAGMENT = re.compile(r"^p[a-z]*[_.-]?(\d+)$", re.IGNORECASE)

_Found = tuple[Card, dict[str, str]]


def resolve(mention: Mention, lookup: Lookup) -> Reference:
    """Find what a mention means."""
    home = mention.passage.card
    expects = expected(mention)
    ranked = _ranked(mention, lookup, expects)
    if ranked:
        confidence = _confidence(mention, ranked)
        if confidence:
            return Reference(mention, "asserted", tuple(ranked[:MOST]), confidence)
    if mention.unprinted:
        return Reference(mention, "not printed", (), 0.95)
    likely = [c for c in ranked if c.score > 0 and _is_candidate(mention, c)]
    if likely:
        return Reference(mention, "candidate", tuple(likely[:MOST]), _share(likely))
    standing: Standing = "absent" if _is_exact(mention, lookup, home) else "open"
    return Reference(mention, standing, (), 0.9 if standing == "absent" else 0.0)


def _ranked(mention: Mention, lookup: Lookup, expects: Expected) -> list[Candidate]:
    """Every document that may be meant, the best first; each once."""
    home, best = mention.passage.card, dict[tuple[str, str], Candidate]()
    for card, found in _gather(mention, lookup, expects):
        if card.id == home.id or (
            _comes_later(mention, card) and not _is_just_it(mention, card, expects)
        ):
            continue
        candidate = weigh(mention, card, expects, near=home.collection, found=found)
        key = (card.id, card.part)
        if key not in best or candidate.score > best[key].score:
            best[key] = candidate
    hosts = dict[str, Candidate]()
    printed = dict[tuple[object, ...], str]()
    for candidate in sorted(best.values(), key=_order):
        message = _message(candidate.card) if len(best) > 1 else None
        if message and candidate.card.id not in hosts:
            collection = candidate.card.collection
            if printed.setdefault(message, collection) != collection:
                continue  # another volume's print of a letter that is named already
        hosts.setdefault(candidate.card.id, candidate)
    return list(hosts.values())


def _message(card: Card) -> tuple[object, ...] | None:
    """What two volumes' prints of one letter share; None where too little is known."""
    told = card.number or card.time
    if not (told and card.day and card.senders and card.recipients) or card.part:
        return None
    return card.number, card.time, card.day, card.senders, card.recipients


def _order(candidate: Candidate) -> tuple[float, str, str]:
    return (-candidate.score, candidate.card.id, candidate.card.part)


def _comes_later(mention: Mention, card: Card) -> bool:
    """Nobody mentions what is not yet written, but for clocks; editors may."""
    day = mention.passage.card.day
    return not mention.forward and bool(day and card.day) and card.day > shifted(day, 2)


def _is_just_it(mention: Mention, card: Card, expects: Expected) -> bool:
    """Whether number, sender and day agree: then it is the paper's own day that is misprinted."""
    if card.number not in mention.numbers or card.day not in mention.days:
        return False
    soon = card.day <= shifted(mention.passage.card.day, SLIP)
    return soon and not expects[0].isdisjoint(card.senders)


def _gather(mention: Mention, lookup: Lookup, expects: Expected) -> Iterator[_Found]:
    home = mention.passage.card
    placed = list(_pointed(mention, lookup, home))
    for collection in _collections(mention, lookup, home):
        for page in mention.pages:
            placed += [(card, {"page": page}) for card in lookup.by_page(collection, page)]
        if mention.document:
            numbered = lookup.by_edition_number(collection, mention.document)
            if numbered is not None:
                placed.append((numbered, {"edition number": mention.document}))
    yield from placed
    if mention.step:
        beside = lookup.by_place(home.collection, home.order + mention.step)
        if beside is not None:
            yield beside, {"beside": "before" if mention.step < 0 else "after"}
    if not placed:
        yield from _described(mention, lookup, expects)


def _pointed(mention: Mention, lookup: Lookup, home: Card) -> Iterator[_Found]:
    if not mention.target:
        return
    collection, _, anchor = mention.target.partition("#")
    collection = collection or home.collection
    card = lookup.by_anchor(collection, anchor) if anchor else lookup.by_id(mention.target)
    if card is not None:
        yield card, {"target": mention.target}
    elif match := _FRAGMENT.match(anchor):
        for found in lookup.by_page(collection, match[1]):
            yield found, {"page": match[1]}


def _collections(mention: Mention, lookup: Lookup, home: Card) -> Sequence[str]:
    """The volumes in which a page or a document number is meant."""
    if mention.cited is None:
        # What the mark-up points to says which volume a page is of.
        return [mention.target.partition("#")[0] or home.collection]
    return lookup.volumes(mention.cited, home.collection)


def _described(mention: Mention, lookup: Lookup, expects: Expected) -> Iterator[_Found]:
    """What has the number or was written on the day."""
    sender = expects[0]
    for day in mention.days:
        if day[0] == "X":
            continue
        for number in mention.numbers:
            for card in lookup.by_number(number, shifted(day, -SLIP), shifted(day, SLIP)):
                if days_between(day, card.day) <= NEAR or sender & card.senders:
                    yield card, {}
        for card in lookup.by_day(day, day):
            other = card.number and mention.numbers and not mention.times
            if not other and (not sender or not card.senders or sender & card.senders):
                yield card, {}
    written = mention.passage.card.day
    if mention.days or not written:
        return
    last = shifted(written, BACK) if mention.forward else shifted(written, 1)
    for number in mention.numbers:
        for card in lookup.by_number(number, shifted(written, -BACK), last):
            if sender and not sender.isdisjoint(card.senders):
                yield card, {}


def _is_candidate(mention: Mention, candidate: Candidate) -> bool:
    """Something that names the document must agree, not only who wrote it."""
    evidence = candidate.evidence
    if "kind" in evidence.get("against", "") and "number" not in evidence:
        return False
    named = {"number", "page", "target", "beside", "edition number"} & evidence.keys()
    dated = "date" in evidence and ({"sender", "hour", "recipient"} & evidence.keys())
    return bool(named or dated)


def _share(ranked: Sequence[Candidate]) -> float:
    """How much of the weight the best candidate has, below what a link has."""
    total = sum(candidate.score for candidate in ranked)
    return round(min(0.8, 0.8 * ranked[0].score / total), 3) if total > 0 else 0.0


def _confidence(mention: Mention, ranked: Sequence[Candidate]) -> float:
    """Give the confidence of a link to the best candidate, or 0 where too little agrees.

    Values set on one half of the volumes by reading what each rule asserts.
    """
    first = ranked[0]
    evidence = first.evidence.keys()
    against = set(first.evidence.get("against", "").split(", ")) - {""}
    lead = first.score - ranked[1].score if len(ranked) > 1 else 99.0
    if "target" in evidence:
        return 0.99
    if lead < LEAD:
        return 0.0
    if "page" in evidence:
        return _by_page(first, against, ranked)
    if mention.unprinted:
        return 0.0
    if "edition number" in evidence:
        return 0.95 if not against & {"number", "date"} else 0.0
    if "beside" in evidence:
        return _beside(against)
    return _by_words(mention, first, against)


def _by_page(first: Candidate, against: set[str], ranked: Sequence[Candidate]) -> float:
    have = first.evidence.keys()
    if "hour" in against and "number" not in have:
        return 0.0
    if have & {"number", "date"} and not (against & {"number", "date"}):
        return 0.98
    if have & {"number", "date"} and not against & {"sender"}:
        return 0.9 if {"number", "near date"} <= have or {"date", "hour"} <= have else 0.0
    alone = len([c for c in ranked if "page" in c.evidence]) == 1
    return 0.93 if alone and not against else 0.0


def _beside(against: set[str]) -> float:
    return 0.0 if against & {"number", "date", "hour"} else 0.93


def _by_words(mention: Mention, first: Candidate, against: set[str]) -> float:
    """Number, date, hour and direction, without the help of an editor."""
    have = first.evidence.keys()
    if against & {"number", "hour", "sender", "kind"}:
        return 0.0
    directed = "sender" in have and "recipient" in have
    if _comes_later(mention, first.card):
        return LATER
    if {"number", "date"} <= have and not mention.shared:
        if "recipient" in against:
            return 0.9 if "sender" in have else 0.0
        return 0.98 if "sender" in have else 0.93
    if "recipient" in against:
        return 0.0
    if {"number", "date"} <= have:
        return 0.95 if directed else 0.0
    if {"date", "hour"} <= have and "sender" in have:
        return 0.96
    if "number" in have and have & {"near date", "received"} and directed:
        return 0.93
    if "number" in have and not mention.days and directed:
        written = mention.passage.card.day
        lately = written and days_between(written, first.card.day) <= LATELY
        return 0.92 if lately else 0.0
    if "date" in have and directed and not mention.numbers and mention.kind != "telegram":
        return 0.9 if "kind" in have else 0.88
    return 0.9 if {"date", "kind"} <= have and directed and not mention.numbers else 0.0


def _is_exact(mention: Mention, lookup: Lookup, home: Card) -> bool:
    """Whether a mention says so exactly what it means that not finding it shows that it is away."""
    if (
        mention.cited is not None
        and mention.pages
        and not lookup.volumes(mention.cited, home.collection)
    ):
        return True
    collection = mention.target.partition("#")[0]
    if collection and not lookup.has_collection(collection):
        return True
    return bool(mention.days and (mention.numbers or mention.times))
