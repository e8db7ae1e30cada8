"""Clauses of a tagged sentence: subjects and complements of its verbs.

Nothing is resolved here: stretches of tokens go out, and how they were found.
"""

from functools import lru_cache

from regesta.describing.acts.groups import Group, Groups
from regesta.describing.acts.lexicon import Lexicon
from regesta.describing.acts.phrases import STOPS, Span
from regesta.describing.acts.tags import Sentence
from regesta.describing.words import vocabulary, word_set

_WHETHER = frozenset(("if", "si", "ob"))


class Reading(Groups):
    """One sentence being read."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon, *, public: bool = False) -> None:
        super().__init__(sentence, lexicon)
        self.public = public
        self._complements: dict[int, tuple[str, Span | None, int]] = {}
        self._subjects: dict[int, tuple[Span | None, str]] = {}
        #: Whether anything is denied, and whether there are nouns of acts.
        self.denies = "n" in self.tags or not word_set("acts_words", "denying").isdisjoint(
            self.words
        )
        self.frames = lexicon.frames if self.denies else lexicon.affirmed
        #: Whether a word is there by which a clause may suppose something.
        self.supposes = not _supposing().isdisjoint(self.words)
        self.has_nouns = not lexicon.nouns.keys().isdisjoint(self.words)
        self.condition_end = self._condition_end()

    def _condition_end(self) -> int:
        """Where an opening "if …," ends, or -1."""
        lows, tags = self.s.lows, self.tags
        start = 1 if lows[:1] == ["and"] or tags[:1] == "#" else 0
        if lows[start : start + 1] == ["in"]:
            opening = " ".join(lows[start : start + 4]) + " "
            if any(
                opening.startswith(f"{words} ") for words in vocabulary("acts_words")["given_that"]
            ):
                return start + 2  # "In that event you will …"
        if not lows[start:] or lows[start] not in ("if", "should", "unless"):
            return -1
        if lows[start] == "should" and tags[start + 1 : start + 2] not in ("p", "D", "N"):
            return -1
        at = tags.find(",", start)
        while at > 0 and tags[at + 1 : at + 2] not in ("p", "D", "N", "w", "V"):
            at = tags.find(",", at + 1)
        return at

    def subject_before(self, at: int) -> tuple[Span | None, str]:
        """The subject of a verb group that begins at ``at``, and how it was found."""
        tags, j = self.tags, at - 1
        jumps = 0
        fallback: Span | None = None
        while j >= 0:
            letter = tags[j]
            if letter in "An":
                j -= 1
            elif letter == ",":
                if jumps > 2:
                    return fallback, "near"
                k = tags.rfind(",", 0, j)
                if k < 0 or (k + 1 < j and tags[k + 1] in "pm"):
                    return self._after_opening(j, fallback)
                if tags[k + 1] in "C" and j - k < 4:
                    return None, "shared"
                if _clause(tags[k + 1 : j]) and not self._participial(k + 1):
                    return None, "shared"
                j = k - 1
                jumps += 1
            elif letter == ")":
                k = tags.rfind("(", 0, j)
                j = k - 1 if k >= 0 else -1
            elif letter == "C":
                return None, "shared"
            elif letter == "R":
                if j and tags[j - 1] in "PO":
                    return None, "none"
                return self.antecedent(j), "relative"
            elif letter == "H":
                direct = not set(tags[j + 1 : at]) - set("An")  # "that refused": of what is before
                if not direct and j and tags[j - 1] == "N":
                    return fallback, "none"  # "informs Kell that …"
                return self.antecedent(j), "relative"
            elif letter == "p":
                start = j
                if self._coordinate(j):
                    other = self.phrase_before(j - 1) if tags[j - 2] != "p" else (j - 2, j - 1)
                    start = other[0] if other else j
                return (start, j + 1), "near"
            elif letter in "wN#'D":
                phrase = self.phrase_before(j + 1)
                if phrase is None:
                    return fallback, "none"
                before = tags[phrase[0] - 1] if phrase[0] else "."
                if before in "Vse" and tags[phrase[0] - 2 : phrase[0] - 1] == "R":
                    return self.antecedent(phrase[0] - 2), "relative"  # "who killed him may"
                if before in "PO" or before == "T":
                    fallback = None
                    j = phrase[0] - 2
                    if before == "O" or j < 0 or tags[j] in "wN'#D)":
                        continue
                    if tags[j] == "," or tags[j] in STOPS:
                        return None, "none"
                    continue
                if before in "eg" and jumps and self.group(phrase[0] - 1).form == "g":
                    j = self.group(phrase[0] - 1).first - 1
                    continue  # "the Government having read it, and being ready, hopes"
                return (phrase[0], self._whole(phrase[1], at)), "near"
            elif letter == "g" or (letter == "e" and self._participle(j)):
                j -= 1
            else:
                return fallback, "none"
        return fallback, "none"

    def _participial(self, at: int) -> bool:
        """Whether an aside opens with a participle: "being ready to pay", "and having paid"."""
        at += self.tags[at] == "C"
        return self.tags[at] == "g" or self.s.lows[at] in ("being", "having")

    def _coordinate(self, at: int) -> bool:
        """Whether a pronoun is joined to a name before it: "Kell and I", not "it, and he"."""
        tags = self.tags
        if at < 2 or tags[at - 1] != "C" or tags[at - 2] not in "wNp" or self.s.lows[at] != "i":
            return False
        other = self.phrase_before(at - 1) if tags[at - 2] != "p" else (at - 2, at - 1)
        return other is not None and tags[other[0] - 1 : other[0]] in ("", ",", ".", ";", "H", "S")

    def _participle(self, at: int) -> bool:
        """Whether a past form between a noun and its verb only says which: "replies received"."""
        end = len(self.tags[:at].rstrip("A"))
        return self.tags[end - 1 : end] == "w" and self.s.lows[end - 1] not in word_set(
            "acts_actors", "government"
        )

    def subject_of(self, group: Group) -> tuple[Span | None, str]:
        """The subject of a verb group: its own, or that of the verb it is joined to."""
        known = self._subjects.get(group.verb)
        if known is None:
            known = self._subjects[group.verb] = self._subject_of(group)
        return known

    def _subject_of(self, group: Group) -> tuple[Span | None, str]:
        subject, shared = self.subject_before(group.first)
        if subject is not None or shared not in ("shared", "main"):
            return subject, shared
        tags = self.tags
        bare = tags[group.verb] == "V" and group.first == group.verb
        near: Span | None = None
        for j in range(group.first - 2, -1, -1):
            if tags[j] in ";:.":
                break
            if tags[j] not in "Vse" and not (tags[j] in "Xh" and tags[j + 1] not in "egA"):
                continue
            other = self.group(j)
            if other.form == "i":
                if bare:
                    group.form, group.head = "i", other.head
                    group.negated = group.negated or other.negated
                    return None, "joined"
                continue
            if other.form == "g":
                continue
            subject, shared = self.subject_before(other.first)
            if other.form == "e" and (subject is None or subject[1] < other.first - 1):
                continue  # a participle; "considered" after its subject is past
            if other.form == "e" and subject and tags[subject[0] - 1 : subject[0]] in ("P", "O"):
                continue  # "with me the plan outlined and directed": not of the plan
            led = tags[subject[0] - 2 : subject[0]] if subject and subject[0] > 1 else ""
            if other.form == "e" and (led[-1:] in ("V", "s", "e", "g") or led == "Po"):
                near = near or subject  # "read the plan outlined, and directed": of him who read
                continue
            inside = shared == "relative" or (
                subject is not None and tags[subject[0] - 1 : subject[0]] in ("H", "R")
            )
            if inside and tags[group.first - 2 : group.first - 1] == ",":
                near = near or subject
                continue  # ", and hopes": of the main clause, not of the one between
            if bare and subject is not None and self._singular(subject):
                continue  # "… is obtained, and request": not of the consent
            if subject is not None:
                if bare and other.modal and not group.modal:
                    group.modal = other.modal
                if other.passive and tags[group.verb] == "e" and group.first == group.verb:
                    group.passive, group.form = True, "f"  # "was arrested, and held"
                    return subject, "shared"
                if bare or self._tense(group) == self._tense(other):
                    return subject, "shared"
                near = near or subject
            elif shared not in ("shared", "main"):
                break
        return near, "shared"

    def _singular(self, subject: Span) -> bool:
        """Whether a subject cannot agree with the base form of a verb."""
        tags, lows = self.tags, self.s.lows
        if tags[subject[0]] == "p":
            return lows[subject[0]] in ("he", "she", "it")
        end = subject[0]
        while end < subject[1] and tags[end] not in "OPT":
            end += 1
        head = lows[end - 1]
        plural = head.endswith("s") or tags[end - 1] in "N#p" or "C" in tags[subject[0] : end]
        return not plural and lows[subject[0]] in word_set("acts_words", "one")

    def _tense(self, group: Group) -> str:
        """The letter of a group that agrees with that of a verb joined to it."""
        low = self.s.lows[group.first]
        if low in ("is", "has", "does"):
            return "s"
        return "m" if group.modal else self.tags[group.first]

    def _after_opening(self, comma: int, fallback: Span | None) -> tuple[Span | None, str]:
        """ "The Minister, protests": no comma before; a participle or an opening clause."""
        return fallback, "main"

    def complement(self, after: int) -> tuple[str, Span | None, int]:
        """What follows a verb: its kind, its object, where its content begins."""
        known = self._complements.get(after)
        if known is None:
            known = self._complements[after] = self._complement(after)
        return known

    def _complement(self, after: int) -> tuple[str, Span | None, int]:
        tags, j = self.tags, after
        while j < self.size and (tags[j] in "An" or (tags[j] == "," and self._aside(j) > j)):
            j = self._aside(j) if tags[j] == "," else j + 1
        if tags[j : j + 2] == ",P":
            close = tags.find(",", j + 2, j + 12)
            if close > 0 and tags[close + 1 : close + 2] in ("D", "N", "w", "o", "T", "H"):
                j = close + 1  # "to accept, on behalf of the owners, the offer"
        j = self._over_time(j)
        if (
            self.lexicon.bracket
            and tags[j : j + 1] == ","
            and tags[j + 1 : j + 2] in ("H", "S", "Q")
        ):
            j += 1  # German puts a comma before "daß"
        if j >= self.size:
            return "", None, j
        simple = self._clause_at(j)
        if simple:
            return simple, None, j + 1
        if tags[j] == "T":
            inner = self.phrase_after(j + 1)
            if inner is None:
                return "", None, j
            k = inner[1]
            while k < self.size and tags[k] in "A,":
                k += 1
            k = self._over_phrases(k)
            nested = self._clause_at(k) if k < self.size else ""
            deep = nested in ("that", "to")
            return ("@+" + nested if deep else "@"), inner, k + 1 if deep else j
        if tags[j] in "P":
            inner = self.phrase_after(j + 1)
            k = inner[1] if inner else j + 1
            if k < self.size - 1 and tags[k] in "TH" and self._clause_at(k):
                return "o+" + self._clause_at(k), inner, k + 1
            return "@", inner, j
        if tags[j] == "O" and not self.lexicon.elided:
            inner = self.phrase_after(j + 1)
            k = inner[1] if inner else j
            if inner and k < self.size - 1 and tags[k] == "H":
                return "o+that", inner, k + 1  # "requested of the Minister that"
        if tags[j] == "g":
            return "ing", None, j
        if tags[j] in ':"' or (tags[j] == "," and tags[j + 1 : j + 2] == '"'):
            return "quote", None, j + 1
        phrase = self.phrase_after(j)
        if phrase is None:
            return "", None, j
        k = phrase[1]
        if tags[j] in "pwND" and phrase[1] - phrase[0] < 9:
            if self._finite_at(k) or (tags[j] != "p" and self._finite_at(self._attached(k))):
                return "that", None, j
            if tags[j] == "p" and self._subjunctive(j, k):
                return "that", None, j  # "suggest you propose it"
            more = self.phrase_after(k + 1) if tags[k : k + 1] == "C" and tags[j] == "N" else None
            if more is not None and self._finite_at(more[1]):
                return "that", None, j  # "hopes Kell and Borg will agree"
        if self.lexicon.bracket and tags[k : k + 1] == "," and self._ends_in_infinitive(k + 1):
            return "o+to", phrase, k + 1
        while k < self.size and (tags[k] == "A" or (tags[k] == "," and self._aside(k) > k)):
            k = self._aside(k) if tags[k] == "," else k + 1
        k = self._over_phrases(k)
        if k < self.size:
            nested = self._clause_at(k)
            if nested and (nested != "if" or self.s.lows[k] in ("whether", "if", "what", "how")):
                return "o+" + nested, phrase, k + 1
            if tags[k] in "pwND" and tags[j] in "op":
                more = self.phrase_after(k)
                if more and self._finite_at(more[1]):
                    return "o+that", phrase, k
        return "np", phrase, j

    def _ends_in_infinitive(self, at: int) -> bool:
        """Whether the clause from here on is an infinitive's: ", dem Minister mitzuteilen"."""
        end = at
        while end < self.size and self.tags[end] not in ",.;:":
            end += 1
        return self.tags[end - 1] == "V" and (
            self.tags[end - 2] == "T" or self.holds_zu(self.s.lows[end - 1])
        )

    def _subjunctive(self, at: int, k: int) -> bool:
        """Whether a pronoun is the subject of a base form, and not the object of "let", "make"."""
        if not at or self.tags[at - 1] not in "Vseg" or self.tags[k : k + 1] != "V":
            return False
        return self.s.lows[at - 1] not in word_set("acts_words", "causative")

    def _attached(self, k: int) -> int:
        """After the phrases that belong to a subject: "our efforts at peace"."""
        for _ in range(3):
            while k < self.size - 1 and self.tags[k] == "A":
                k += 1
            if k >= self.size - 1 or self.tags[k] not in "PO" or self.tags[k + 1] not in "wND#":
                break
            if self.s.lows[k] in word_set("acts_words", "opening_clauses"):
                break  # "its decision until the Department can"
            more = self.phrase_after(k + 1)
            if more is None:
                break
            k = more[1]
        return k

    def _over_time(self, j: int) -> int:
        """Over when it was said, where what was said follows: "said on Tuesday it had"."""
        tags, k = self.tags, j
        if tags[j : j + 1] == "P":
            k += 1
        while (
            k < self.size
            and tags[k] in "N#"
            and (tags[k] == "#" or self.s.lows[k] in word_set("acts_actors", "nobody"))
        ):
            k += 1
        more = self.phrase_after(k) if k > j + 1 or (k > j and tags[j] == "N") else None
        return k if more is not None and self._finite_at(more[1]) else j

    def _over_phrases(self, k: int) -> int:
        """Over what belongs to an object, where a clause follows: "the Minister for War that"."""
        j = k
        for _ in range(2):
            if j >= self.size - 1 or self.tags[j] not in "PO":
                break
            more = self.phrase_after(j + 1)
            if more is None:
                break
            j = more[1]
            if j < self.size and self.tags[j] in "HTQ" and self._clause_at(j):
                return j
        return k

    def _aside(self, comma: int) -> int:
        """After an aside of few words between commas, where "that" or "to" goes on."""
        k = self.tags.find(",", comma + 1, comma + 12)
        if k > 0 and k + 1 < self.size and self.tags[k + 1] in "HTQ":
            return k + 1
        return comma

    def _clause_at(self, j: int) -> str:
        tags = self.tags
        if tags[j] == "H":
            return "that"
        if tags[j] == "O" and tags[j + 1 : j + 2] == "V":
            return "to"  # "de consulter"
        if tags[j] == "T" and j + 1 < self.size:
            k = j + 1
            while k < self.size and tags[k] in "An":
                k += 1
            return "to" if k < self.size and tags[k] in "VXhd" else ""
        if tags[j] == "Q" or (tags[j] == "S" and self.s.lows[j] in _WHETHER):
            return "if"
        return ""

    def _finite_at(self, j: int) -> bool:
        """Whether a finite verb stands at ``j``: then the phrase before it was its subject."""
        while j < self.size and self.tags[j] in "An":
            j += 1
        return j < self.size and self.tags[j] in "mXhds"


@lru_cache(maxsize=1)
def _supposing() -> frozenset[str]:
    words = word_set("acts_words", "conditions") | word_set("acts_words", "supposed")
    return words | {"case", "should"}


def _clause(letters: str) -> bool:
    """Whether words between commas are a clause of their own and no aside: "Kell answers him"."""
    return letters[:1] not in ("R", "H", "S", "Q", "P", "A", "(", '"') and any(
        letter in "mXh" or (letter in "Vs" and letters[j - 1] in "pwN")
        for j, letter in enumerate(letters)
        if j
    )
