"""A gold file of acts in, a measure of finding them out, with the causes of what is wrong.

A line of the file is a paragraph with its acts; it is read in its document where sources are given,
else with its heading alone. Acts are matched by the rules of ``auditing/acts_match.py``.
"""

import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from regesta.auditing.acts_figures import ActFigures, figures
from regesta.auditing.acts_match import Gold, Verdict, gold_act, match
from regesta.describing.acts.base import ActFinder
from regesta.describing.acts.find import find_acts
from regesta.describing.acts.lexicon import kinds
from regesta.describing.acts.naming import power_named
from regesta.describing.acts.trace import STEPS, Loss, Trace
from regesta.describing.bare import bare_document
from regesta.describing.base import Context
from regesta.describing.registry import describe
from regesta.documents import Act, Document, Value
from regesta.errors import SourceError


class GoldParagraph(Value, frozen=True):
    """A paragraph of a gold file."""

    id: str
    heading: str
    paragraph: str
    acts: tuple[dict[str, Any], ...]


class Judged(Value, frozen=True):
    """A paragraph with the verdicts on its acts; ``text`` is what the spans of acts point into.

    ``lost`` says of acts that are not found at their place where the grammar gave them up, each
    under the number of its verdict; it is empty where another finder was asked.
    """

    id: str
    heading: str
    text: str
    offset: int
    verdicts: list[Verdict]
    lost: dict[int, Loss] = {}


class ActsEvaluation(Value, frozen=True):
    """A measure of finding acts.

    Attributes:
        paragraphs: Each with its verdicts, in the order of the file.
        all, certain: Figures of all acts, and of those of the certain tier.
        groups: Figures by group of acts, as the gold file (or, of what is not there, we) say.
        missing: Ids of paragraphs that their documents do not have.
        lost: How many acts the grammar lost at each of its steps, in the order of the steps.
    """

    paragraphs: tuple[Judged, ...]
    all: ActFigures
    certain: ActFigures
    groups: dict[str, ActFigures]
    missing: tuple[str, ...] = ()
    seconds: float = 0.0
    lost: dict[str, int] = {}


def read_gold(path: str | Path) -> list[GoldParagraph]:
    """Read a gold file of acts: one JSON object a line with id, heading, paragraph and acts.

    Raises:
        SourceError: It is not there, or a line is not such an object.
    """
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SourceError(f"{path} is not UTF-8 text", "save it as UTF-8") from None
    return [_paragraph(path, n, line) for n, line in enumerate(lines, 1) if line.strip()]


def _paragraph(path: str | Path, n: int, line: str) -> GoldParagraph:
    hint = 'a line is {"id", "heading", "paragraph", "acts": [{"act", "start", "end", "actor", …}]}'
    try:
        entry = json.loads(line)
        words, acts = entry["paragraph"], tuple(entry["acts"])
        for act in acts:
            if act["act"] not in kinds():
                raise SourceError(
                    f"{path}, line {n}: no act {act['act']!r}", f"acts: {', '.join(kinds())}"
                )
            if not 0 <= act["start"] < act["end"] <= len(words):
                raise SourceError(f"{path}, line {n}: an act lies outside its paragraph", hint)
            gold_act(act)
        return GoldParagraph(str(entry["id"]), str(entry.get("heading") or ""), words, acts)
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{path}, line {n} is no paragraph with acts ({error})", hint) from None


def half(id: str) -> str:
    """The half of a gold file that a document is in: "develop" or "check", by a stable hash."""
    return "check" if hashlib.sha256(id.encode()).digest()[0] % 2 else "develop"


def evaluate_acts(
    gold: Sequence[GoldParagraph],
    documents: Iterable[Document] = (),
    *,
    finder: ActFinder = find_acts,
    context: Context | None = None,
) -> ActsEvaluation:
    """Find the acts of a gold file's paragraphs and compare.

    Args:
        gold: Of :func:`read_gold`.
        documents: Described documents that hold the paragraphs; a paragraph whose id (or its first
            two parts) is none of theirs is read with its heading alone.
        finder: The back end.
        context: Of the documents.
    """
    started = time.perf_counter()
    wanted = {name for paragraph in gold for name in _names(paragraph.id)}
    known = {document.id: document for document in documents if document.id in wanted}
    acts: dict[str, tuple[list[Act], Trace | None]] = {}
    judged, missing = [], []
    for paragraph in gold:
        name = next((name for name in _names(paragraph.id) if name in known), "")
        document = known[name] if name else _alone(paragraph)
        at = document.text.find(paragraph.paragraph)
        if at < 0:
            missing.append(paragraph.id)
            continue
        if not name or name not in acts:
            acts[name] = _found(document, context or Context(), finder)
        end = at + len(paragraph.paragraph)
        all_found, trace = acts[name]
        found = [a for a in all_found if a.span and at <= a.span[0] < end]
        verdicts = match(found, [gold_act(act) for act in paragraph.acts], at, power_named)
        text = document.text[at:end]
        lost = _lost(verdicts, trace, at) if trace is not None else {}
        judged.append(Judged(paragraph.id, paragraph.heading, text, at, verdicts, lost))
    steps = Counter(loss.step for paragraph in judged for loss in paragraph.lost.values())
    every = [paragraph.verdicts for paragraph in judged]
    return ActsEvaluation(
        tuple(judged),
        figures(every),
        figures(every, tier="certain"),
        dict(_by_group(every)),
        tuple(missing),
        time.perf_counter() - started,
        {step: steps[step] for step in STEPS if steps[step]},
    )


def _found(
    document: Document, context: Context, finder: ActFinder
) -> tuple[list[Act], Trace | None]:
    """The acts of a document; of the grammar, what it gave up as well."""
    if finder is not find_acts:
        return finder(document, context), None
    trace = Trace()
    return find_acts(document, context, trace), trace


def _lost(verdicts: Sequence[Verdict], trace: Trace, at: int) -> dict[int, Loss]:
    """Where each act that is not found at its place was lost."""
    return {
        n: trace.lost(verdict.gold.act, verdict.gold.start + at, verdict.gold.end + at)
        for n, verdict in enumerate(verdicts)
        if verdict.gold is not None and verdict.cause in ("not found", "other act")
    }


def _names(id: str) -> list[str]:
    parts = id.split("/")
    return list(dict.fromkeys((id, "/".join(parts[:2]))))


def _alone(paragraph: GoldParagraph) -> Document:
    words = f"{paragraph.heading}\n{paragraph.paragraph}\n"
    return describe(bare_document(paragraph.id, words))


def _by_group(every: Sequence[Sequence[Verdict]]) -> Iterator[tuple[str, ActFigures]]:
    for group in dict.fromkeys(kind.group for kind in kinds().values()):
        names = {kind.name for kind in kinds().values() if kind.group == group}
        chosen = [[v for v in verdicts if _act_of(v) in names] for verdicts in every]
        yield group, figures(chosen)


def _act_of(verdict: Verdict) -> str:
    gold: Gold | None = verdict.gold
    if gold is not None:
        return gold.act
    return verdict.found.act if verdict.found else ""
