"""Who held an office on a day, learned from documents that name office and person together.

What comes in are observations: an office, a day, a person, the document that shows them together.
What goes out is the holder on any day with the observations around it as evidence, or nothing; and
an office's succession of tenures.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

#: So many days may lie between two observations of one holder, when nothing else was seen there.
#: Leaving out one volume at a time, answers over longer gaps were wrong too often.
LONGEST_GAP = 550
#: The same for an office held in another's stead: a chargé, an acting secretary.
LONGEST_ACTING_GAP = 45
#: The same where another holder was seen shortly before or after: absences, journeys, successions.
LONGEST_LIVELY_GAP, LONGEST_LIVELY_ACTING_GAP = 60, 7
#: Over a longer gap than this one document on either side is too little: its date may be wrong.
TRUSTED_GAP = 45
#: So many days before the first and after the last observation the holder is still taken for one.
BEYOND = 21
BEYOND_ACTING = 4
#: At a change of holders the nearer one is named when this near, and the other so much further.
NEAR, FURTHER = 2, 8
#: Observations looked at on either side: a single other name among them is an absence or a slip.
AROUND = 4


class Observation(NamedTuple):
    """An office and a person seen together.

    Attributes:
        day: Proleptic Gregorian ordinal of the document's day.
        who: The person.
        document: The document that shows it.
    """

    day: int
    who: str
    document: int


class Holding(NamedTuple):
    """Who held an office on a day.

    Attributes:
        who: The person.
        confidence: 0 to 1.
        before, after: The observations of that person nearest to the day, or None.
        why: "same day", "between", "before", "after" or "change".
    """

    who: str
    confidence: float
    before: Observation | None
    after: Observation | None
    why: str


class Tenure(NamedTuple):
    """A stretch in which one person is seen in an office.

    Attributes:
        who: The person.
        first, last: First and last observation.
        documents: How many documents show it.
        gap: Longest time between two of them, in days.
    """

    who: str
    first: Observation
    last: Observation
    documents: int
    gap: int


def holder_on(seen: Sequence[Observation], day: int, *, acting: bool = False) -> Holding | None:
    """Tell who held an office on a day.

    Args:
        seen: The office's observations in order of their days.
        day: Ordinal of the day asked for.
        acting: The office is held in another's stead: observations reach less far.

    Returns:
        The holder with the evidence, or None where the observations do not decide.
    """
    at, end = bisect_left(seen, (day,)), bisect_right(seen, (day + 1,))
    same = seen[at:end]
    before, after = seen[max(0, at - AROUND) : at][::-1], seen[end : end + AROUND]
    if same:
        return _on_the_day(same, before, after)
    one, other = (before[0] if before else None), (after[0] if after else None)
    longest = LONGEST_ACTING_GAP if acting else LONGEST_GAP
    if one and other:
        if one.who != other.who:
            return _at_a_change(one, other, day)
        gap = other.day - one.day
        around = (*before, *after)
        if any(o.who != one.who for o in around):
            longest = LONGEST_LIVELY_ACTING_GAP if acting else LONGEST_LIVELY_GAP
        elif gap > TRUSTED_GAP and min(len(before), len(after)) < 2:
            return None
        if gap > longest:
            return None
        return Holding(one.who, _confidence(gap, longest), one, other, "between")
    beyond = BEYOND_ACTING if acting else BEYOND
    nearest = one or other
    if nearest is None or abs(day - nearest.day) > beyond:
        return None
    beside = before or after
    if len(beside) < 2 or any(o.who != nearest.who for o in beside[:2]):
        return None
    return Holding(nearest.who, 0.95, one, other, "after" if one else "before")


def _on_the_day(
    same: Sequence[Observation], before: Sequence[Observation], after: Sequence[Observation]
) -> Holding | None:
    names = Counter(o.who for o in same)
    who, count = names.most_common(1)[0]
    if len(names) > 1:
        return None
    around = [o.who for o in (*before[:2], *after[:2])]
    if count == 1 and len(around) >= 3 and who not in around and len(set(around)) == 1:
        return None  # one document against all around it: a slip, or a day's absence
    return Holding(who, 0.99, same[0], same[-1], "same day")


def _at_a_change(one: Observation, other: Observation, day: int) -> Holding | None:
    """Between two holders: the nearer, where the other is far."""
    near, far = sorted((one, other), key=lambda o: abs(o.day - day))
    if abs(near.day - day) > NEAR or abs(far.day - day) < FURTHER:
        return None
    if near is one:
        return Holding(one.who, 0.93, one, None, "change")
    return Holding(other.who, 0.93, None, other, "change")


def _confidence(gap: int, longest: int) -> float:
    return round(0.995 - 0.045 * min(1.0, gap / longest), 3)


def tenures_of(seen: Sequence[Observation], *, acting: bool = False) -> list[Tenure]:
    """Part an office's observations into tenures, in order of their first days.

    One tenure goes on through a single slip, and ends where another holder is seen twice, or
    where the gap is longer than an observation reaches.
    """
    longest = LONGEST_ACTING_GAP * 4 if acting else LONGEST_GAP * 2
    found: list[list[Observation]] = []
    for i, seen_now in enumerate(seen):
        run = found[-1] if found else None
        if run is not None and run[-1].who == seen_now.who:
            if seen_now.day - run[-1].day <= longest:
                run.append(seen_now)
                continue
        elif run is not None and len(found) > 1 and found[-2][-1].who == seen_now.who:
            # Back again after one document of another: an interruption, no end.
            again = found[-2]
            if len(run) == 1 and _goes_on(seen, i, seen_now.who) and len(again) > 1:
                slip = found.pop()
                again.append(seen_now)
                found.insert(len(found) - 1, slip)
                continue
        found.append([seen_now])
    made = [_tenure(run) for run in found]
    return sorted(made, key=lambda t: (t.first.day, t.last.day, t.who))


def _goes_on(seen: Sequence[Observation], at: int, who: str) -> bool:
    return all(o.who == who for o in seen[at : at + 2])


def _tenure(run: Sequence[Observation]) -> Tenure:
    gap = max((b.day - a.day for a, b in pairwise(run)), default=0)
    return Tenure(run[0].who, run[0], run[-1], len(run), gap)


def contradictions(
    seen: Sequence[Observation], *, acting: bool = False
) -> list[tuple[Observation, Holding]]:
    """Observations that all others contradict: each with who held the office that day.

    An observation is contradicted where, without it, the others name somebody else with at least
    two observations on either side.
    """
    found: list[tuple[Observation, Holding]] = []
    for i, one in enumerate(seen):
        before = seen[max(0, i - 2) : i]
        after = seen[i + 1 : i + 3]
        around = {o.who for o in (*before, *after)}
        if len(before) < 2 or len(after) < 2 or len(around) != 1 or one.who in around:
            continue
        others = [*seen[:i], *seen[i + 1 :]]
        holding = holder_on(others, one.day, acting=acting)
        if holding is not None and holding.who != one.who:
            found.append((one, holding))
    return found
