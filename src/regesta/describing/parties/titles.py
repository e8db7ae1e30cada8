"""A title that names no two parties into who made the document: "Memorandum by Mr. Kell".

What comes in is the title on one line; what goes out is the party after the kind of document, with
its span. Whoever writes a note or a telegram is its sender; minutes, treaties, memoranda and lists
have authors at most, and no parties.
"""

import re
from functools import lru_cache

from msgspec.structs import replace

from regesta.describing.frame.lines import kind_nouns
from regesta.describing.kinds import SENT, kind_of_title
from regesta.describing.parties.cases import in_russian
from regesta.describing.parties.headings import connector, lowered
from regesta.describing.parties.names import bears_office, has_office, is_titled, lower_words
from regesta.describing.parties.phrases import Named, in_first_case, parse_parties, party_end
from regesta.describing.parties.senders import russian_kind
from regesta.describing.words import pattern, word_set

#: The kind of document stands in the first words of a title.
_KIND_WITHIN = 4
_WORDS = "heading_words"
_OF = re.compile(r",? of (?:the|an?) ")
_CYRILLIC = re.compile(r"[а-яё]")


@lru_cache(maxsize=1)
def _by() -> re.Pattern[str]:
    """What joins a kind of document to its maker: "by", "of the", "des", "de la", "de l’"."""
    joined = pattern(_WORDS, "by_joined").pattern
    return pattern(_WORDS, "by_author", rf"\s(?:{joined}|{{}}\s+)(?:(?:the|la|le|der)\s+)?")


def made_by(title: str) -> tuple[Named, ...]:
    """Who made the document that a title names: none, one or several.

    Args:
        title: The heading on one line, without the number before it.

    Returns:
        The parties after "by", "of", "des", "de la"… right behind the kind of document; empty where
        the title goes on with anything else ("Treaty of Peace", "Report on the Trade").
    """
    title = lowered(title) if title.isupper() else title
    start, joint = _maker(title)
    if start < 0:
        return ()
    end = party_end(title, start, len(title.rstrip(" .,;:")))
    end = next((m.start() for m in _relative().finditer(title, start, end)), end)
    end = next((m.start() for m in connector().finditer(title, start, end)), end)
    if is_titled(title[start:end]) and (of := _OF.search(title, start, end)):
        # "by President Kell of the Signing", not "by the Secretary of the Treasury"
        last = title[start : of.start()].rpartition(" ")[2].lower()
        end = end if bears_office(last) else of.start()
    words = title[start:end]
    if pattern(_WORDS, "own_bureau", flags=re.I).match(words):
        return ()  # "Note du Département": it stays in the ministry, and nobody sends it
    if not words or (words[:1].islower() and not bears_office(words.split()[0].lower())):
        return ()
    if not (has_office(words) or is_titled(words) or re.match(r"(?:\w\. ?)+\w+", words)):
        return ()
    found = parse_parties(title, start, end)
    if not joint:
        return tuple(replace(named, party=in_russian(named.party, "genitive")) for named in found)
    return tuple(in_first_case(named, joint) for named in found)


def _maker(title: str) -> tuple[int, str]:
    """Where the maker's words begin, and what joins them; -1 where nobody is named."""
    joints = list(_by().finditer(title))
    if not joints:
        return _russian_maker(title), ""
    # "Memorandum of Conversation, by Mr. Kell": who made it stands after "by", wherever that is.
    match = next((m for m in joints if m[0].split()[0] == "by"), joints[0])
    before = lower_words(title[: match.start()])
    if not before or len(before) > _KIND_WITHIN:
        return -1, ""
    if not any(w in kind_nouns() for w in before):
        return -1, ""
    if not word_set(_WORDS, "about").isdisjoint(before):
        return -1, ""
    return match.end(), match[0].split()[0].lower()


def _russian_maker(title: str) -> int:
    """In Russian the maker follows the kind in the genitive: no word joins them."""
    at = russian_kind(title) if _CYRILLIC.search(title) else 0
    return at if at and bears_office(title[at:].split()[0].lower()) else -1


@lru_cache(maxsize=1)
def _relative() -> re.Pattern[str]:
    """Where the maker's words end: "on the Trade", "für den Minister", "vom 3. Mai"."""
    return pattern(_WORDS, "ends_author", r",?\s+{}(?=\s)")


@lru_cache(maxsize=4096)
def has_no_parties(title: str) -> bool:
    """Tell whether a title is of a document that nobody sends to anybody.

    Minutes, treaties, memoranda, conversations, laws, statements and lists are; a title of no known
    kind is not judged.
    """
    kind = kind_of_title(title)
    return bool(kind) and kind not in SENT
