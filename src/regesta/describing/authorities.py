"""Printed names into persons: which forms of which volumes are one, each merging with its reason.

What comes in are forms (a name as one collection prints it, with office, years and correspondents)
and entries of lists of persons; what goes out are authorities, each with its forms and the reasons
for which they stand together. A surname alone never joins two forms; what is in doubt stays apart.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from regesta.describing.names import has_office
from regesta.describing.offices import parse_office
from regesta.describing.person_names import (
    PersonName,
    compatible,
    has_particle,
    identical,
    is_body,
    one_letter_apart,
    parse_name,
)
from regesta.documents.base import Value

#: Bearers of one full name are one person when so many years at most lie between them: a given
#: name in full, or two names or initials that agree.
YEARS_ONE_NAME, YEARS_TWO_NAMES = 12, 40
#: Days between two forms that share surname and office; that share correspondents in one volume;
#: in two volumes.
OFFICE_GAP, SAME_VOLUME_GAP, CORRESPONDENT_GAP = 800, 200, 550
#: A correspondent of more persons than this tells nobody apart: everybody writes to him.
HUB = 8
#: A third that could be either of two stands in the way, unless it has so many times fewer
#: documents than each: then it is more likely a misprint of them.
FEW = 8
#: A misprinted surname has so many letters, and so many times fewer documents than the right one,
#: where no office shows that both are one.
LONG_SURNAME, RARE = 8, 30
_YEAR = 365.25
_PARTS = re.compile(r"[;:]|\.\s|\(later |,? later |,? until |,? from |,? since |\)")
_DATES = re.compile(r"^(?:from|to|after|before|in|until)?\s*(?:\w+ \d{1,2}, )?\d{4}\b|[–—-]\d{4}")


class Form(NamedTuple):
    """A name as one collection prints it.

    Attributes:
        name: As printed in headings, or as signed where the heading has the office alone.
        fuller: The name in signatures and addresses, or "".
        office: Key of the office, or "".
        single: Whether one person at a time holds that office.
        person: Id of a list entry or an authority's URI, or "".
        collection: Id of the collection.
        first, last: Ordinals of its first and last day, 0 where no document is dated.
        times: Documents.
        others: Names (folded) of those it writes to or hears from.
        listed: It is an entry of a list of persons.
        refs: Authority URIs of that entry.
        note: What the list says.
    """

    name: str
    fuller: str
    office: str
    single: bool
    person: str
    collection: str
    first: int
    last: int
    times: int
    others: frozenset[str] = frozenset()
    listed: bool = False
    refs: tuple[str, ...] = ()
    note: str = ""


class Reason(Value, frozen=True):
    """Why forms stand together.

    Attributes:
        rule: "list", "authority", "full name", "office", "volume", "correspondents", "misprint",
            "decision".
        one, other: The names joined, as printed, with their collections.
        why: In words.
        confidence: 0 to 1.
    """

    rule: str
    one: str
    other: str
    why: str
    confidence: float


@dataclass(slots=True)
class Authority:
    """A person or body: the numbers of its forms, its names, and why they are one.

    Attributes:
        spans: Collection → first and last day there.
        bare: Collections whose headings print the surname alone for it.
    """

    surname: str
    forms: list[int] = field(default_factory=list)
    names: set[PersonName] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)
    offices: dict[str, tuple[int, int, bool]] = field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)
    reasons: list[Reason] = field(default_factory=list)
    first: int = 0
    last: int = 0
    times: int = 0
    shown: str = ""

    @property
    def full(self) -> list[PersonName]:
        """Its names that have given names."""
        return [name for name in self.names if name.given]


def make_authorities(forms: Sequence[Form]) -> list[Authority]:
    """Join forms into authorities.

    Args:
        forms: Names of headings and signatures, and entries of lists.

    Returns:
        Authorities in the order of their first form; every form with a name is in exactly one.
    """
    hubs = _hubs(forms)
    found = _by_id(forms)
    for authority in found:
        authority.others -= hubs
        if len({name.surname for name in authority.names}) > 1:
            authority.surname = _printed_surname(authority, forms)
    buckets: dict[str, list[Authority]] = defaultdict(list)
    for authority in found:
        buckets[authority.surname].append(authority)
    for surname in sorted(buckets):
        some = buckets[surname]
        for blocks, evidence in STAGES:
            if len(some) > 1:
                some = _join(some, blocks, evidence)
        buckets[surname] = some
    whole = _join_misprints([a for surname in sorted(buckets) for a in buckets[surname]], forms)
    return sorted(whole, key=lambda a: min(a.forms))


def _printed_surname(authority: Authority, forms: Sequence[Form]) -> str:
    """The surname that documents print most, where a list spells it otherwise."""
    said: Counter[str] = Counter()
    for i in authority.forms:
        said[parse_name(forms[i].name).surname] += forms[i].times
    return max(said, key=lambda surname: (said[surname], surname))


def _hubs(forms: Sequence[Form]) -> set[str]:
    count: Counter[str] = Counter()
    for other in {(parse_name(f.name).surname, other) for f in forms for other in f.others}:
        count[other[1]] += 1
    return {name for name, times in count.items() if times > HUB}


# First: what the sources themselves say is one.


def _by_id(forms: Sequence[Form]) -> list[Authority]:
    """One authority for each id that lists and references share, one for each other form."""
    known: dict[str, Authority] = {}
    found: list[Authority] = []
    order = sorted(range(len(forms)), key=lambda i: (not forms[i].listed, i))
    for i in order:
        form = forms[i]
        printed = parse_name(form.name)
        if not printed.surname:
            continue
        keys = [uri_key(k) for k in (form.person, *form.refs) if k]
        near = next((known[k] for k in keys if k in known), None)
        if near is None and not keys:
            near = known.get(_plain_key(form))
            keys = [_plain_key(form)]
        elif near is not None and not _may_share(near, form, printed):
            near, keys = None, []
        if near is None:
            near = Authority(printed.surname, shown=_shown(form))
            found.append(near)
        elif form.person or form.refs:
            near.reasons.append(_reason_by_id(near, form))
        for key in keys:
            known.setdefault(key, near)
        _add(near, i, form, printed)
    return found


def uri_key(id: str) -> str:
    """An id or URI as far as it names: http and https, with and without a final slash, are one."""
    return id.partition("://")[2].rstrip("/").lower() if "://" in id else id


def _plain_key(form: Form) -> str:
    return f"\0{form.collection}\0{form.name}\0{form.fuller}\0{form.office}"


def _may_share(near: Authority, form: Form, printed: PersonName) -> bool:
    """An id of the source is believed unless the given names contradict each other."""
    return form.listed or all(
        name.surname != printed.surname or compatible(name, printed) for name in near.full
    )


def _reason_by_id(near: Authority, form: Form) -> Reason:
    if form.listed or "://" in form.person:
        uri = form.person if "://" in form.person else next(iter(form.refs), form.person)
        return Reason("authority", near.shown, _shown(form), f"both refer to {uri}", 1.0)
    words = f"the source refers to {form.person} in its list of persons"
    return Reason("list", near.shown, _shown(form), words, 1.0)


def _shown(form: Form) -> str:
    return f"{form.name} ({form.collection})" if form.collection else form.name


def _add(authority: Authority, i: int, form: Form, printed: PersonName) -> None:
    authority.forms.append(i)
    authority.times += form.times
    authority.names.add(printed)
    if form.fuller:
        authority.names.add(parse_name(form.fuller))
    if not printed.given and not form.listed:
        authority.bare.add(form.collection)
    if form.listed and "#" in form.person:
        authority.ids.setdefault(form.person.partition("#")[0], form.person)
    for ref in (form.person, *form.refs):
        if "://" in ref:
            authority.ids.setdefault(ref.partition("://")[2].partition("/")[0], uri_key(ref))
    for office, alone in _offices(form):
        first, last, single = authority.offices.get(office, (form.first, form.last, True))
        authority.offices[office] = (*_span((first, last), form), alone and single)
    span = authority.spans.get(form.collection, (0, 0))
    authority.spans[form.collection] = _span(span, form)
    authority.others |= form.others
    authority.first, authority.last = _span((authority.first, authority.last), form)


def _offices(form: Form) -> list[tuple[str, bool]]:
    """The office a form is printed with, or those that a list's note begins its parts with."""
    if form.office or not form.listed:
        return [(form.office, form.single)] if form.office else []
    found = []
    for part in _PARTS.split(form.note)[:6]:
        words = _DATES.sub("", part).partition(",")[0].strip()
        if 5 < len(words) < 90 and has_office(words) and (office := parse_office(words)).key:
            # When the listed person held it is not known: it rules nobody out.
            found.append((office.key, False))
    return found


