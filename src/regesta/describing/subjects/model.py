"""Subjects suggested for documents: learned from documents that an index names, or from a list.

Evidence for a heading is its own words in a document, the powers spoken of, the headings of the
documents nearest to this one elsewhere, and the chapter. A suggestion is never a fact of the
source: it says how sure it is, and which words led there.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import NamedTuple

from regesta.describing.subjects.terms import Terms, heading_key
from regesta.describing.words import vocabulary

#: Words that represent a document, and a heading's documents together.
DOCUMENT_WORDS, PROFILE_WORDS = 120, 100
#: Nearest documents that vote.
NEIGHBOURS = 15
#: A document's strongest words by which its neighbours are sought.
SOUGHT = 40
#: A word shown as a reason stands in at most one of so many documents.
TELLING = 3
#: So much of the weight of a heading's words must stand in a document for it to be a candidate.
COVERED = 0.6
#: What a document's suggestions owe to the others of its chapter.
SHARED = 0.4
#: More documents than this are not learned from: neighbours grow no better, and slower.
MOST = 6_000
#: Where so many headings of an index begin with a capital, all do.
CAPITALS = 0.9
#: Words shown that led to a suggestion.
SHOWN = 5
#: Fewer texts than this do not tell how rare a word is: they count as so many.
FEW = 1_000


class Term(NamedTuple):
    """A heading that can be suggested: its label, broader headings, other names for it."""

    label: str
    path: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    uri: str = ""


class Example(NamedTuple):
    """A document that an index names: its words, and its headings with their confidence."""

    terms: Terms
    headings: tuple[tuple[str, float], ...]
    collection: str


class Suggestion(NamedTuple):
    """A heading for a document.

    Attributes:
        term: The heading.
        confidence: 0 to 1.
        words: Words of the document that led there, as printed.
        rules: What spoke for it: "words", "heading", "chapter", "documents like it".
    """

    term: Term
    confidence: float
    words: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(slots=True)
class Evidence:
    """What speaks for a heading, each part 0 to about 1; see the weights in the vocabulary.

    ``own``: the document's own collection uses it; ``listed``: a user's list holds it.
    """

    text: float = 0.0
    heading: float = 0.0
    chapter: float = 0.0
    powers: float = 0.0
    neighbours: float = 0.0
    collections: float = 0.0
    documents: float = 0.0
    own: float = 0.0
    listed: float = 0.0

    def values(self) -> list[float]:
        """The parts in order."""
        return [getattr(self, f.name) for f in fields(self)]


EVIDENCE = tuple(f.name for f in fields(Evidence) if f.name not in ("own", "listed"))


@dataclass(slots=True)
class SubjectModel:
    """What was learned; see :func:`learn`."""

    terms: dict[str, Term] = field(default_factory=dict)
    forms: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    documents: Counter[str] = field(default_factory=Counter)
    collections: dict[str, set[str]] = field(default_factory=dict)
    frequency: Counter[str] = field(default_factory=Counter)
    texts: int = 0
    limited: bool = False
    examples: list[tuple[tuple[str, float], ...]] = field(default_factory=list)
    by_rarest: dict[str, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)
    profiles: dict[str, dict[str, float]] = field(default_factory=dict)
    postings: dict[str, list[tuple[int, float]]] = field(default_factory=dict)

    def weight(self, word: str) -> float:
        """How much a word tells: the logarithm of how rare it is."""
        return math.log((max(self.texts, FEW) + 1) / (self.frequency[word] + 0.5))


def learn(
    examples: Iterable[Example],
    *,
    vocabulary_terms: Iterable[Term] = (),
    others: Iterable[Terms] = (),
) -> SubjectModel:
    """Learn headings from documents that have them and from a list.

    Args:
        examples: Documents with their headings; at most :data:`MOST` are kept, evenly chosen.
        vocabulary_terms: Headings of a list; where there are any, nothing else is suggested.
        others: Documents without headings, for telling common words from rare ones.

    Returns:
        The model; it suggests nothing where nothing was learned.
    """
    model = SubjectModel()
    known = list(examples)
    step = max(1, math.ceil(len(known) / MOST))
    known = known[::step]
    for terms in (*(e.terms for e in known), *others):
        model.frequency.update(terms.text.keys())
        model.texts += 1
    allowed = _allow(model, vocabulary_terms)
    model.limited = bool(allowed)
    sums: dict[str, defaultdict[str, float]] = {}
    whole = _printed_whole({heading for example in known for heading, _ in example.headings})
    for example in known:
        kept: dict[str, float] = {}
        for heading, sure in example.headings:
            key = heading_key(heading) if whole(heading) else ""
            key = allowed.get(key, "") if allowed else key
            if key:
                kept[key] = max(sure, kept.get(key, 0.0))
                if key not in model.terms or (model.terms[key].label.isupper() and not allowed):
                    model.terms[key] = Term(heading)
        if not kept and not allowed:
            continue
        # Documents under other headings than the list's are neighbours too, who vote for none.
        vector = vector_of(model, example.terms)
        number = len(model.examples)
        model.examples.append(tuple(kept.items()))
        for word, share in vector.items():
            model.postings.setdefault(word, []).append((number, share))
        for key, sure in kept.items():
            model.documents[key] += 1
            model.collections.setdefault(key, set()).add(example.collection)
            profile = sums.setdefault(key, defaultdict(float))
            for word, share in vector.items():
                profile[word] += share * sure
    model.profiles = {key: _strongest(sums[key], PROFILE_WORDS) for key in sums}
    _index_words(model)
    return model


def _printed_whole(headings: set[str]) -> Callable[[str], bool]:
    """Tell headings from pieces of them: in an index of capitals, "under" is no heading."""
    capitals = sum(heading[:1].isupper() for heading in headings)
    if capitals < CAPITALS * len(headings):
        return bool
    return lambda heading: not heading[:1].islower()


def _allow(model: SubjectModel, terms: Iterable[Term]) -> dict[str, str]:
    """Take the headings of a list: every name of a heading → its key."""
    allowed: dict[str, str] = {}
    for term in terms:
        key = heading_key(": ".join((*term.path, term.label)))
        if not key:
            continue
        model.terms.setdefault(key, term)
        names = [n for name in (term.label, *term.others) if (n := heading_key(name))]
        model.forms.setdefault(key, []).extend(tuple(name.split()) for name in names)
        for name in (key, *names):
            allowed.setdefault(name, key)
    return allowed


def _index_words(model: SubjectModel) -> None:
    """Put every name of a heading under its rarest word."""
    for key in model.terms:
        names = model.forms.get(key) or [tuple(key.split())]
        for name in dict.fromkeys(names):
            rarest = max(name, key=lambda word: (model.weight(word), word))
            model.by_rarest.setdefault(rarest, []).append((key, name))


def vector_of(model: SubjectModel, terms: Terms) -> dict[str, float]:
    """A document's strongest words with their shares, of length one."""
    weighed: dict[str, float] = {}
    for word, count in terms.text.items():
        if model.frequency[word] > 1:
            weighed[word] = (1 + math.log(count)) * model.weight(word)
    for word in (*terms.heading, *terms.chapter):
        if model.frequency[word]:
            weighed[word] = weighed.get(word, 0.0) + model.weight(word)
    return _strongest(weighed, DOCUMENT_WORDS)


