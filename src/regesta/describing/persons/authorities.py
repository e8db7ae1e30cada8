"""Printed names into persons: which forms of which volumes are one, each merging with its reason.

What comes in are forms (a name as one collection prints it, with office, years and correspondents)
and entries of lists of persons; what goes out are authorities, each with its forms and the reasons
for which they stand together. A surname alone never joins two forms; what is in doubt stays apart.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations

from regesta.describing.parties.names import has_office
from regesta.describing.persons.evidence import (
    SORTED,
    STAGES,
    Blocks,
    Evidence,
    differ,
    join_misprints,
)
from regesta.describing.persons.names import (
    PersonName,
    compatible,
    has_particle,
    is_body,
    parse_name,
)
from regesta.describing.persons.values import (
    Authority,
    Form,
    Reason,
    absorb,
    add,
    contradict,
    shown,
    uri_key,
)

#: A correspondent of more persons than this tells nobody apart: everybody writes to him.
HUB = 8
#: A third that could be either of two stands in the way, unless it has so many times fewer
#: documents than each: then it is more likely a misprint of them.
FEW = 8


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
        some = _join_alike(buckets[surname]) if len(buckets[surname]) > 1 else buckets[surname]
        for blocks, evidence in STAGES:
            if len(some) > 1:
                some = _join(some, blocks, evidence)
        buckets[surname] = some
    whole = join_misprints([a for surname in sorted(buckets) for a in buckets[surname]])
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
            near = Authority(printed.surname, shown=shown(form))
            found.append(near)
        elif form.person or form.refs:
            near.reasons.append(_reason_by_id(near, form))
        for key in keys:
            known.setdefault(key, near)
        add(near, i, form, printed)
    return found


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
        return Reason("authority", near.shown, shown(form), f"both refer to {uri}", 1.0)
    words = f"the source refers to {form.person} in its list of persons"
    return Reason("list", near.shown, shown(form), words, 1.0)


def _join_alike(some: list[Authority]) -> list[Authority]:
    """Join what is printed alike to the letter, by sorting: a series has the same names in every
    volume, and comparing each with each would take hours.

    Only neighbours in time are compared, by the same evidence as all others.
    """
    for keys, evidence in SORTED:
        groups: dict[Hashable, list[Authority]] = {}
        for one in some:
            groups.setdefault(keys(one) or id(one), []).append(one)
        some = []
        for group in groups.values():
            group.sort(key=lambda a: (a.first, a.forms[0]))
            chains = group[:1]
            for one in group[1:]:
                last = chains[-1]
                reason = None if contradict(last, one) else evidence(last, one)
                if reason is None:
                    chains.append(one)
                else:
                    absorb(last, one, reason)
            some += chains
    return sorted(some, key=lambda a: min(a.forms))


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
        absorb(some[one], some[other], reason)
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
    return (with_one and differ(some[rival], some[other])) or (
        with_other and differ(some[rival], some[one])
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
            add(fresh, i, forms[i], parse_name(forms[i].name))
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
    made.shown = shown(forms[made.forms[0]]) if made.forms else ""
    return made


def unite(one: Authority, other: Authority, why: str) -> None:
    """Join two authorities because an editor decided so."""
    absorb(one, other, Reason("decision", one.shown, other.shown, why, 1.0))
