"""Dates that are certain slips of the mark-up, as pages tell of them: slips in, sentences out.

A date stays as the mark-up has it; beside it stands what is printed, and a list that it would begin
or a stretch of years that it would lengthen leaves it out and says so.
"""

from collections.abc import Sequence

from markupsafe import Markup

from regesta.edition import Edition
from regesta.edition.audit.slips import DateSlip, TimeSpan
from regesta.serving.pages.escaping import escaped
from regesta.serving.pages.links import document_url, with_query
from regesta.serving.pages.words import count, edtf_words

#: Papers that are named before the rest is only counted.
_NAMED = 6


def doubt(slip: DateSlip) -> Markup:
    """What is printed, and what the mark-up says, with the finding of the audit."""
    url = with_query("/audit", {"document": slip.document})
    return Markup(
        f"printed: <q>{escaped(slip.printed)}</q>; the mark-up says {edtf_words(slip.date)}: "
        f'see the <a href="{escaped(url)}">finding</a>'
    )


def left_out(slips: Sequence[DateSlip]) -> Markup:
    """Say which papers a stretch of time leaves out; "" where it is none."""
    if not slips:
        return Markup("")
    named = ", ".join(
        f'<a href="{escaped(document_url(slip.document))}">{edtf_words(slip.date)}</a> '
        f"(printed: <q>{escaped(slip.printed)}</q>)"
        for slip in slips[:_NAMED]
    )
    more = f" and {len(slips) - _NAMED} more" if len(slips) > _NAMED else ""
    what = "whose date is a certain slip of the mark-up"
    return Markup(f"Left out here: {count(len(slips), 'paper')} {what}: {named}{more}.")


def stray(edition: Edition) -> dict[str, DateSlip]:
    """Document → its slip, for those that would stand before or after all the others."""
    return {slip.document: slip for slip in edition.slips.span().slips}


def inside(span: TimeSpan, year: int) -> bool:
    """Whether a year lies in a stretch of time; always where that is not known."""
    return not (span.first and span.last) or int(span.first[:4]) <= year <= int(span.last[:4])
