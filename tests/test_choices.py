"""The words among which a question may choose are those that an edition knows."""

from typing import Any, get_args

import pytest

from regesta.edition import indexes
from regesta.edition.audit.shelf import STATES
from regesta.edition.authorities.index import AUTHORITY_INDEXES
from regesta.edition.links.lists import SILENCES
from regesta.edition.links.shelf import KINDS, STANDINGS
from regesta.edition.search.schema import FACETS, LAYERS
from regesta.exporting.citations.cite import STYLES
from regesta.serving import choices


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (choices.Facet, FACETS),
        (choices.Index, indexes.NAMES),
        (choices.AnyIndex, (*indexes.NAMES, *AUTHORITY_INDEXES)),
        (choices.Level, indexes.LEVELS),
        (choices.Layer, ("", *LAYERS)),
        (choices.LinkKind, KINDS),
        (choices.Standing, STANDINGS),
        (choices.SilenceKind, SILENCES),
        (choices.AuditState, STATES),
        (choices.Style, STYLES),
    ],
)
def test_every_door_offers_what_an_edition_knows(said: Any, known: Any) -> None:
    """Neither more nor less: a new style or facet cannot be forgotten at a door."""
    assert set(get_args(said)) == set(known)
