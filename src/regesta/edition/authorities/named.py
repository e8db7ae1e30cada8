"""Authorities with their labels and ids, and what an editor decided of them.

What the parties' names were put together to comes in; out go authorities as an edition has them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from regesta.describing.persons.authorities import preferred, split_off, unite
from regesta.describing.persons.values import Authority, Form
from regesta.documents.ids import label_id, slug
from regesta.edition.decisions import Decisions, NameDecision


@dataclass(slots=True)
class Named:
    """An authority with the id and the label it has in the edition."""

    id: str
    label: str
    kind: str
    authority: Authority


def named_of(found: Iterable[Authority], forms: Sequence[Form]) -> list[Named]:
    """Give each authority its label and an id of its own.

    Of several with one label the one that most documents name has the plain id; the others' ends
    in the year of their first document, so that it stays the same when others come and go.
    """
    made = [Named("", *preferred(authority, forms), authority) for authority in found]
    groups: dict[str, list[Named]] = defaultdict(list)
    for named in made:
        groups[label_id(named.label)].append(named)
    taken = set(groups)
    for id, some in groups.items():
        some.sort(key=lambda n: _weight(n.authority, forms))
        some[0].id = id
        for named in some[1:]:
            year = f"-{_year(named.authority.first)}" if named.authority.first else ""
            made_id, again = f"{id}{year}" if year else f"{id}-2", 2
            while made_id in taken:
                made_id, again = f"{id}{year}-{again}", again + 1
            named.id = made_id
            taken.add(made_id)
    return made


def _weight(authority: Authority, forms: Sequence[Form]) -> tuple[int, int, str]:
    times = sum(forms[i].times for i in authority.forms)
    return -times, authority.first, authority.shown


def _year(ordinal: int) -> str:
    return f"{dt.date.fromordinal(ordinal).year:04d}"


def decide_authorities(
    named: list[Named], forms: Sequence[Form], decisions: Decisions
) -> tuple[list[Named], list[str]]:
    """Merge, split and rename authorities as an editor decided.

    Ids are those of the pages before any decision, so that the order of decisions does not matter
    to them; splits come first, then merges, then names.

    Returns:
        The authorities, and warnings on decisions that name one which is not there.
    """
    warnings: list[str] = []
    order = {"split": 0, "merge": 1, "rename": 2}
    by_id = {one.id: one for one in named}
    for decision in sorted(decisions.names, key=lambda d: order[d.kind]):
        missing = [key for key in decision.persons if key not in by_id]
        if missing:
            hint = _hint(missing[0], by_id, forms)
            warnings.append(f"{decision.where}: no person has the id {missing[0]!r}{hint}")
            continue
        if decision.kind == "split":
            warnings += _split(decision, by_id, forms)
        elif decision.kind == "merge":
            first, *others = (by_id[key] for key in decision.persons)
            for other in others:
                if other is not first:
                    why = decision.why or str(decision.where)
                    unite(first.authority, other.authority, why)
                    for key in [key for key, one in by_id.items() if one is other]:
                        by_id[key] = first
        else:
            by_id[decision.persons[0]].label = decision.name
    once = {one.id: one for one in by_id.values() if one.authority.forms}
    return list(once.values()), warnings


def _hint(id: str, by_id: dict[str, Named], forms: Sequence[Form]) -> str:
    """Who bears a name by which an index of authors calls somebody, else the ids near it."""
    printed = [
        key
        for key, one in by_id.items()
        if any(id in (slug(forms[i].name), slug(forms[i].fuller)) for i in one.authority.forms)
    ]
    if printed:
        return f"; that is a printed name, of {' and '.join(printed[:3])}"
    near = get_close_matches(id, by_id, n=2)
    return f"; near it: {', '.join(near)}" if near else ""


def _split(decision: NameDecision, by_id: dict[str, Named], forms: Sequence[Form]) -> Iterator[str]:
    one = by_id[decision.persons[0]]
    chosen = [
        i
        for i in one.authority.forms
        if decision.name in (forms[i].name, forms[i].fuller)
        and decision.collection in ("", forms[i].collection)
        and decision.office in ("", forms[i].office)
    ]
    if not chosen or len(chosen) == len(one.authority.forms):
        what = "no name of" if not chosen else "every name of"
        yield f"{decision.where}: {what} {one.id} is {decision.name!r} as printed; nothing is split"
        return
    made = split_off(one.authority, forms, chosen)
    label = decision.into or decision.name
    id = label_id(label)
    while id in by_id:
        id = f"{id}-{label_id(decision.collection) if decision.collection else 2}"
    by_id[id] = Named(id, label, one.kind, made)
