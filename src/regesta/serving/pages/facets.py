"""Values to narrow a list by: counts come in, rows with the address of each choice go out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request

from regesta.edition.results import FacetCount
from regesta.serving.pages.words import edtf_words

#: Values of a facet that are shown; of years twice as many.
ROWS = 14
#: Values of one parameter that are read.
_MOST_CHOSEN = 50
#: Figures of a time → what it is.
_UNITS = {7: "Month", 4: "Year", 3: "Decade"}


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A value to narrow a list by: the address that narrows to it, or that widens again.

    Attributes:
        percent: How long its bar is beside the commonest.
        none: It stands for what has no value of this kind.
    """

    label: str
    count: int
    percent: int
    url: str
    chosen: bool
    none: bool = False


def chosen_values(request: Request, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Parameter → the values that an address chooses, each once."""
    return {
        name: tuple(dict.fromkeys(v for v in request.query_params.getlist(name) if v))[
            :_MOST_CHOSEN
        ]
        for name in names
    }


def percent(count: int, rows: Sequence[FacetCount]) -> int:
    """How long the bar of a value is beside the commonest, 1 to 100."""
    return -(-100 * count // max((row.count for row in rows), default=1))


def toggles(
    path: str,
    asked: Mapping[str, Sequence[str]],
    name: str,
    rows: Sequence[FacetCount],
    *,
    empty: Sequence[str] = (),
) -> list[FacetRow]:
    """Rows that each choose their value, in place of one chosen before, or take it back.

    Args:
        path: Address of the list.
        asked: Parameter → values chosen.
        name: The parameter of these rows.
        rows: Values with their counts and labels.
        empty: Parameters that stand in the address when nothing of them is chosen: then they mean
            everything.
    """
    found = []
    for row in rows:
        chosen = row.value in asked[name]
        kept = tuple(v for v in asked[name] if v != row.value) if chosen else (row.value,)
        wanted = {**asked, name: kept}
        pairs = [(n, v) for n, vs in wanted.items() for v in (vs or ("",) if n in empty else vs)]
        url = f"{path}?{urlencode(pairs)}" if pairs else path
        found.append(FacetRow(row.label, row.count, percent(row.count, rows), url, chosen))
    return found


def years_or_decades(years: Sequence[FacetCount]) -> list[FacetCount]:
    """The years, or where they are too many for a list their decades ("191X")."""
    return list(years) if len(years) <= ROWS * 2 else _joined(years, 3, "X")


def months_or_longer(
    months: Sequence[FacetCount], chosen: Sequence[str] = ()
) -> tuple[str, list[FacetCount]]:
    """What to call times, and the months in words, or their years or decades where they are many.

    Where a year or a decade is chosen, it comes first, and then what lies in it.
    """
    within = chosen[0] if len(chosen) == 1 and len(chosen[0]) == 4 else ""
    inside = [row for row in months if within and row.value.startswith(within.rstrip("X"))]
    shown = inside or list(months)
    if len(shown) > ROWS:
        shown = years_or_decades(_joined(shown, 4, ""))
    whole = [FacetCount(within, sum(row.count for row in inside))] if inside else []
    found = [FacetCount(row.value, row.count, edtf_words(row.value)) for row in whole + shown]
    return _UNITS[max((len(row.value.rstrip("X")) for row in shown), default=7)], found


def _joined(times: Sequence[FacetCount], letters: int, rest: str) -> list[FacetCount]:
    counts: dict[str, int] = {}
    for row in times:
        value = row.value[:letters] + rest
        counts[value] = counts.get(value, 0) + row.count
    return [FacetCount(value, n, edtf_words(value)) for value, n in counts.items()]