def _span(span: tuple[int, int], form: Form) -> tuple[int, int]:
    first, last = span
    if not form.first:
        return span
    return (min(first, form.first) if first else form.first), max(last, form.last)


# Then: what agrees so well that it can be nothing else.

Blocks = Callable[[Authority], Iterable[str]]
Evidence = Callable[[Authority, Authority], Reason | None]


def _join(some: list[Authority], blocks: Blocks, evidence: Evidence) -> list[Authority]:
    """Join those of one surname for which there is evidence, where it names one candidate only.

    Only those that share a block are compared, so that a frequent surname costs little.
    """
    pairs = _pairs(some, blocks, evidence)
    if not pairs:
        return some
    now = list(range(len(some)))
    near: list[set[int]] = [set() for _ in some]
    for (i, j), _ in pairs:
        near[i].add(j)
        near[j].add(i)
    for (i, j), reason in pairs:
        one, other = now[i], now[j]
        if one == other or contradict(some[one], some[other]):
            continue
        # What has joined either since must not undo the evidence.
        if (i, j) != (one, other) and evidence(some[one], some[other]) is None:
            continue
        rivals = {now[k] for k in near[one] | near[other]} - {one, other}
        if any(_torn(some, near, now, (one, other), k) for k in rivals):
            continue
        _absorb(some[one], some[other], reason)
        near[one] |= near[other]
        now = [one if k == other else k for k in now]
    return [some[k] for k in sorted(set(now))]


