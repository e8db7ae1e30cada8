"""The tools for counterparts and acts, by the words of the API.

What comes in are checked arguments; out go the objects of mcp.answers.
"""

from regesta.edition import Edition
from regesta.serving.answers.acts import act_lines
from regesta.serving.answers.links import counterpart_lines
from regesta.serving.mcp import parameters as asks
from regesta.serving.mcp.answers import Addresses, Answer, listed, plain, searched, with_permalinks
from regesta.serving.waiting import ready


def linked(edition: Edition) -> None:
    """Go on where the edition is linked. Raises StillAtWork."""
    ready(edition.links, "the edition is still being linked")


def counterparts(edition: Edition, asked: asks.DocumentParameters, at: Addresses) -> Answer:
    """The other side's papers."""
    edition.document(asked.id)
    linked(edition)
    found = edition.links.counterparts(asked.id)
    regests = {r.id: r for r in edition.regests([one.document for one in found])}
    lines = plain(counterpart_lines(found, regests))
    says = "" if lines else f"No counterpart of {asked.id} was found in {searched(edition)}."
    page = lines[asked.offset : asked.offset + asked.limit]
    rows = with_permalinks(page, at, ["document"])
    return listed(rows, offset=asked.offset, total=len(lines), says=says, id=asked.id)


def acts(edition: Edition, asked: asks.ActsParameters, at: Addresses) -> Answer:
    """Who did what toward whom."""
    ready(edition.acts, "acts are still being looked for")
    found = edition.acts(
        document=asked.id,
        act=asked.act,
        actor=asked.actor,
        addressee=asked.addressee,
        first=asked.first or None,
        last=asked.last or None,
        limit=asked.limit,
        offset=asked.offset,
    )
    rows = [
        {**row, "permalink": at.document(row["document"], span=tuple(row["span"]))}
        for row in plain(act_lines(found.acts))
    ]
    says = ""
    if not found.total:
        says = f"No such act is found in the texts of {searched(edition)}."
        for name, near in found.unknown.items():
            says += f" No act has {name!r}" + (f"; near: {', '.join(near)}." if near else ".")
    if found.undated_excluded:
        says += f" {found.undated_excluded} acts of undated documents are left out by the dates."
    return listed(rows, offset=asked.offset, total=found.total, says=says.strip())
