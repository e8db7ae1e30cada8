"""The paradigm of acts: every wording of a dictionary in every frame of syntax, as made-up papers.

Wordings (``acts_paradigm.tsv``) and frames know nothing of each other or of the grammar, so that
what is counted is how evenly the constructions of English are read; idioms (``acts_idioms.tsv``)
stand for themselves. A case is right where an act comes out with its actor, polarity and modality.
Prints the coverage of every frame and act, the weakest first.

    python benchmarks/acts_paradigm.py [--missed FRAME]
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from regesta.describing.acts import judge
from regesta.describing.acts.find import find_acts
from regesta.describing.acts.lexicon import inflect, kinds
from regesta.describing.bare import bare_document
from regesta.describing.base import Context
from regesta.describing.registry import describe
from regesta.describing.words import vocabulary

TABLE = Path(__file__).with_name("acts_paradigm.tsv")
IDIOMS = Path(__file__).with_name("acts_idioms.tsv")
REPORT = "The Minister in Peru (Kell) to the Secretary of State\nLima, May 2, 1907.\n"
ORDER = "The Secretary of State to the Minister in Peru (Kell)\nWashington, May 2, 1907.\n"
NOTE = "The Swedish Minister (Borg) to the Foreign Secretary (Ashe)\nLondon, May 2, 1907.\n"
SPOKEN = frozenset(("tell", "judge", "ask", "bind", "answer"))
#: Acts that an envoy voices for his government.
VOICED = frozenset(("approve", "regret"))


class Wording(NamedTuple):
    """A wording of an act, as the table has it."""

    acts: tuple[str, ...]
    form: str
    word: str
    object: str
    rest: str


class Frame(NamedTuple):
    """A frame of syntax.

    Attributes:
        name: What it is.
        form: Of the wordings that it takes.
        heading: Of the paper.
        words: The sentence, with places for the forms of a wording.
        actor, polarity, modality: What is expected; "" where more than one is right.
        groups: Groups of acts that it takes, or none for all.
        without: Acts that it does not take.
    """

    name: str
    form: str
    heading: str
    words: str
    actor: str = "Sweden"
    polarity: str = "affirmed"
    modality: str = "actual"
    groups: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


class Case(NamedTuple):
    """A sentence and what is expected of it."""

    frame: str
    acts: tuple[str, ...]
    paper: str
    actor: str
    polarity: str
    modality: str


_V, _N, _A = "verb", "noun", "adjective"
_BOTH = frozenset(("tell", "judge", "ask", "bind", "answer", "status", "treaty", "measure"))
_DONE = _BOTH - {"measure"}
_PUBLIC = frozenset(("answer", "bind"))
_ANSWERS, _TAKEN = frozenset(("answer",)), frozenset(("measure",))
_MEASURES = frozenset(("measure", "status", "treaty", "answer"))
_ASKED = frozenset(("ask", "bind", "answer"))
FRAMES = (
    # Active.
    Frame("present", _V, REPORT, "The Swedish Government {third} {o} {r}."),
    Frame("past", _V, REPORT, "The Swedish Government {past} {o} {r}."),
    Frame("perfect", _V, REPORT, "Sweden has {part} {o} {r}."),
    Frame("on a day", _V, REPORT, "On the 4th of May the Swedish Government {past} {o} {r}."),
    Frame("adverbs", _V, REPORT, "The Swedish Government has, therefore, formally {part} {o} {r}."),
    Frame("aside", _V, REPORT, "The Swedish Government, after much delay, {past} {o} {r}."),
    Frame("seems", _V, REPORT, "It appears that the Swedish Government had {part} {o} {r}."),
    Frame("is reported", _V, REPORT, "The Swedish Government is reported to have {part} {o} {r}."),
    Frame("it is learned", _V, REPORT, "I learn that the Swedish Government has {part} {o} {r}."),
    Frame("person", _V, REPORT, "Mr. Vane, the Swedish Minister, {past} {o} {r}.", "Vane"),
    Frame("cleft", _V, REPORT, "It was the Swedish Government that {past} {o} {r}."),
    Frame("did", _V, REPORT, "Only yesterday did the Swedish Government {base} {o} {r}."),
    # Passive.
    Frame("passive", _V, REPORT, "{O} was {part} {r} by the Swedish Government."),
    Frame("passive by first", _V, REPORT, "{O} was {part} by the Swedish Government {r}."),
    Frame("passive perfect", _V, REPORT, "{O} has been {part} by Sweden {r}."),
    Frame("participle by", _V, REPORT, "I saw {o}, {part} by the Swedish Government {r}."),
    Frame(
        "passive by whom", _V, REPORT, "The Swedish Government, by whom {o} was {part} {r}, waits."
    ),
    Frame("passive in that land", _V, REPORT, "{O} was {part} {r} in Sweden.", groups=_TAKEN),
    Frame("passive here", _V, NOTE, "{O} is hereby {part} {r}.", "Borg|Sweden", groups=_ANSWERS),
    Frame("passive cannot", _V, NOTE, "{O} can not be {part} {r}.", "Borg|Sweden", "", "",
          groups=_ANSWERS),
    Frame("passive order", _V, REPORT, "By order of the Swedish Government {o} was {part} {r}.",
          groups=_TAKEN),
    Frame("ask be", _V, REPORT, "I asked the Swedish Government that {o} be {part} {r}.",
          modality="requested", groups=_MEASURES),
    Frame(
        "ask may be", _V, REPORT,
        "I requested of the Swedish Government that {o} might be {part} {r}.",
        modality="requested", groups=_MEASURES,
    ),
    Frame("ask you may be", _V, NOTE, "I have the honor to request that {o} may be {part} {r}.",
          "Ashe|Great Britain", modality="requested", groups=_MEASURES),
    Frame("order may be", _V, ORDER,
          "You will request the Swedish Government that {o} may be {part} {r}.",
          modality="requested", groups=_MEASURES),
    # Joined, relative, participles, infinitives.
    Frame(
        "second verb", _V, REPORT, "The Swedish Government considered this and {past} {o} {r}."
    ),
    Frame(
        "third verb", _V, REPORT,
        "The Swedish Government met on Friday, heard its envoys, and {past} {o} {r}.",
    ),
    Frame("relative", _V, REPORT, "The Swedish Government, which {past} {o} {r}, now waits."),
    Frame("who", _V, REPORT, "I saw Mr. Vane, who {past} {o} {r}.", "Vane"),
    Frame("having", _V, REPORT, "Having {part} {o} {r}, the Swedish Government now waits."),
    Frame("absolute", _V, REPORT, "The Swedish Government having {part} {o} {r}, we now wait."),
    Frame("in doing", _V, REPORT, "In {ing} {o} {r}, the Swedish Government went far."),
    Frame("after doing", _V, REPORT, "After {ing} {o} {r}, the Swedish Government waited."),
    Frame("obliged to", _V, REPORT, "The Swedish Government was obliged to {base} {o} {r}."),
    Frame("finds itself", _V, REPORT, "Sweden finds itself compelled to {base} {o} {r}."),
    Frame("thought fit", _V, REPORT, "The Swedish Government has thought fit to {base} {o} {r}."),
    Frame("hesitate", _V, REPORT, "The Swedish Government did not hesitate to {base} {o} {r}."),
    Frame("occasion", _V, REPORT, "The Swedish Minister took occasion to {base} {o} {r}."),
    Frame(
        "decided", _V, REPORT, "The Swedish Government has decided to {base} {o} {r}.", modality=""
    ),
    Frame(
        "intends", _V, REPORT, "The Swedish Government intends to {base} {o} {r}.",
        modality="intended",
    ),
    Frame(
        "is about", _V, REPORT, "The Swedish Government is about to {base} {o} {r}.",
        modality="intended",
    ),
    # Reported, quoted, pronouns.
    Frame(
        "told that", _V, REPORT, "The Swedish Minister said that his Government had {part} {o} {r}."
    ),
    Frame(
        "stated that", _V, REPORT, "Mr. Vane stated that the Swedish Government had {part} {o} {r}."
    ),
    Frame(
        "letter", _V, REPORT,
        "The Swedish Minister writes as follows: “My Government {third} {o} {r}.”",
    ),
    Frame("pronoun", _V, REPORT, "The Swedish Government met on Friday. It {past} {o} {r}."),
    Frame("he", _V, REPORT, "I called on Mr. Vane. He then {past} {o} {r}.", "Vane"),
    Frame("i", _V, NOTE, "I {base} {o} {r}.", "Borg", groups=SPOKEN),
    Frame("undersigned", _V, NOTE, "The undersigned {third} {o} {r}.", "Borg", groups=SPOKEN),
    Frame("my government", _V, NOTE, "My Government {third} {o} {r}.", groups=SPOKEN),
    Frame("this government", _V, NOTE, "This Government has {part} {o} {r}."),
    Frame("honor", _V, NOTE, "I have the honor to {base} {o} {r}.", "Borg", groups=SPOKEN),
    Frame("must", _V, NOTE, "I am bound to {base} {o} {r}.", "Borg", groups=SPOKEN),
    Frame("instructed", _V, NOTE, "I am instructed to {base} {o} {r}.", "Borg", groups=SPOKEN),
    # Conditions, negations, what is asked.
    Frame(
        "if", _V, REPORT, "If the Swedish Government {third} {o} {r}, we shall wait.",
        modality="conditional",
    ),
    Frame(
        "should", _V, REPORT, "Should the Swedish Government {base} {o} {r}, we shall wait.",
        modality="conditional",
    ),
    Frame(
        "unless", _V, REPORT, "We shall wait unless the Swedish Government {third} {o} {r}.",
        modality="conditional",
    ),
    Frame(
        "in case", _V, REPORT, "In case Sweden {third} {o} {r}, we shall wait.",
        modality="conditional",
    ),
    Frame(
        "not", _V, REPORT, "The Swedish Government has not {part} {o} {r}.", polarity="negated",
        groups=_DONE,
    ),
    Frame(
        "did not", _V, REPORT, "The Swedish Government did not {base} {o} {r}.",
        polarity="negated", groups=_DONE,
    ),
    Frame(
        "never", _V, REPORT, "The Swedish Government has never {part} {o} {r}.",
        polarity="negated", groups=_DONE,
    ),
    Frame(
        "nor", _V, REPORT, "Nor has the Swedish Government {part} {o} {r}.", polarity="negated",
        groups=_DONE,
    ),
    Frame(
        "not intend", _V, REPORT, "The Swedish Government does not intend to {base} {o} {r}.",
        polarity="negated", modality="intended",
    ),
    Frame(
        "no intention", _V, REPORT, "Sweden has no intention to {base} {o} {r}.",
        polarity="negated", modality="intended",
    ),
    Frame(
        "ask to", _V, REPORT, "I asked the Swedish Government to {base} {o} {r}.",
        modality="requested",
    ),
    Frame(
        "request to", _V, ORDER, "You will request the Swedish Government to {base} {o} {r}.",
        modality="requested",
    ),
    Frame(
        "urge that", _V, REPORT, "I urged that the Swedish Government {base} {o} {r}.",
        modality="requested",
    ),
    Frame(
        "you will", _V, ORDER, "You will {base} {o} {r}.", "Kell", modality="requested",
        groups=SPOKEN,
    ),
    Frame(
        "please", _V, ORDER, "Please {base} {o} {r}.", "Kell", modality="requested", groups=SPOKEN
    ),
    Frame(
        "you are to", _V, ORDER, "You are authorized to {base} {o} {r}.", "Kell",
        modality="requested", groups=SPOKEN,
    ),
    Frame(
        "order to", _V, REPORT, "The Swedish Government has been requested to {base} {o} {r}.",
        modality="requested",
    ),
    # Nouns with a verb that carries them, and alone.
    Frame("carried", _N, REPORT, "The Swedish Government {past} {a} {n} {r}."),
    Frame("carried perfect", _N, REPORT, "Sweden has formally {part} {a} {n} {r}."),
    Frame("carried passive", _N, REPORT, "{A} {n} was {part} by the Swedish Government {r}."),
    Frame("carried second", _N, REPORT, "The Swedish Minister called and {past} {a} {n} {r}."),
    Frame("carried relative", _N, REPORT, "I saw Mr. Vane, who {past} {a} {n} {r}.", "Vane"),
    Frame("carried having", _N, REPORT, "Having {part} {a} {n} {r}, the Swedish Government waits."),
    Frame(
        "carried not", _N, REPORT, "The Swedish Government has {part} no {n} {r}.",
        polarity="negated", groups=_DONE,
    ),
    Frame(
        "carried if", _N, REPORT, "If the Swedish Government {third} {a} {n} {r}, we shall wait.",
        modality="conditional",
    ),
    Frame(
        "carried obliged", _N, REPORT, "The Swedish Government was obliged to {base} {a} {n} {r}."
    ),
    Frame(
        "carried you will", _N, ORDER, "You will {base} {a} {n} {r}.", "Kell",
        modality="requested", groups=SPOKEN,
    ),
    Frame("noun of", _N, REPORT, "I spoke of the {n} of the Swedish Court {r}.", groups=SPOKEN),
    Frame("noun genitive", _N, REPORT, "I spoke of Sweden’s {n} {r}.", groups=SPOKEN),
    Frame("noun by", _N, REPORT, "I spoke of the {n} {of} by the Swedish Government."),
    Frame(
        "noun its", _N, REPORT, "The Swedish Government has published its {n} {r}.", groups=SPOKEN
    ),
    Frame("noun made by", _N, REPORT, "I spoke of the {n} {part} by the Swedish Government {r}.",
          groups=_ASKED),
    Frame("noun that it made", _N, REPORT,
          "I spoke of the {n} which the Swedish Government had {part} {r}.", groups=_ASKED),
    Frame("noun it made", _N, REPORT, "I spoke of the {n} the Swedish Government {past} {r}.",
          groups=_ASKED),
    Frame("noun given me", _N, REPORT, "I spoke of the {n} {part} me by Mr. Vane {r}.", "Vane",
          groups=_ASKED),
    Frame("noun on the part", _N, REPORT, "There was {a} {n} on the part of Sweden {r}.",
          groups=_ASKED),
    Frame("noun from", _N, REPORT, "I have seen {a} {n} from the Swedish Government {r}.",
          groups=_ASKED),
    Frame("noun land’s", _N, REPORT, "The Swedish {n} {r} has been received.", groups=_ASKED),
    Frame("noun your", _N, NOTE, "I have considered your {n} {r}.", "Ashe|Great Britain",
          groups=_ASKED),
    Frame("noun my", _N, NOTE, "I recall my {n} {r}.", "Borg|Sweden", groups=_ASKED),
    Frame("noun in your note", _N, NOTE, "The {n} {r} contained in your note has been considered.",
          "Ashe|Great Britain", groups=_ASKED),
    # Adjectives.
    Frame("is so", _A, REPORT, "The Swedish Government is {word} {r}."),
    Frame("was so", _A, REPORT, "Sweden was {word} {r}."),
    Frame("has been so", _A, REPORT, "The Swedish Government has been {word} {r}."),
    Frame("declared itself", _A, REPORT, "The Swedish Government declared itself {word} {r}."),
    Frame("finds itself so", _A, REPORT, "The Swedish Government finds itself {word} {r}."),
    Frame("said he was", _A, REPORT, "Mr. Vane said that he was {word} {r}.", "Vane"),
    Frame("said that it was", _A, REPORT, "Mr. Vane said that Sweden was {word} {r}."),
    Frame(
        "if it is so", _A, REPORT, "If the Swedish Government is {word} {r}, we shall wait.",
        modality="conditional",
    ),
    Frame("i am", _A, NOTE, "I am {word} {r}.", "Borg"),
    Frame("being so", _A, REPORT, "Being {word} {r}, the Swedish Government now waits."),
)  # fmt: skip


@lru_cache(maxsize=1)
def wordings() -> tuple[Wording, ...]:
    """The table."""
    found = []
    for line in TABLE.read_text("utf-8").splitlines():
        if not line or line.startswith(("#", "act\t")):
            continue
        acts, form, word, object_, rest = line.split("\t")
        empty = ("" if cell == "-" else cell for cell in (object_, rest))
        found.append(Wording(tuple(acts.split("|")), form, word, *empty))
    return tuple(found)


@lru_cache(maxsize=512)
def _forms(verb: str) -> dict[str, str]:
    irregular = vocabulary("acts_words")["verbs"]["irregular"].get(verb, ())
    forms: dict[str, str] = {}
    for form, letter in inflect(verb, tuple(irregular)).items():
        forms.setdefault(letter, form)
    past = [form for form, letter in inflect(verb, tuple(irregular)).items() if letter == "e"]
    return {
        "base": verb,
        "third": forms.get("s", verb + "s"),
        "ing": forms.get("g", verb + "ing"),
        "past": irregular[0] if irregular else past[0],
        "part": irregular[-1] if irregular else past[0],
    }


def _filled(frame: Frame, wording: Wording) -> str | None:
    """The sentence of a wording in a frame, or None where it has none."""
    object_, rest, words = wording.object, wording.rest, frame.words
    parts: dict[str, str] = {"word": wording.word}
    passive = "{O}" in words or frame.name.startswith(_PASSIVE)
    verb = wording.word
    if wording.form == "noun":
        if not object_ and "{n}" in words and ("{past}" in words or "{part}" in words):
            return None
        if not object_ and ("{base}" in words or "{third}" in words):
            return None
        verb = object_ or "make"
        if frame.name == "noun by":
            if not rest.startswith("of ") or wording.acts[0] not in kinds_of("measure", "treaty"):
                return None
            parts["of"] = rest
        mass = wording.word in _MASS
        article = "its" if wording.word in _OWNED else "" if mass else _article(wording.word)
        parts |= {"n": wording.word, "a": article, "A": article.capitalize()}
    if wording.form == "verb" and passive and (not object_ or object_.endswith("self")):
        return None
    if object_ == "itself" and frame.actor in ("Borg", "Kell", "Vane"):
        return None
    first, _, last = verb.partition(" ")
    if "*" in last:
        last = last.replace("*", "").strip()
        o = f"{object_} {last}"
        tail = last
    else:
        o = f"{last} {object_}" if last else object_
        tail = last
    for name, form in _forms(first).items():
        parts[name] = f"{form} {tail}" if passive and wording.form == "verb" else form
    shown = object_ if passive else o
    parts |= {"o": shown, "O": shown[:1].upper() + shown[1:], "r": rest}
    text = " ".join(words.format(**{**dict.fromkeys(("of", "n", "a", "A"), ""), **parts}).split())
    for mark in ".,;”":
        text = text.replace(f" {mark}", mark)
    return text[:1].upper() + text[1:]


_MASS = frozenset(
    ("assistance", "aid", "protection", "asylum", "advice", "notice", "support", "permission",
     "recognition")
)  # fmt: skip
_OWNED = frozenset(
    ("regret", "disappointment", "apology", "concern", "sorrow", "surprise", "condolence",
     "satisfaction", "gratitude", "appreciation", "approval", "sympathy", "wish", "desire", "hope",
     "willingness", "readiness", "word", "consent", "assent", "acceptance", "concurrence",
     "agreement", "adhesion", "opposition", "view", "intention", "signature", "sanction")
)  # fmt: skip


#: How the names of frames begin whose subject is the object of the wording.
_PASSIVE = ("participle by", "passive", "ask be", "ask may", "ask you may", "order may")


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"


@lru_cache(maxsize=16)
def kinds_of(*groups: str) -> frozenset[str]:
    """The acts of some groups."""
    return frozenset(name for name, kind in kinds().items() if kind.group in groups)


def cases() -> Iterator[Case]:
    """Every wording in every frame that takes it."""
    become = vocabulary("acts_words")["negated"]
    for wording in wordings():
        group = kinds()[wording.acts[0]].group
        for frame in FRAMES:
            if frame.form != wording.form or (frame.groups and group not in frame.groups):
                continue
            if wording.acts[0] in frame.without:
                continue
            if _impossible(frame, wording, group):
                continue
            text = _filled(frame, wording)
            if text is None:
                continue
            acts, polarity = wording.acts, frame.polarity
            if polarity == "negated" and acts[0] in become:
                acts, polarity = (*acts, str(become[acts[0]])), ""
            actor, modality = frame.actor, frame.modality
            if frame.heading == ORDER and actor == "Kell" and acts[0] in VOICED:
                actor = "Kell|United States"
            if frame.name == "instructed":
                # What words alone do not do is only asked for; regrets are the government's.
                actor, modality = "Borg|Sweden", "" if acts[0] not in VOICED else modality
            yield Case(frame.name, acts, frame.heading + text + "\n", actor, polarity, modality)


def idioms() -> Iterator[Case]:
    """The idioms, each a case of its own."""
    headings = {"report": REPORT, "order": ORDER, "note": NOTE}
    for line in IDIOMS.read_text("utf-8").splitlines():
        if not line or line.startswith(("#", "paper\t")):
            continue
        paper, words, acts, actor, polarity, modality = line.split("\t")
        yield Case(
            "idiom", tuple(acts.split("|")), headings[paper] + words + "\n", actor,
            polarity.strip("-"), modality.strip("-"),
        )  # fmt: skip


def _impossible(frame: Frame, wording: Wording, group: str) -> bool:
    """What no one says, or what is no act by the rulings."""
    act = wording.acts[0]
    # "Its" is Sweden's: nobody else speaks of it.
    other = frame.actor in ("Kell", "Borg", "Vane") or frame.name == "participle by"
    if other and "its " in wording.object + wording.rest:
        return True
    if frame.actor in ("Kell", "Borg") and (act == "instruct" or group == "tell"):
        return True  # one's own men are told, and nobody tells his own house
    return act == "inform" and frame.modality == "conditional"


def right(case: Case) -> bool:
    """Whether an act that is expected is among those found, right in every field."""
    document = describe(bare_document("made/up", case.paper))
    return any(
        act.act in case.acts
        and act.actor in case.actor.split("|")
        and case.polarity in ("", act.polarity)
        and case.modality in ("", act.modality)
        for act in find_acts(document, Context())
    )


class Coverage(NamedTuple):
    """How many cases there are and how many came out right, by frame and by act."""

    asked: Counter[str]
    kept: Counter[str]
    missed: list[Case]

    @property
    def share(self) -> float:
        """Of all cases."""
        asked = sum(n for name, n in self.asked.items() if not name.startswith("act "))
        return 1.0 - len(self.missed) / asked


def coverage(every: Iterable[Case]) -> Coverage:
    """Read cases."""
    found = Coverage(Counter(), Counter(), [])
    for case in every:
        ok = right(case)
        for name in (case.frame, f"act {case.acts[0]}"):
            found.asked[name] += 1
            found.kept[name] += ok
        if not ok:
            found.missed.append(case)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "--missed", metavar="FRAME", help="print the cases missed of a frame or act"
    )
    options = parser.parse_args()
    every = [*cases(), *idioms()]
    kept = coverage(every)
    judge.FLOOR = 0.0  # type: ignore[attr-defined]
    found = coverage(every)
    for name in sorted(found.asked, key=lambda name: found.kept[name] / found.asked[name]):
        print(f"{found.kept[name] / found.asked[name]:.2f} of {found.asked[name]:4} {name}")
    for case in found.missed:
        if options.missed in (case.frame, f"act {case.acts[0]}"):
            print(case.acts, case.actor, case.paper.rstrip().rpartition("\n")[2])
    what = f"{len(every)} cases, {len({case.frame for case in every})} frames"
    figures = [
        {
            "what": "constructions of acts, read right by the grammar", "target": "> .95",
            "reached": f"{found.share:.3f}", "met": found.share > 0.95, "note": what,
        },
        {
            "what": "the same, as probable as a row must be", "target": "",
            "reached": f"{kept.share:.3f}", "note": what,
        },
    ]  # fmt: skip
    print(json.dumps({"figures": figures}, ensure_ascii=False))


if __name__ == "__main__":
    main()