def _strongest(weighed: dict[str, float], most: int) -> dict[str, float]:
    chosen = sorted(weighed.items(), key=lambda item: (-item[1], item[0]))[:most]
    length = math.sqrt(sum(weight * weight for _, weight in chosen)) or 1.0
    return {word: weight / length for word, weight in chosen}


def evidence_for(model: SubjectModel, terms: Terms) -> dict[str, Evidence]:
    """What speaks for each heading that anything in a document speaks for."""
    found: defaultdict[str, Evidence] = defaultdict(Evidence)
    words = terms.text.keys() | terms.heading | terms.chapter
    for word in words & model.by_rarest.keys():
        for key, name in model.by_rarest[word]:
            _weigh_words(model, terms, name, found, key)
    most = max(terms.powers.values(), default=1)
    for power, count in terms.powers.items():
        if power in model.terms:
            found[power].powers = count / most
    for key, vote in _votes(model, vector_of(model, terms)).items():
        found[key].neighbours = vote
    for key, evidence in found.items():
        used = model.collections.get(key, ())
        evidence.own = float(terms.group[0] in used)
        evidence.listed = float(model.limited)
        evidence.collections = math.log(max(1, len(used)))
        evidence.documents = math.log(1 + model.documents[key]) / 5
    return found


def _weigh_words(
    model: SubjectModel,
    terms: Terms,
    name: tuple[str, ...],
    found: defaultdict[str, Evidence],
    key: str,
) -> None:
    whole = sum(map(model.weight, name))
    if whole <= 0:
        return
    text, heading, chapter = (
        sum(model.weight(w) for w in name if w in place) / whole
        for place in (terms.text, terms.heading, terms.chapter)
    )
    if max(text, heading, chapter) < COVERED:
        return
    evidence = found[key]
    evidence.text = max(evidence.text, text * math.log(1 + whole))
    evidence.heading = max(evidence.heading, heading)
    evidence.chapter = max(evidence.chapter, chapter)


