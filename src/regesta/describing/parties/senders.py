"""Where the sender stands in the words of a heading before its connector, and by which rule.

What comes in are these words; what goes out is the span of the sender's, or None where they are a
title, or name no party.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from regesta.describing.frame.lines import kind_nouns
from regesta.describing.kinds import SENT, kind_of_title
from regesta.describing.parties.names import (
    article,
    bears_office,
    has_office,
    head_words,
    is_courteous,
    is_titled,
    lower_words,
    name_like,
)
from regesta.describing.parties.phrases import LONGEST_PARTY, Named, mask_parens, party_end
from regesta.describing.words import pattern, word_set
from regesta.documents import Party

#: "Circular to all missions": only the kind stands before the recipient, in so many characters.
_LONGEST_KIND = 40
_WORDS = "heading_words"
_POSSESSIVE = re.compile(r"^(?P<who>.+?)(?:[’']s|(?<=s)[’'])\s+(?:[\w-]+\s+){0,3}?(?P<kind>\w+)$")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]{3}")
#: A name with the ending of the German genitive; "Klaus" and "Francis" have none.
_OWNED = re.compile(r"(?<![sxz])[^\W\d_](?<!u)(?<!i)(?<!a)s$|[sxz][’']$")
_NUMERAL_WORD = re.compile(r"[IVX]+\.?$")
#: "Brief Prinz Eugens von Kell": so many words at most.
_LONGEST_GENITIVE = 4
_LAST = re.compile(r"(?<![’'])[^\W_][\w’'-]*")


@lru_cache(maxsize=8192)
def _names_party(phrase: str) -> bool:
    """Tell whether the words left of a connector can be a sender."""
    masked = mask_parens(phrase)
    words = lower_words(article().sub("", masked, count=1))
    if not words or len(words) > LONGEST_PARTY:
        return False
    head = head_words(masked)
    if not head or (not is_courteous(masked) and _tells_of_documents(head, words)):
        return False
    if not word_set("party_words", "sentence").isdisjoint(words):
        return False
    if not word_set(_WORDS, "made").isdisjoint(words[1:3]):
        return False
    owner = _POSSESSIVE.match(masked)
    if owner and _tells_of_documents([owner["kind"].lower()], [owner["kind"].lower()]):
        return False
    if not _ends_as_party(masked) or party_end(phrase, 0, len(phrase)) < len(phrase):
        return False
    return bool(name_like().match(phrase.strip(' “"')) or article().match(phrase))


def _tells_of_documents(head: Sequence[str], words: Sequence[str]) -> bool:
    """ "Treaty between", "Note from the Office", "his farewell visit": nobody is named."""
    kinds = kind_nouns()
    if any(w in kinds for w in head):
        first = head[0] in kinds and not bears_office(head[0])
        if not bears_office(head[-1]) or (first and "the" in words[: len(head) + 1]):
            return True
    if words[-1] in kinds and not bears_office(words[-1]):
        return True
    return not word_set(_WORDS, "event").isdisjoint(words)


def _ends_as_party(masked: str) -> bool:
    """The last word of a party is a name's or an office's: "gifts presented" is neither."""
    words = _LAST.findall(masked.rstrip("· "))
    if not words or not words[-1][0].islower():
        return True
    last = words[-1].lower()
    if bears_office(last) or last in word_set(_WORDS, "follower") or len(last) <= 2:
        return True
    if last[1:2] in ("’", "'") and words[-1][2:3].isupper():
        return True
    known = has_office(masked) or (is_titled(masked) and "," in masked)
    return known and pattern(_WORDS, "participle", r"{}$").search(last) is None


@lru_cache(maxsize=8192)
def sender_side(left: str, *, instructed: bool) -> tuple[int, int, str] | None:
    """Where the sender stands in the words left of the connector, and by which rule.

    Args:
        left: Everything before the connector.
        instructed: They are of an instruction "for" somebody, who is not its sender.
    """
    left = left.rstrip(" ,")
    end = len(left)
    if _CYRILLIC.match(left) and (rest := russian_kind(left)):
        return (rest, end, "heading-from") if _names_maker(left[rest:]) else None
    label = pattern(_WORDS, "label").match(left)
    first = label.end() if label else 0
    if _names_party(left[first:]):
        return first, end, "heading"
    sent_from = pattern(_WORDS, "opening", r"{}(?::\s*|\s+)").match(left)
    if sent_from and _names_party(left[sent_from.end() :]):
        return sent_from.end(), end, "heading-from"
    if len(left) < _LONGEST_KIND and kind_of_title(left) in SENT and _is_form(left):
        return end, end, "heading-from"
    owner = _POSSESSIVE.match(left)
    if owner and owner["kind"].lower() in kind_nouns() and _names_party(owner["who"]):
        return 0, owner.end("who"), "heading-from"
    if genitive := _genitive(left):
        return genitive, end, "heading-genitive"
    if instructed:
        # "Mémoire du Roi pour servir d'instruction au …": who instructs stands before these words.
        serving = pattern(_WORDS, "serving", r"\s{}$", flags=re.I).search(left)
        maker = sender_side(left[: serving.start()], instructed=False) if serving else None
        return maker or (end, end, "heading-from")
    if pattern(_WORDS, "addressed", r"\b{}$").search(left) and _is_kind_of_document(left):
        return end, end, "heading-from"
    for match in pattern(_WORDS, "from", r"\s{}\s+", flags=re.I).finditer(left):
        kind = lower_words(left[: match.start()])
        if not word_set(_WORDS, "about").isdisjoint(kind):
            return None
        if not word_set(_WORDS, "event").isdisjoint(kind):
            return None
        if any(w in kind_nouns() for w in kind) and _names_maker(left[match.end() :]):
            return match.end(), end, "heading-from"
    return None


def _genitive(left: str) -> int:
    """Where a German name in the genitive begins, "Bericht Graf Kells", or 0."""
    kind, _, who = left.partition(" ")
    if kind.lower() not in kind_nouns() or not who or who[0].islower():
        return 0
    words = who.split()
    named = [w for w in words if w.lower() not in word_set(_WORDS, "particle")]
    capitals = all(w[0].isupper() for w in named) and len(named) <= _LONGEST_GENITIVE
    owned = any(_OWNED.search(w) for w in named)
    other = any(bears_office(w.lower(), born=False) or w.lower() in kind_nouns() for w in words)
    return len(kind) + 1 if capitals and owned and not other else 0


def without_genitive(named: Named) -> Named:
    """ "Kaiser Karls VI." is Kaiser Karl VI.: the last word but a numeral has the ending."""
    words = named.party.name.split()
    at = next((i for i in reversed(range(len(words))) if not _NUMERAL_WORD.match(words[i])), -1)
    if at < 0 or not _OWNED.search(words[at]):
        return named
    words[at] = words[at].rstrip("’'") if words[at][-1] in "’'" else words[at][:-1]
    party = named.party
    return Named(
        Party(" ".join(words), party.office, party.power, party.person), named.start, named.end
    )


def russian_kind(title: str) -> int:
    """Where the words after a Russian kind of document begin ("Секретная телеграмма …"), or 0."""
    at = 0
    for word in title.split()[:2]:
        at += len(word) + 1
        if word.lower() in kind_nouns():
            return at if at < len(title) else 0
    return 0


def _names_maker(phrase: str) -> bool:
    """The same after "du" and "des", which have taken the article: "ministre de la Guerre"."""
    whole = has_office(phrase) and party_end(phrase, 0, len(phrase)) == len(phrase)
    return _names_party(phrase) or whole


def _is_form(left: str) -> bool:
    """ "Circular", "Télégramme circulaire": nothing but kinds of documents, and no draft."""
    words = lower_words(left)
    drafts = word_set(_WORDS, "draft")
    return all(w in kind_nouns() and w not in drafts for w in words)


def _is_kind_of_document(left: str) -> bool:
    head = head_words(left)
    return any(w in kind_nouns() for w in head)
