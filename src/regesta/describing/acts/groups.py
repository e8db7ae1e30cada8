"""Verb groups of a tagged sentence: a verb with its auxiliaries, what they deny and say of it.

The token of a verb comes in; its group goes out.
"""

import re
from dataclasses import dataclass

from regesta.describing.acts.lexicon import Lexicon
from regesta.describing.acts.phrases import Phrases
from regesta.describing.acts.tags import Sentence
from regesta.describing.words import word_set

#: The letters of a verb group before its verb.
_GROUP = frozenset("XhdmAn")
#: What denies right before an auxiliary: "never", "in no case".
_DENIED = re.compile(r"nA{0,2}$")
#: An auxiliary before its subject ("nor did France …") is looked for so far before the verb.
FURTHEST_TURNED = 10


@dataclass(slots=True)
class Group:
    """A verb with its auxiliaries.

    Attributes:
        first, verb: Tokens from the first auxiliary to the verb.
        form: f finite, i infinitive, g participle in -ing, e past participle without auxiliary,
            c imperative or subjectless.
        passive, negated, perfect: What the auxiliaries say.
        modal: The modal verb, or "".
        head: Before the "to" of an infinitive; of one joined to another, before that one's.
        led: The participle that leads an infinitive ("am instructed to"), or "".
    """

    first: int
    verb: int
    form: str
    passive: bool = False
    negated: bool = False
    modal: str = ""
    head: int = -1
    led: str = ""


class Groups(Phrases):
    """The verb groups of one sentence, each found once."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon) -> None:
        super().__init__(sentence, lexicon)
        self.groups: dict[int, Group] = {}
        turning = word_set("acts_words", "turning")
        #: Whether an auxiliary may stand before its subject.
        self._turns = "n" in sentence.tags or not turning.isdisjoint(sentence.there)

    def group(self, verb: int) -> Group:
        """The group of a verb: auxiliaries, negation, form."""
        known = self.groups.get(verb)
        if known is not None:
            return known
        tags, lows = self.tags, self.s.lows
        j = verb - 1
        negated, modal, be, have = False, "", False, False
        if self.lexicon.bracket and tags[verb] in "eV":
            j, negated = self._bracket(verb)
        if j >= 0 and tags[j] == "," and tags[verb] == "V":
            j = self._before_aside(j)
        while j >= 0 and tags[j] in _GROUP:
            if tags[j] == "n":
                negated = lows[j + 1] != "only" or negated
            elif tags[j] == "m":
                modal = lows[j]
                negated = negated or modal == "cannot"
            elif tags[j] == "X":
                be = be or (not have and not be and lows[j] != "having")
            elif tags[j] == "h":
                have = True
            j -= 1
        if negated and "but" in lows[j + 1 : verb]:
            negated, modal = False, ""  # "cannot but protest"
        first = j + 1
        while first < verb and tags[first] in "A":
            first += 1
        letter = tags[verb]
        alone = first == verb or lows[first] == "been"
        turned = self._turned(first) if alone and self._turns and letter in "Ves" else -1
        if turned >= 0:
            negated = True
            modal = lows[turned] if tags[turned] == "m" else ""
            have, be = tags[turned] in "hs", be or tags[turned] == "X"
        future = self.lexicon.future
        if future and not future.isdisjoint(lows[first : verb + 1]):
            modal = "will"
        if self.lexicon.bracket and tags[verb] == "s":
            negated = "n" in tags[verb : self.stop_after(verb + 1)]
        if j >= 0 and (tags[j] == "T" or (tags[j] == "O" and self.lexicon.elided)):
            form = "i"  # "to sign", "de signer"
        elif self.lexicon.bracket and letter == "V" and self.holds_zu(lows[verb]):
            form = "i"
        elif letter == "g":
            form = "f" if be else "g"
        elif letter == "e":
            form = "f" if be or have else "e"
        else:
            form = "f"
        if first < verb and tags[first] == "h" and lows[first] == "having":
            form = "g"
        if first < verb and lows[first] == "being":
            form = "g"
        passive = be and letter == "e"
        if passive and self.lexicon.elided:
            # "S’est engagé" is no passive.
            passive = word_set("acts_fr", "reflexive").isdisjoint(lows[j + 1 : verb])
        if self.lexicon.bracket and letter == "e":
            # "Wurde abgelehnt" is passive, "ist beigetreten" is not.
            helped = {*lows[j : j + 1], *lows[first : verb + 2]}
            passive = not helped.isdisjoint(self.lexicon.passive)
            modal = "" if passive else modal
            form = "f" if passive or helped & self.lexicon.tags.keys() else form
        found = Group(first, verb, form, passive, negated, modal, j - 1)
        if not negated and first > 1 and lows[first - 1] == "nor":
            found.negated = True
        self.groups[verb] = found
        return found

    def holds_zu(self, low: str) -> bool:
        """Whether a German infinitive has its "zu" inside: "mitzuteilen"."""
        return low.find("zu", 1) > 0

    def _turned(self, verb: int) -> int:
        """Where the auxiliary of "nor will this Government accept" stands, or -1."""
        tags, lows = self.tags, self.s.lows
        for k in range(verb - 2, max(0, verb - FURTHEST_TURNED), -1):
            having = self.lexicon.lemmas.get(lows[k]) == "have"
            if tags[k] not in "dmhX" and not having:
                continue
            denied = lows[k - 1] in word_set("acts_words", "turning") or _DENIED.search(tags[:k])
            if not denied or lows[k - 1] == "only":
                return -1
            subject = self.phrase_after(k + 1)
            end = subject[1] if subject else k + 1
            while end < verb and tags[end] in "An":
                end += 1
            return k if end == verb else -1
        return -1

    def _bracket(self, verb: int) -> tuple[int, bool]:
        """Where the auxiliary of a verb at its clause’s end stands: "hat … abgelehnt"."""
        tags = self.tags
        for j in range(verb - 1, -1, -1):
            if tags[j] in "hXm":
                return j, "n" in tags[j:verb]
            if tags[j] in "HRS" and tags[verb + 1 : verb + 2] in ("h", "X", "m"):
                # "daß die Regierung ihre Antwort verschoben habe": the subject comes first.
                subject = self.phrase_after(j + 1)
                end = subject[1] if subject and subject[1] <= verb else verb
                return end - 1, "n" in tags[j:verb]
            if tags[j] in ",;.:HR":
                break
        return verb - 1, False

    def _before_aside(self, comma: int) -> int:
        """Before an aside between a modal verb and its verb: "might, if he wishes, go"."""
        k = self.tags.rfind(",", max(0, comma - 9), comma)
        return k - 1 if k > 0 and self.tags[k - 1] in "md" else comma
