"""The tools for counterparts and acts: an edition that has none of them says so.

What comes in are checked arguments; out go the objects of mcp_answers.
"""

from typing import Any

from regesta.edition import Edition
from regesta.serving import mcp_parameters as asks
from regesta.serving.mcp_answers import (
    Addresses,
    Answer,
    listed,
    plain,
    searched,
    with_permalinks,
)


def counterparts(edition: Edition, asked: asks.DocumentParameters, at: Addresses) -> Answer:
    """The other side's papers."""
    edition.document(asked.id)
    ask: Any = getattr(edition, "counterparts", None)
    if ask is None:
        return _none(edition, "counterparts", id=asked.id)
    found = [plain(one) for one in ask(asked.id)]
    says = "" if found else f"No counterpart of {asked.id} was found in {searched(edition)}."
    page = found[asked.offset : asked.offset + asked.limit]
    rows = with_permalinks(page, at, ["target", "document", "id"])
    return listed(rows, offset=asked.offset, total=len(found), says=says, id=asked.id)


def acts(edition: Edition, asked: asks.ActsParameters, at: Addresses) -> Answer:
    """Who did what toward whom."""
    ask: Any = getattr(edition, "acts", None)
    if ask is None:
        return _none(edition, "acts")
    return _none(edition, "acts")


def _none(edition: Edition, what: str, **more: Any) -> Answer:
    says = (
        f"{what.capitalize()} are not recorded in {searched(edition)}; nothing follows from that."
    )
    return listed([], offset=0, total=0, says=says, **more)
