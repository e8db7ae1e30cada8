"""The acts of a made-up edition: its first document states two, one each way, in its own words."""

from collections.abc import Iterator, Sequence
from typing import Any

from regesta.documents import Act
from regesta.documents.ledger import StoredAct
from regesta.edition.acts.asked import ActResult, ActSpan, question
from regesta.edition.audit.slips import DateSlip, TimeSpan
from regesta.edition.results import FacetCount


class FakeSlips:
    """What an edition says of slips: there are none."""

    def __init__(self, edition: Any) -> None:
        self.edition = edition

    def of(self, id: str) -> DateSlip | None:
        """No date is a slip."""
        self.edition.document(id)
        return None

    def span(self, collection: str = "") -> TimeSpan:
        """From the first day to the last."""
        counts = self.edition.counts()
        return TimeSpan(counts.first, counts.last)


class FakeActs:
    """What an edition says of acts, without any store."""

    ready = True
    failures = ()

    def __init__(self, edition: Any) -> None:
        self.edition = edition

    def _made_up(self) -> list[StoredAct]:
        document = next(iter(self.edition.documents()))
        half = len(document.text) // 2
        date = document.date
        day = date.earliest if date else None
        acts = [
            Act("Berg", "refuse", "Secretary of State", "leave <b>for</b> vessels", group="answer",
                span=(0, min(12, half)), confidence=0.9, tier="certain", cameo="120"),
            Act("Secretary of State", "request", "Berg", "a <i>reply</i>", "negated", "conditional",
                "Berg", (half, half + 9), confidence=0.6, tier="probable", group="ask"),
        ]  # fmt: skip
        powers = [(("Norland",), ("United States",)), (("United States",), ("Norland",))]
        return [
            StoredAct(document.id, n, act, document.text[slice(*act.span or (0, 0))],
                      *powers[n], earliest=day, latest=day)
            for n, act in enumerate(acts)
        ]  # fmt: skip

    def find(self, *_: object, **__: object) -> None:
        """All are found."""

    def warnings(self) -> list[str]:
        """Nothing was decided."""
        return []

    def progress(self, wait: float = 0.0) -> tuple[int, int] | None:
        """At once."""
        return None

    def __call__(self, *, limit: int = 50, offset: int = 0, facets: Sequence[str] = (), **asked: Any
             ) -> ActResult:  # fmt: skip
        """The made-up acts of an actor, or all."""
        asked.pop("progress", None)
        wanted = question(**asked)
        if wanted.document:
            self.edition.document(wanted.document)
        found = [
            x
            for x in self._made_up()
            if (not wanted.actor or {x.act.actor, *x.actor_powers} & set(wanted.actor))
            and wanted.document in ("", x.document)
            and (not wanted.tier or x.act.tier in wanted.tier)
        ]
        last = len(found) if limit < 0 else offset + limit
        return ActResult(
            total=len(found),
            documents=min(1, len(found)),
            of=4,
            acts=tuple(found[offset:last]),
            facets={name: (FacetCount("Norland", 1, "Norland"),) for name in facets},
            unknown={} if found else {wanted.actor[0] if wanted.actor else "": ("Norland",)},
        )

    def spans(self, between: Sequence[str], **_: Any) -> list[ActSpan]:
        """One year."""
        return [ActSpan("1912", 1, 1)]

    def names(self, field: str = "actor", prefix: str = "", *, limit: int = 20) -> list[str]:
        """Two powers."""
        return ["Norland", "United States"][:limit]

    def stated(self, id: str) -> list[StoredAct]:
        """A document's acts."""
        return [x for x in self._made_up() if x.document == id]

    def of(self, id: str) -> list[Act]:
        """The same for the described line."""
        return [x.act for x in self.stated(id)]

    def all(self) -> Iterator[StoredAct]:
        """All of them."""
        return iter(self._made_up())
