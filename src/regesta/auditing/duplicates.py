"""Probable duplicates: documents of one day and the same parties whose texts are nearly one.

In come the edition's documents day by day, as lengths and parties; texts are fetched only where
those agree, and compared by their runs of words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from regesta.auditing.base import Auditor, Candidate, Finding
from regesta.auditing.words import folded, one_line
from regesta.documents import Document

#: Shorter texts are alike by their formulas, in characters.
SHORTEST = 250
#: Lengths of two prints of one paper differ by less than this share.
LENGTH = 0.25
#: Words in a run; share of runs that both have.
RUN, SHARED = 5, 0.66
#: Each paper is held against so many of its day at most, the nearest in length.
MOST = 24
_NAME = re.compile(r"\b[A-ZÀ-ÞА-Я][^\W\d_]{4,}\b")


class DuplicateAuditor(Auditor):
    """Looks at papers of the same day, over all collections."""

    looks_at = "probable duplicates: same day, same parties, nearly the same text"

    def edition(self) -> Iterable[Finding]:
        """Give every pair once, as a finding of the later in the order of ids."""
        for day in self.desk.same_day():
            yield from self._day([c for c in day if c.characters >= SHORTEST])

    def _day(self, papers: Sequence[Candidate]) -> Iterator[Finding]:
        papers = sorted(papers, key=lambda c: (c.characters, c.id))
        for i, one in enumerate(papers):
            for other in papers[i + 1 : i + 1 + MOST]:
                if other.characters > one.characters * (1 + LENGTH):
                    break
                if not _parties_agree(one, other) or one.id in (other.parent,):
                    continue
                if other.id == one.parent:
                    continue
                share = _alike(self._runs(one.id), self._runs(other.id))
                if share >= SHARED and not self._about_others(one.id, other.id):
                    yield self._finding(*sorted((one, other), key=lambda c: c.id), share=share)

    def _runs(self, id: str) -> frozenset[int]:
        return _cached_runs(self, id)

    def _about_others(self, one: str, other: str) -> bool:
        """Whether each names again and again what the other never names: two treaties of a form."""
        a, b = (_names(self.desk.document(id).text) for id in (one, other))
        return any(n > 1 and not b[w] for w, n in a.items()) and any(
            n > 1 and not a[w] for w, n in b.items()
        )

    def _finding(self, one: Candidate, other: Candidate, *, share: float) -> Finding:
        document = self.desk.document(other.id)
        words, span = _opening(document)
        percent = round(100 * share)
        return Finding(
            document=other.id,
            collection=other.collection,
            kind="duplicate.text",
            why=f"It has the day, the parties and {percent} % of the runs of words of {one.id}.",
            words=words,
            span=span,
            values={"this": other.id, "the same": one.id},
            confidence=round(min(0.95, 0.55 + 0.4 * share), 2),
            others=(one.id,),
        )


@lru_cache(maxsize=256)
def _cached_runs(auditor: DuplicateAuditor, id: str) -> frozenset[int]:
    return runs(auditor.desk.document(id).text)


def _names(text: str) -> Counter[str]:
    """How often each longer word with a capital stands in a text."""
    return Counter(_NAME.findall(text))


def runs(text: str) -> frozenset[int]:
    """Hashes of all runs of words of a text."""
    words = folded.__wrapped__(text)
    return frozenset(hash(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1)))


def _alike(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / max(1, len(one | other))


def _parties_agree(one: Candidate, other: Candidate) -> bool:
    """Same parties, or one of them does not say; a circular goes to others each time."""
    for a, b in ((one.senders, other.senders), (one.recipients, other.recipients)):
        if a and b and folded(a)[-1:] != folded(b)[-1:]:
            return False
    return bool(one.senders or other.senders)


def _opening(document: Document) -> tuple[str, tuple[int, int]]:
    """The heading's words where they stand in the text, else its first line."""
    start = document.text.find(document.heading[:40]) if document.heading else 0
    start = max(start, 0)
    end = document.text.find("\n", start)
    end = min(len(document.text) if end < 0 else end, start + 200)
    return one_line(document.text[start:end]), (start, end)
