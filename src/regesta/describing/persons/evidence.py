"""What proves that two authorities of one surname are one: evidence in, reasons out, or None.

Full names, offices, volumes and correspondents, the surest first; then surnames misprinted once
among many. A surname alone proves nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator

from regesta.describing.parties.names import has_office
from regesta.describing.persons.names import (
    PersonName,
    compatible,
    identical,
    is_body,
    is_ruler,
    one_letter_apart,
)
from regesta.describing.persons.values import Authority, Reason, absorb, contradict, gap

Blocks = Callable[[Authority], Iterable[str]]
Evidence = Callable[[Authority, Authority], Reason | None]
#: Bearers of one full name are one person when so many years at most lie between them: a given
#: name in full, or two names or initials that agree.
YEARS_ONE_NAME, YEARS_TWO_NAMES = 12, 16
#: Days between two forms that share surname and office; that share correspondents in one volume;
#: in two volumes.
OFFICE_GAP, SAME_VOLUME_GAP, CORRESPONDENT_GAP = 800, 200, 550
#: Days between two volumes of a series that print one surname for an office that one person holds;
#: days within which initials, or an office by two names, tell that two are one.
OFFICE_AGAIN, SEASON = 1830, 200
#: A misprinted surname has so many letters, and so many times fewer documents than the right one,
#: where no office shows that both are one.
LONG_SURNAME, RARE = 8, 30
_YEAR = 365.25


def _apart(one: Authority, other: Authority) -> int | None:
    return gap((one.first, one.last), (other.first, other.last))


def _reason(rule: str, one: Authority, other: Authority, why: str, confidence: float) -> Reason:
    return Reason(rule, one.shown, other.shown, why, confidence)


def told(one: Authority) -> list[PersonName]:
    """Its names that tell whose they are: with given names, or with a ruler's numeral."""
    return [name for name in one.names if name.given or is_ruler(name)]


def _same_body(one: Authority, other: Authority) -> Reason | None:
    """Bodies of one name are one: there is no other "Board of Kell"."""
    for name in sorted(one.names & other.names):
        if not name.given and (is_body(name.display) or has_office(name.display)):
            words = f"“{name.display}” is the name of one body"
            return _reason("full name", one, other, words, 0.95)
    return None


def _same_full_name(one: Authority, other: Authority) -> Reason | None:
    pairs = [(a, b) for a in told(one) for b in told(other) if identical(a, b)]
    if not pairs:
        return None
    days = _apart(one, other)
    two = any(min(len(a.given), len(b.given)) > 1 or is_ruler(a) for a, b in pairs)
    most = (YEARS_TWO_NAMES if two else YEARS_ONE_NAME) * _YEAR
    if days is None:
        # An undated list: the names must agree in two parts, or stand in one volume.
        if not two and one.spans.keys().isdisjoint(other.spans):
            return None
    elif days > most:
        return None
    # The fullest, then by the alphabet: names come in no order of their own.
    a, b = max(
        pairs,
        key=lambda pair: (
            min(len(pair[0].given), len(pair[1].given)), pair[0].display, pair[1].display
        ),
    )  # fmt: skip
    said = "in the same years" if not days else f"{days // 365 + 1} years apart at most"
    words = f"“{a.display}” and “{b.display}” are one name, {said}"
    return _reason("full name", one, other, words, 0.98 if two else 0.95)


def _same_initials(one: Authority, other: Authority) -> Reason | None:
    """Surname and initials printed alike in one volume, within a season."""
    alike = {n.given for n in one.full} & {n.given for n in other.full}
    # The fullest, then by the alphabet: names come in no order of their own.
    shown = sorted((n.display for n in one.full if n.given in alike), key=lambda w: (-len(w), w))
    for collection in sorted(one.spans.keys() & other.spans.keys() if alike else ()):
        days = gap(one.spans[collection], other.spans[collection])
        if days is not None and days <= SEASON:
            words = f"both print “{shown[0]}” in {collection}, {_near(days)}"
            return _reason("full name", one, other, words, 0.93)
    return None


def office_blocks(one: Authority) -> set[str]:
    """Its offices, and those without the first word ("American Ambassador in Norland")."""
    return {*one.offices, *(rest for o in one.offices if (rest := _shorter(o)))}


def _shorter(office: str) -> str:
    """An office of a place without a word before it; "" where what is left names no place."""
    rest = office.partition("-")[2]
    return rest if rest.count("-") > 1 else ""


def _same_office(one: Authority, other: Authority) -> Reason | None:
    for office in sorted(office_blocks(one) & office_blocks(other)):
        for named in (office, *(o for o in one.offices if _shorter(o) == office)):
            for printed in (office, *(o for o in other.offices if _shorter(o) == office)):
                if reason := _one_office_of_both(one, other, named, printed):
                    return reason
    return None


def _one_office_of_both(
    one: Authority, other: Authority, named: str, printed: str
) -> Reason | None:
    if named not in one.offices or printed not in other.offices:
        return None
    a, b = one.offices[named], other.offices[printed]
    days = gap(a[:2], b[:2])
    alone = a[2] or b[2]
    if not alone and one.full and other.full and differ(one, other):
        return None  # "J. Kell" and "James R. Kell" may both be assistant secretaries
    if named != printed and not (a[2] and b[2] and days is not None and days <= SEASON):
        return None
    most = (OFFICE_AGAIN if a[2] and b[2] else OFFICE_GAP) if alone else OFFICE_GAP // 3
    if days is None or days > most:
        return None
    words = f"one surname and one office ({named.replace('-', ' ')}), {_near(days)}"
    return _reason("office", one, other, words, 0.97 if days <= OFFICE_GAP else 0.93)


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


def differ(one: Authority, other: Authority) -> bool:
    """Whether two are known to be two: by what contradicts, or by full names that are not one."""
    if contradict(one, other):
        return True
    return bool(one.full and other.full) and not any(
        identical(a, b) for a in one.full for b in other.full
    )


def _one_full_name(one: Authority) -> Hashable:
    """The names of an authority, where one of them tells whose it is."""
    return frozenset(one.names) if any(identical(name, name) for name in one.names) else None


def _one_office(one: Authority) -> Hashable:
    """Names and office of an authority that has one office."""
    return (frozenset(one.names), *one.offices) if len(one.offices) == 1 else None


#: What is first joined by sorting: what stands under one key, by evidence between neighbours.
SORTED: tuple[tuple[Callable[[Authority], Hashable], Evidence], ...] = (
    (_one_office, _same_office),
    (_one_full_name, _same_full_name),
)
#: What is compared (those that share a key), and what then counts as evidence; surest first.
STAGES: tuple[tuple[Blocks, Evidence], ...] = (
    (lambda one: {"".join(name.given)[:1] for name in told(one)}, _same_full_name),
    (lambda one: [] if one.full else [one.surname], _same_body),
    (office_blocks, _same_office),
    (lambda one: {"".join(name.given) for name in one.full}, _same_initials),
    (lambda one: one.bare, _same_heading),
    (lambda one: one.spans, _same_volume),
    (lambda one: one.others, _same_correspondents),
)


# Last: a surname misprinted among others of its office or volume.


def join_misprints(found: list[Authority]) -> list[Authority]:
    """Join surnames one letter off with those of their office, or of their volume."""
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
                absorb(big, small, _reason("misprint", big, small, words, 0.9))
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