def _votes(model: SubjectModel, vector: dict[str, float]) -> dict[str, float]:
    """The headings of the nearest documents, by their nearness."""
    near: defaultdict[int, float] = defaultdict(float)
    for word, share in list(vector.items())[:SOUGHT]:
        for number, other in model.postings.get(word, ()):
            near[number] += share * other
    nearest = sorted(near.items(), key=lambda item: (-item[1], item[0]))[:NEIGHBOURS]
    whole = sum(likeness for _, likeness in nearest) or 1.0
    votes: defaultdict[str, float] = defaultdict(float)
    for number, likeness in nearest:
        for key, sure in model.examples[number]:
            votes[key] += likeness * sure / whole
    return votes


def _best(scores: dict[str, float], most: int) -> list[tuple[str, float]]:
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:most]


Weights = dict[str, dict[str, float]]


def score(evidence: Evidence, weights: Weights | None = None) -> float:
    """How likely a heading is, 0 to 1.

    Args:
        evidence: What speaks for it.
        weights: Three tables: "own" for headings that the document's own collection uses,
            "listed" for others of a user's list, "other" for those of other collections; the
            vocabulary's where None.
    """
    tables = vocabulary("subject_words") if weights is None else weights
    table = tables["own" if evidence.own else "listed" if evidence.listed else "other"]
    total = table["base"]
    for name in EVIDENCE:
        total += table.get(name, 0.0) * getattr(evidence, name)
    return 1 / (1 + math.exp(-total))


def share_in_groups(
    scores: dict[str, dict[str, float]], groups: dict[str, tuple[str, str]], shared: float = SHARED
) -> dict[str, dict[str, float]]:
    """Let documents of one chapter lend each other their headings.

    Args:
        scores: Document id → heading → likelihood.
        groups: Document id → its collection and section; without a section it stands alone.
        shared: The part that the others of the chapter decide.
    """
    members: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for id in scores:
        if groups[id][1]:
            members[groups[id]].append(id)
    found = dict(scores)
    for ids in members.values():
        sums: defaultdict[str, float] = defaultdict(float)
        for id in ids:
            for key, likely in scores[id].items():
                sums[key] += likely
        common = {key for key, _ in _best(sums, 10)}
        for id in ids:
            own = scores[id]
            found[id] = {
                key: (1 - shared) * own.get(key, 0.0) + shared * sums[key] / len(ids)
                for key in own.keys() | common
            }
    return found


def explain(model: SubjectModel, terms: Terms, key: str, evidence: Evidence | None) -> Suggestion:
    """Say which words of a document led to a heading, and what spoke for it."""
    names = model.forms.get(key) or [tuple(key.split())]
    own = [w for name in names for w in name if w in terms.text]
    profile = model.profiles.get(key, {})
    alike = {
        word: share * profile[word]
        for word, share in vector_of(model, terms).items()
        if word in profile and word in terms.forms and model.weight(word) > math.log(TELLING)
    }
    learned = [word for word, _ in _best(alike, SHOWN)]
    words = dict.fromkeys((*own, *learned[: SHOWN - min(len(own), 2)]))
    shown = tuple(terms.forms[word] for word in words)[:SHOWN]
    rules = []
    if evidence is not None:
        rules += ["heading"] * (evidence.heading >= COVERED)
        rules += ["words"] * (evidence.text > 0 or evidence.powers > 0)
        rules += ["chapter"] * (evidence.chapter >= COVERED)
        rules += ["documents like it"] * (evidence.neighbours > 0)
    return Suggestion(model.terms[key], 0.0, shown, tuple(rules) or ("documents of its chapter",))


def suggest(
    model: SubjectModel, documents: Sequence[Terms], *, least: float, most: int
) -> dict[str, list[Suggestion]]:
    """Suggest headings for documents that belong together, such as those of a collection.

    Args:
        model: What was learned.
        documents: Their words.
        least: Least confidence of a suggestion.
        most: Suggestions for one document at most.

    Returns:
        Document id → suggestions, the likeliest first; documents without any are left out.
    """
    evidence = {terms.id: evidence_for(model, terms) for terms in documents}
    scores = {id: {key: score(e) for key, e in found.items()} for id, found in evidence.items()}
    scores = share_in_groups(scores, {terms.id: terms.group for terms in documents})
    found: dict[str, list[Suggestion]] = {}
    for terms in documents:
        best = [(k, s) for k, s in _best(scores[terms.id], most) if s >= least]
        if best:
            found[terms.id] = [
                explain(model, terms, key, evidence[terms.id].get(key))._replace(
                    confidence=round(likely, 2)
                )
                for key, likely in best
            ]
    return found