def _torn(
    some: list[Authority], near: list[set[int]], now: list[int], pair: tuple[int, int], rival: int
) -> bool:
    """Whether a third has evidence with one of a pair and cannot be the other."""
    one, other = pair
    if some[rival].times * FEW < min(some[one].times, some[other].times):
        return False
    with_one = any(now[k] == rival for k in near[one])
    with_other = any(now[k] == rival for k in near[other])
    return (with_one and _differ(some[rival], some[other])) or (
        with_other and _differ(some[rival], some[one])
    )


def _differ(one: Authority, other: Authority) -> bool:
    """Whether two are known to be two: by what contradicts, or by full names that are not one."""
    if contradict(one, other):
        return True
    return bool(one.full and other.full) and not any(
        identical(a, b) for a in one.full for b in other.full
    )


def _pairs(
    some: list[Authority], blocks: Blocks, evidence: Evidence
) -> list[tuple[tuple[int, int], Reason]]:
    """Pairs with evidence, the surest first."""
    inside: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(some):
        for key in blocks(one):
            inside[key].append(i)
    asked: set[tuple[int, int]] = set()
    found: list[tuple[tuple[int, int], Reason]] = []
    for members in inside.values():
        for pair in combinations(members, 2):
            if pair not in asked:
                asked.add(pair)
                reason = evidence(some[pair[0]], some[pair[1]])
                if reason is not None:
                    found.append((pair, reason))
    found.sort(key=lambda item: (-item[1].confidence, item[0]))
    return found


def _absorb(one: Authority, other: Authority, reason: Reason) -> None:
    one.forms += other.forms
    one.times += other.times
    one.names |= other.names
    for key, value in other.ids.items():
        one.ids.setdefault(key, value)
    for office, (first, last, single) in other.offices.items():
        a, b, alone = one.offices.get(office, (first, last, single))
        one.offices[office] = (*_joined((a, b), (first, last)), single and alone)
    for collection, span in other.spans.items():
        one.spans[collection] = _joined(one.spans.get(collection, (0, 0)), span)
    one.others |= other.others
    one.bare |= other.bare
    one.first, one.last = _joined((one.first, one.last), (other.first, other.last))
    one.reasons += [*other.reasons, reason]


