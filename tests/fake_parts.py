"""The parts of a made-up edition, all in one place: links, acts, names and the others."""

from typing import Any

from fake_acts_edition import FakeActs, FakeSlips
from fake_authorities import FakeAuthorities, FakePlaces
from fake_links import FakeLinks, FakeNetwork
from fake_names import FakeNames, FakeSuggestions

from regesta.edition import Edition
from regesta.edition.audit.shelf import AuditResult
from regesta.edition.links.compare import Comparison
from regesta.linking.counterparts.aligned import align


class FakeAudit:
    """An audit that answers at once; what it finds is the edition's own affair."""

    ready = True
    stamp = ""
    failures = ()

    def __init__(self, edition: Any) -> None:
        self.edition = edition

    def progress(self, wait: float = 0.0) -> tuple[int, int] | None:
        """Done already."""
        return None

    def __call__(self, **asked: Any) -> AuditResult:
        """What the edition says."""
        found: AuditResult = self.edition.audited(**asked)
        return found


class FakeParts(Edition):
    """An edition without a store, whose parts are made up."""

    def __init__(self) -> None:
        self.links, self.acts = FakeLinks(self), FakeActs(self)
        self.audit, self.names = FakeAudit(self), FakeNames(self)
        self.authorities, self.places = FakeAuthorities(self), FakePlaces()
        self.network, self.made_slips = FakeNetwork(self), FakeSlips(self)
        self.suggestions = FakeSuggestions()

    @property
    def slips(self) -> FakeSlips:
        """No date is one."""
        return self.made_slips

    def near_values(self, field: str, value: str) -> tuple[str, ...]:
        """Nothing is near anything."""
        return ()

    def compare(self, first: str, second: str) -> Comparison:
        """Two documents side by side."""
        one, other = self.document(first), self.document(second)
        return Comparison(one, other, tuple(align(one, other)))
