"""A date into TEI's attributes: when, from and to, or not before and not after; and how sure."""

import re

from regesta.documents import Fact, HistoricalDate

_PLAIN = r"-?\d{4}(?:-\d\d(?:-\d\d)?)?"
_WHEN = re.compile(rf"({_PLAIN})([?~%]?)\Z")
_RANGE = re.compile(rf"({_PLAIN}|\.\.)/({_PLAIN}|\.\.)\Z")
_BETWEEN = re.compile(rf"\[({_PLAIN})?\.\.({_PLAIN})?\]\Z")
#: TEI's words for certainty, by the least confidence that each stands for.
_CERT = ((0.95, "high"), (0.8, "medium"), (0.0, "low"))
_UNCERTAIN = ("?", "%")


def date_attributes(date: HistoricalDate) -> dict[str, str]:
    """Give the attributes that say a date, none where it has no bounds.

    A range of time is ``from`` and ``to``; one unknown day of it ``notBefore`` and ``notAfter``.
    """
    if when := _WHEN.match(date.edtf):
        return {"when": when[1]}
    if period := _RANGE.match(date.edtf):
        ends = {"from": period[1], "to": period[2]}
        return {name: end for name, end in ends.items() if end != ".."}
    if between := _BETWEEN.match(date.edtf):
        bounds = {"notBefore": between[1], "notAfter": between[2]}
    else:
        bounds = {"notBefore": date.earliest or "", "notAfter": date.latest or ""}
    return {name: bound for name, bound in bounds.items() if bound}


def cert(fact: Fact) -> str:
    """TEI's word for how sure a fact is, "" where the source simply says it."""
    value = fact.value
    if isinstance(value, HistoricalDate) and value.edtf.endswith(_UNCERTAIN):
        return "low"
    if fact.origin != "derived" and fact.confidence == 1:
        return ""
    return next(word for least, word in _CERT if fact.confidence >= least)