def _joined(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    firsts = [day for day in (one[0], other[0]) if day]
    return (min(firsts) if firsts else 0), max(one[1], other[1])


def contradict(one: Authority, other: Authority) -> bool:
    """Tell whether two cannot be one: their given names, or their ids in one list, differ."""
    if any(other.ids.get(key, value) != value for key, value in one.ids.items()):
        return True
    return any(
        a.surname == b.surname and not compatible(a, b) for a in one.names for b in other.names
    )


def gap(one: tuple[int, int], other: tuple[int, int]) -> int | None:
    """Days between two stretches, 0 where they overlap; None where either has no date."""
    if not one[0] or not other[0]:
        return None
    return max(0, max(one[0], other[0]) - min(one[1], other[1]))


def _apart(one: Authority, other: Authority) -> int | None:
    return gap((one.first, one.last), (other.first, other.last))


def _reason(rule: str, one: Authority, other: Authority, why: str, confidence: float) -> Reason:
    return Reason(rule, one.shown, other.shown, why, confidence)


def _same_full_name(one: Authority, other: Authority) -> Reason | None:
    pairs = [(a, b) for a in one.full for b in other.full if identical(a, b)]
    if not pairs:
        return None
    days = _apart(one, other)
    two = any(min(len(a.given), len(b.given)) > 1 for a, b in pairs)
    most = (YEARS_TWO_NAMES if two else YEARS_ONE_NAME) * _YEAR
    if days is None:
        # An undated list: the names must agree in two parts, or stand in one volume.
        if not two and one.spans.keys().isdisjoint(other.spans):
            return None
    elif days > most:
        return None
    a, b = max(pairs, key=lambda pair: min(len(pair[0].given), len(pair[1].given)))
    said = "in the same years" if not days else f"{days // 365 + 1} years apart at most"
    words = f"“{a.display}” and “{b.display}” are one name, {said}"
    return _reason("full name", one, other, words, 0.98 if two else 0.95)


def _same_office(one: Authority, other: Authority) -> Reason | None:
    for office in sorted(one.offices.keys() & other.offices.keys()):
        a, b = one.offices[office], other.offices[office]
        days = gap(a[:2], b[:2])
        alone = a[2] and b[2]
        if not alone and one.full and other.full and _differ(one, other):
            continue  # "J. Kell" and "James R. Kell" may both be assistant secretaries
        if days is not None and days <= (OFFICE_GAP if alone else OFFICE_GAP // 3):
            words = f"one surname and one office ({office.replace('-', ' ')}), {_near(days)}"
            return _reason("office", one, other, words, 0.97)
    return None


def _near(days: int) -> str:
    return "at the same time" if not days else f"{days} days apart"


def _same_volume(one: Authority, other: Authority) -> Reason | None:
    """A bare surname beside one full name of the same volume."""
    return _in_one_volume(one, other, one.spans.keys() & other.spans.keys(), 0.93)


def _same_heading(one: Authority, other: Authority) -> Reason | None:
    """The same where the volume's headings print the bare surname for that full name.

    Where a volume prints "Mr. Kell" for James Kell and "Mr. F. Kell" for Frank, its other
    "Mr. Kell" is James.
    """
    return _in_one_volume(one, other, one.bare & other.bare, 0.94)


def _in_one_volume(
    one: Authority, other: Authority, shared: set[str], confidence: float
) -> Reason | None:
    if not shared or (one.full and other.full) or _rival(one, other):
        return None
    for collection in sorted(shared):
        days = gap(one.spans[collection], other.spans[collection])
        if days is None or days > SAME_VOLUME_GAP:
            continue
        words = f"the only bearer of the surname in {collection} whose offices and years allow it"
        return _reason("volume", one, other, f"{words}, {_near(days)}", confidence)
    return None


def _rival(one: Authority, other: Authority) -> bool:
    """Whether both hold different offices at one time, each of which one person holds alone."""
    for a, (first, last, single) in one.offices.items():
        for b, (begin, end, alone) in other.offices.items():
            if a != b and single and alone and a not in other.offices and b not in one.offices:
                days = gap((first, last), (begin, end))
                if days is None or days <= SAME_VOLUME_GAP:
                    return True
    return False


def _same_correspondents(one: Authority, other: Authority) -> Reason | None:
    shared = sorted(one.others & other.others)
    days = _apart(one, other)
    if not shared or days is None or days > CORRESPONDENT_GAP or _rival(one, other):
        return None
    who = ", ".join(name.title() for name in shared[:3])
    words = f"one surname, {_near(days)}, both in correspondence with {who}"
    return _reason("correspondents", one, other, words, 0.93)


#: What is compared (those that share a key), and what then counts as evidence; surest first.
STAGES: tuple[tuple[Blocks, Evidence], ...] = (
    (lambda one: {name.given[0][:1] for name in one.full}, _same_full_name),
    (lambda one: one.offices, _same_office),
    (lambda one: one.bare, _same_heading),
    (lambda one: one.spans, _same_volume),
    (lambda one: one.others, _same_correspondents),
)


# Last: a surname misprinted among others of its office.


def _join_misprints(found: list[Authority], forms: Sequence[Form]) -> list[Authority]:
    by_office: dict[str, list[Authority]] = defaultdict(list)
    by_volume: dict[str, list[Authority]] = defaultdict(list)
    for authority in found:
        for office, (first, _, single) in authority.offices.items():
            if single and first:
                by_office[office].append(authority)
        for collection in authority.spans if authority.first else ():
            by_volume[collection].append(authority)
    gone: set[int] = set()
    for key, some, pairs in (
        *((office, some, _misprinted) for office, some in sorted(by_office.items())),
        *((volume, some, _misprinted_rarely) for volume, some in sorted(by_volume.items())),
    ):
        for big, small in pairs(sorted(some, key=lambda a: (-a.times, min(a.forms))), key):
            if id(big) not in gone and id(small) not in gone:
                words = (
                    f"“{small.surname.title()}” is one letter from “{big.surname.title()}”, "
                    f"at the same time in {key.replace('-', ' ')}"
                )
                _absorb(big, small, _reason("misprint", big, small, words, 0.9))
                gone.add(id(small))
    return [a for a in found if id(a) not in gone]


def _misprinted_rarely(
    some: list[Authority], collection: str
) -> Iterator[tuple[Authority, Authority]]:
    """Long surnames that are right dozens of times in a volume, and once are not."""
    small = [a for a in some if a.times * RARE <= some[0].times and len(a.surname) >= LONG_SURNAME]
    for big in some:
        if big.times < RARE or not small:
            return
        first, last = big.spans[collection]
        for one in small:
            begin, end = one.spans[collection]
            if (
                one.times * RARE <= big.times
                and first <= begin <= end <= last
                and one_letter_apart(big.surname, one.surname)
                and not any(one.ids)
                and _given_agree(big, one)
            ):
                yield big, one


def _misprinted(holders: list[Authority], office: str) -> Iterator[tuple[Authority, Authority]]:
    for k, big in enumerate(holders):
        first, last, _ = big.offices[office]
        for small in holders[k + 1 :]:
            begin, end, _ = small.offices[office]
            if (
                small.times * 3 <= big.times
                and first <= begin <= end <= last
                and len(small.offices) == 1
                and one_letter_apart(big.surname, small.surname)
                and not any(small.ids)
                and _given_agree(big, small)
            ):
                yield big, small


def _given_agree(one: Authority, other: Authority) -> bool:
    return all(
        compatible(a._replace(surname=""), b._replace(surname=""))
        for a in one.full
        for b in other.full
    )


def preferred(authority: Authority, forms: Sequence[Form]) -> tuple[str, str]:
    """Give what an authority is called, in the order of an index, and its kind.

    A list of persons has the first word, then the fullest name, then the most frequent.

    Returns:
        ``("Francis, David R.", "person")``.
    """
    listed = [forms[i] for i in authority.forms if forms[i].listed]
    if listed:
        best = max(listed, key=lambda f: (parse_name(f.name).strength, f.name))
        return best.name.strip(" ,;:"), "person"
    said: Counter[str] = Counter()
    for i in authority.forms:
        form = forms[i]
        for words in filter(None, (form.name, form.fuller)):
            if parse_name(words).surname == authority.surname:
                said[words] += form.times
    words = max(said, key=lambda w: (parse_name(w).strength, bool(parse_name(w).noble), said[w], w))
    if is_body(words) or has_office(words):
        return " ".join(words.split()).strip(" ,;:"), "body"
    name = parse_name(words)
    # "Drouyn de Kell" may be a surname as a whole: without a heading that has "Kell" alone, or an
    # initial, its order stays.
    sure = authority.bare or any(len(given) == 1 for given in name.given)
    if not sure and name.given and has_particle(words):
        return name.display, "person"
    return name.inverted, "person"


def split_off(authority: Authority, forms: Sequence[Form], chosen: Iterable[int]) -> Authority:
    """Take forms out of an authority into one of their own; an editor decided so."""
    some = set(chosen)
    kept = [i for i in authority.forms if i not in some]
    made = Authority(authority.surname)
    for part, numbers in ((authority, kept), (made, sorted(some))):
        fresh = Authority(part.surname, reasons=list(authority.reasons))
        for i in numbers:
            _add(fresh, i, forms[i], parse_name(forms[i].name))
        for name in (
            "forms",
            "names",
            "ids",
            "offices",
            "spans",
            "others",
            "bare",
            "first",
            "last",
        ):
            setattr(part, name, getattr(fresh, name))
    made.shown = _shown(forms[made.forms[0]]) if made.forms else ""
    return made


def unite(one: Authority, other: Authority, why: str) -> None:
    """Join two authorities because an editor decided so."""
    _absorb(one, other, Reason("decision", one.shown, other.shown, why, 1.0))
