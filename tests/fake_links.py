"""The links of a made-up edition: its second document answers its first, and mentions one more."""

from collections.abc import Sequence
from typing import Any

from regesta.documents import Document, Link
from regesta.edition.links.compare import Counterpart
from regesta.edition.links.lists import ConversationLine, ConversationResult, SilenceResult
from regesta.edition.links.network import Conversation, Cover, Tie
from regesta.edition.links.shelf import Step, ThreadOfDocuments
from regesta.edition.links.store import StoredLink
from regesta.edition.results import FacetCount, Regest
from regesta.errors import UnknownValue
from regesta.linking.silences import Silence


class FakeLinks:
    """What an edition says of links, without any store."""

    ready = True
    failures = ()

    def __init__(self, edition: Any) -> None:
        self.edition = edition

    def _pair(self) -> list[Document]:
        return list(self.edition.documents())[:2]

    def _stored(self) -> list[StoredLink]:
        first, second = self._pair()
        words = second.text[:12]
        agreed = {"standing": "asserted", "number": "1", "date": "1918-07-24"}
        away = {"standing": "absent", "sender": "Arnesen", "number": "27"}
        return [
            StoredLink(second.id, Link("reference", first.id, None, words, 0.98, agreed)),
            StoredLink(second.id, Link("reference", "", None, words[:4], 0.9, away)),
            StoredLink(second.id, Link("reply", first.id, None, words, 0.93,
                                       {"standing": "asserted", "days": "1"})),
        ]  # fmt: skip

    def find(self, *_: object, **__: object) -> None:
        """All is linked."""

    def progress(self, wait: float = 0.0) -> tuple[int, int] | None:
        """At once."""
        return None

    def __call__(
        self,
        id: str = "",
        *,
        kind: Sequence[str] = (),
        standing: Sequence[str] = (),
        incoming: bool = True,
        limit: int | None = None,
        **_: Any,
    ) -> list[StoredLink]:
        """The made-up links."""
        if id:
            self.edition.document(id)
        found = [
            x
            for x in self._stored()
            if (not kind or x.link.kind in kind) and (not standing or x.standing in standing)
        ]
        if id:
            found = [x for x in found if x.document == id or (incoming and x.link.target == id)]
        return found[:limit]

    def of(self, id: str) -> list[Link]:
        """A document's own links."""
        return [x.link for x in self._stored() if x.document == id]

    def count(self, **_: Any) -> int:
        """How many there are."""
        return len(self._stored())

    def counterparts(
        self, id: str, *, standing: Sequence[str] = (), limit: int | None = None
    ) -> list[Counterpart]:
        """The first two documents are counterparts."""
        self.edition.document(id)
        first, second = (document.id for document in self._pair())
        other = {first: second, second: first}.get(id)
        reason = "Both name Arnesen; written one day apart."
        found = [Counterpart(other, "asserted", reason, 5.0, 0.9)] if other else []
        return [x for x in found if not standing or x.standing in standing][:limit]

    def sure_pairs(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """The first two documents, where both are asked for."""
        first, second = (document.id for document in self._pair())
        return [(second, first)] if {first, second} <= set(ids) else []

    def thread(self, id: str) -> ThreadOfDocuments | None:
        """The one thread."""
        self.edition.document(id)
        first, second = (document.id for document in self._pair())
        if id not in (first, second):
            return None
        return ThreadOfDocuments(first, (Step(first), Step(second, answers=((first, 1),))))

    def threads(self, *, limit: int = 50, offset: int = 0, **_: Any) -> ConversationResult:
        """The one thread."""
        return self._list(self._pair()[0].id, 2, limit, offset)

    def _list(self, id: str, size: int, limit: int, offset: int) -> ConversationResult:
        line = ConversationLine(id, size, "1918-07-24", "1918-08-02", "<b>Kell</b>")
        months = (FacetCount("1918-07", 1, "1918-07"),)
        return ConversationResult(1, (line,)[offset:][:limit], {"sender": (), "month": months})

    def silences(self, *, limit: int = 50, offset: int = 0, **_: Any) -> SilenceResult:
        """One document that is mentioned and one number left out."""
        first, second = (document.id for document in self._pair())
        found = (
            Silence("mentioned", "Arnesen", "Secretary of State", ("27",), 1, "1918-07-24",
                    "1918-07-24", "19:00", "telegram", witnesses=(second,), printed="your 27"),
            Silence("number", "Arnesen", "Secretary of State", ("29", "31"), 3, "1918-07-25",
                    "1918-08-02", witnesses=(first, second)),
        )  # fmt: skip
        return SilenceResult(
            2, 4, found[offset:][:limit],
            {"kind": (FacetCount("mentioned", 1, "mentioned"), FacetCount("number", 1, "number")),
             "sender": (FacetCount("Arnesen", 2, "Arnesen"),), "month": ()},
        )  # fmt: skip

    def unanswered(self, *, limit: int = 50, offset: int = 0, **_: Any) -> ConversationResult:
        """The second document."""
        return self._list(self._pair()[1].id, 1, limit, offset)


class FakeNetwork:
    """What an edition says of who wrote to whom."""

    def __init__(self, edition: Any) -> None:
        self.edition = edition

    def ties(self, between: str = "parties", *, limit: int = 200, slips: object = ()) -> list[Tie]:
        """Three that wrote to one another."""
        if between not in ("parties", "powers"):
            raise UnknownValue(f"there is no network of {between!r}")
        made = [("Berg", "Lind", 3), ("Lind", "Berg", 2), ("Lind", "<b>Moe</b>", 1)]
        return [Tie(a, a, b, b, n, "1912-06-03", "1912-06-03") for a, b, n in made][:limit]

    def cover(self) -> list[Cover]:
        """Of most documents the powers are not known."""
        return [Cover(1910, 40, 3, 1), Cover(None, 2, 0, 0)]

    def conversation(self, one: str, other: str, **_: Any) -> Conversation:
        """The first two documents."""
        regests: list[Regest] = self.edition.regests(
            [d.id for d in list(self.edition.documents())[:2]]
        )
        both = tuple((regest, i == 0) for i, regest in enumerate(regests))
        return Conversation(one, other, (one, other), 2, both)
