"""A document into its senders and recipients, from heading, signature and reported speech.

Minutes, treaties, memoranda and lists have no parties: that is said too, with their author.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from regesta.describing.base import Context
from regesta.describing.frame.document import frame_of
from regesta.describing.frame.lines import Frame, Line, connection, phrase
from regesta.describing.kinds import SENT, kind_of_title
from regesta.describing.parties.headings import Heading, connector, lowered, parse_heading
from regesta.describing.parties.labelled import (
    labelled_author,
    labelled_parties,
    says_who_met,
)
from regesta.describing.parties.names import has_name, has_office, is_titled, proper
from regesta.describing.parties.phrases import Named, parse_parties, party_end
from regesta.describing.parties.signatures import addressee, signature, signatures
from regesta.describing.parties.speakers import speaker
from regesta.describing.parties.titles import has_no_parties, made_by
from regesta.describing.places.gazetteer import locate
from regesta.describing.powers.states import in_year
from regesta.describing.words import pattern, vocabulary, word_set
from regesta.documents import Document, Fact, Party

#: Confidence by rule, set by judgement. On volumes they were not written on, "heading" was right in
#: all of 2,731 (names compared leniently), "heading-from" in 8 of 9, "signature" in 10 of 12;
#: the others are too rare there to be measured.
CONFIDENCE = {
    "heading": 0.97,
    "heading-from": 0.9,
    "heading-genitive": 0.85,
    "signature": 0.85,
    "addressee": 0.8,
    "reported-speaker": 0.85,
    "kind-by": 0.9,
    "opening": 0.85,
    "none": 0.95,
    "no-form": 0.8,
}
#: Shorter titles ("A.", "II.") do not show what a text is.
SHORTEST_TITLE = 6
#: Kinds without parties even where their text begins as letters do.
NEVER = frozenset(
    (
        *("minutes", "memorandum of conversation", "treaty", "list", "press article"),
        *("editorial note", "address"),
    )
)
#: A letter speaks to whom it is written within so many characters.
WITHIN = 600
#: Parties stand in the first lines of a heading; further down are titles of parts.
HEADINGS = 4

_WORDS = "heading_words"
#: The edition's number before a heading on its line.
_NUMBERED = re.compile(
    r"(?:(?:(?:N[or]s?\.|N[°º]|№)\s?)?(?:\d{1,2}[ .]\d{3}|\d{1,5}[a-z]?)\.[\s—–-]+(?=[^\W\d])|"
    r"\d{1,4}\s+(?=[A-ZÀ-Þ][^\W\d])|(?=[IVXLC]{2})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\.\s+)?"
)
#: A heading over several lines has at most so many characters.
LONGEST_BROKEN = 260
#: Letters of scripts in which no party is read.
_UNREAD_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f\u0400-\u052f\u1e00-\u1eff]")
#: What no address has: figures, dashes, and the honour alone ("The Honorable").
_NO_ADDRESS = re.compile(r"\d|[—–:;?!]\s*\S|[—–]{2}|^(?:The )?Hon(?:ou?rable|\.)\W*$")


def describe_parties(document: Document, context: Context) -> list[Fact]:
    """Give senders and recipients, or say firmly that there are none and who is the author."""
    given = {f.field for f in document.facts if f.field in ("sender", "recipient", "author")}
    if given.issuperset(("sender", "recipient")):
        return []
    frame = frame_of(document)
    facts = labelled_parties(frame) or _from_heading(frame)
    if facts is None:
        facts = says_who_met(frame) or _without_heading(frame)
    elif facts and _fields(facts) == {"recipient"} and _is_signed(frame, facts):
        facts += [_fact("sender", signed, "signature", 0) for signed in signatures(frame)]
    fields = _fields(facts)
    if facts and "recipient" not in fields:
        facts += _addressed(frame)
    drafted = labelled_author(frame) if "parties" in fields else []
    if drafted:
        facts = [f for f in facts if f.field != "author"] + drafted
    if frame.year:
        facts = [_of_year(f, frame.year) for f in facts]
    frame.parties = [f for f in facts if isinstance(f.value, Party)]
    if given:
        facts = [f for f in facts if f.field not in given and f.field != "parties"]
    return facts


def _fields(facts: list[Fact]) -> set[str]:
    return {fact.field for fact in facts}


def _of_year(fact: Fact, year: int) -> Fact:
    """A party whose power bears the name that it had in the document's year: "Soviet Union"."""
    party = fact.value
    if not isinstance(party, Party) or not party.power:
        return fact
    power = in_year(party.power, year)
    return fact if power == party.power else replace(fact, value=replace(party, power=power))


def _is_signed(frame: Frame, facts: list[Fact]) -> bool:
    """Whether who signs a document that names its recipient alone is its sender."""
    greets = frame.of("salutation") or frame.of("closer", foot=True)
    last = frame.foot[-1] if frame.foot else None
    signed = last is not None and last.kind == "signature"
    return bool(greets) or signed or facts[0].rule == "addressee"


def _from_heading(frame: Frame) -> list[Fact] | None:
    """Parties of the heading; "none" where its kind has none; None where it does not say."""
    without: Fact | None = None
    bodies: list[Fact] | None = None
    lines = _joined(frame.of("heading")[:HEADINGS], frame.text)
    for line in lines:
        words, start = _without_number(frame, line, lines)
        date = next((d.start - start for d in line.dates if d.day), None)
        found = parse_heading(words, date)
        if found is None and date is not None and _connects(frame.text, line):
            # "Note remise le 2 août par M. Kell à M. Holm": the day is not the heading's end
            found = parse_heading(words) if connector().search(words, date) else None
        if found is not None:
            if not frame.of("salutation") and _is_public(found):
                makers = [_author(n, "kind-by", start) for n in found.senders]
                return [_none(line), *(m for m in makers if m)]
            facts = _facts(found, start)
            if "-\n" in frame.words(line):  # a hyphen is taken out: only the line is sure
                facts = [replace(fact, span=(line.start, line.end)) for fact in facts]
            if words.isupper() and len(lines) > 1 and bodies is None:
                bodies = facts  # "THE LEGATION TO THE DEPARTMENT" may stand above persons
                continue
            return facts
        kind = kind_of_title(words)
        if kind in SENT and words.strip(" .").isalpha() and _told_below(frame, lines, line):
            continue  # "NOTE", and below it "Conversation de M. Kell avec M. Holm"
        if bodies is not None or kind in SENT:
            sent = [_fact("sender", n, "kind-by", start) for n in made_by(words[:date])]
            return bodies or sent or _in_third_person(frame) or _letter(frame)
        if kind in NEVER:
            return [_none(line), *_authors(frame, words[:date], start)]
        without = without or (_none(line) if has_no_parties(words) else None)
    if frame.heading:
        found = parse_heading(frame.heading, _date_start(frame.heading))
        if found is not None:
            return _facts(found, None)
    if bodies is not None:
        return bodies
    if without is None and (addressed := _addressed_heading(frame)):
        return addressed
    if without is None or _is_greeted(frame):
        return None
    spoken = speaker(frame.text, frame.body_start)
    if spoken:
        return [_fact("sender", spoken, "reported-speaker", 0)]
    start, end = without.span or (0, 0)
    return [without, *_authors(frame, frame.text[start:end], start)]


def _told_below(frame: Frame, lines: Sequence[Line], line: Line) -> bool:
    """Whether a heading below is of a kind that nobody sends."""
    below = [x for x in lines if x.start > line.start]
    return any(kind_of_title(frame.words(x)) in NEVER for x in below)


def _is_greeted(frame: Frame) -> bool:
    """Whether somebody is greeted: under a memorandum "Mr. Kell, who called to-day" is not."""
    return any(
        not phrase("mentioned").match(frame.text, line.start) for line in frame.of("salutation")
    )


def _joined(lines: Sequence[Line], text: str) -> Sequence[Line]:
    """Headings over two lines as one: "M. Kell, ambassadeur à Rome," and "à M. Holm"."""
    if len(lines) < 2:
        return lines
    joined: list[Line] = []
    for line in lines:
        above = joined[-1] if joined else None
        joined_to = "|".join(vocabulary(_WORDS)["connector_joined"])
        begins = pattern(_WORDS, "connector", rf"(?:{{}}\s|{joined_to})", flags=re.I).match(
            text, line.start, line.end
        )
        open_ended = above and (
            text[above.end - 1] == "," or not _connects(text, above) or _ends_at_post(text, above)
        )
        goes_on = (begins and open_ended) or (above and _is_broken(text, above, line))
        if above and goes_on and line.start - above.end == 1:
            dates = [*above.dates, *line.dates]
            joined[-1] = Line("heading", above.start, line.end, dates)
        else:
            joined.append(line)
    return joined


def _is_broken(text: str, above: Line, line: Line) -> bool:
    """A heading whose line ends in the middle: "The Acting Secretary of / State to …"."""
    if line.end - above.start > LONGEST_BROKEN:
        return False
    if text[line.start] == "(":
        return True
    last = text[above.start : above.end].rpartition(" ")[2]
    return last.endswith("-") or (
        last.lower() in word_set(_WORDS, "held") | word_set(_WORDS, "unfinished") and last.islower()
    )


def _ends_at_post(text: str, line: Line) -> bool:
    """ "L’ATTACHÉ NAVAL À ROME": the connector stands before a town, where the office is held."""
    left, _, last = text[line.start : line.end].strip(" ,.").rpartition(" ")
    before = left.rpartition(" ")[2].lower()
    return before in word_set("party_words", "at_place") and locate(proper(last)) is not None


def _connects(text: str, line: Line) -> bool:
    return connection().search(text, line.start, line.end) is not None


def _without_number(frame: Frame, line: Line, lines: Sequence[Line]) -> tuple[str, int]:
    """A heading without the edition's number before it, and its offset; lists keep theirs."""
    words = frame.words(line).replace("-\n", "").replace("\n", " ")
    if not words[0].isdecimal() and words[0] not in "N№IVXLC":
        return words, line.start
    skipped = _NUMBERED.match(words).end()  # type: ignore[union-attr]
    if skipped and any(
        other is not line and _NUMBERED.match(frame.words(other)).end()  # type: ignore[union-attr]
        for other in lines
    ):
        return words, line.start
    return words[skipped:], line.start + skipped


def _none(line: Line) -> Fact:
    """The firm answer: nobody wrote to anybody."""
    span = (line.start, line.end)
    return Fact("parties", "none", "derived", "kind of document", span, CONFIDENCE["none"])


def _authors(frame: Frame, title: str, start: int) -> list[Fact]:
    """Who made a document without parties: its title says, or its signature; none of a treaty."""
    makers = [n for n in made_by(title) if n.party.name]
    if not makers and kind_of_title(title) == "treaty":
        return []
    named = makers[0] if makers else signature(frame)
    made = _author(named, "kind-by" if makers else "signature", start if makers else 0)
    return [made] if made else []


def _author(named: Named | None, rule: str, offset: int) -> Fact | None:
    if named is None or not named.party.name:
        return None
    span = (named.start + offset, named.end + offset)
    return Fact("author", named.party.name, "derived", rule, span, CONFIDENCE[rule])


def _is_public(found: Heading) -> bool:
    """ "To the French people", "An mein Volk": a proclamation is sent to nobody."""
    return bool(found.recipients) and all(
        pattern("party_words", "public", r"(?<!\w){}$", flags=re.I).search(n.party.office)
        for n in found.recipients
    )


def _addressed_heading(frame: Frame) -> list[Fact]:
    """A heading of the addressee alone: "An den Gesandten von Kell in Wien", "Au Roy"."""
    for line in frame.of("heading")[:1]:
        words, start = _without_number(frame, line, [line])
        words = lowered(words) if words.isupper() else words
        left = pattern(_WORDS, "addressed_to", r"^{}\s+(?=\S)").sub("", words)
        named = _is_full_name(frame, left) if left != words else False
        if not (named or phrase("addressed").match(words)) or not _is_dated(frame):
            return []
        end = len(left.rstrip(" .,:"))
        named = named or has_office(left[:end]) or is_titled(left)
        if party_end(left, 0, end) < end or not named:
            return []
        offset = start + len(words) - len(left)
        return [_fact("recipient", n, "addressee", offset) for n in parse_parties(left, 0, end)]
    return []


def _is_dated(frame: Frame) -> bool:
    return bool(frame.of("dateline") or frame.of("dateline", foot=True))


def _is_full_name(frame: Frame, words: str) -> bool:
    """ "An Georg Kell" over a letter: words written as a name, and somebody greeted."""
    return len(words.split()) > 1 and has_name(words) and bool(frame.of("salutation"))


def _addressed(frame: Frame) -> list[Fact]:
    """The addressee in a line of its own below the dateline: "To all missions"."""
    for line in frame.of("addressee"):
        words = frame.words(line)
        if _NO_ADDRESS.search(words):
            continue
        party = addressee(words)
        if party is not None and party.name:
            named = Named(party, 0, line.end - line.start)
            return [_fact("recipient", named, "addressee", line.start)]
        words = pattern(_WORDS, "addressed_to", r"^{}\s+(?=\S)").sub("", words)
        end = party_end(words, 0, len(words.rstrip(" .,:")))
        found = parse_parties(words, 0, end, lenient=True)
        if found:
            offset = line.end - len(words)
            return [_fact("recipient", n, "addressee", offset) for n in found]
    return []


def _date_start(heading: str) -> int | None:
    from regesta.describing.dates.grammar import find_dates

    dates = [d for d in find_dates(heading, 0, len(heading)) if d.day]
    return dates[0].start if dates else None


def _facts(found: Heading, offset: int | None) -> list[Fact]:
    return [
        _fact(field, named, found.rule, offset)
        for field, side in (("sender", found.senders), ("recipient", found.recipients))
        for named in side
    ]


def _fact(field: str, named: Named, rule: str, offset: int | None) -> Fact:
    span = None if offset is None else (named.start + offset, named.end + offset)
    return Fact(field, named.party, "derived", rule, span, CONFIDENCE[rule])


def _without_heading(frame: Frame) -> list[Fact]:
    """A document whose heading names nobody: a letter by its foot, a report by its speaker."""
    if frame.heading and has_no_parties(frame.heading) and not frame.of("salutation"):
        return [Fact("parties", "none", "derived", "kind of document", None, CONFIDENCE["none"])]
    if (note := _in_third_person(frame)) is not None:
        return note
    if frame.of("salutation") or frame.of("addressee") or _opens_as_note(frame):
        return _letter(frame)
    spoken = speaker(frame.text, frame.body_start)
    if spoken:
        return [_fact("sender", spoken, "reported-speaker", 0)]
    return _signed_below(frame) or _without_form(frame)


def _signed_below(frame: Frame) -> list[Fact]:
    """A text that speaks to somebody, dated and untitled, with one name below: who signed wrote it.

    Certificates, affidavits and indorsements are signed too, and speak to nobody.
    """
    titled = any(line.kind in ("heading", "subject") for line in frame.head) or frame.heading
    last = frame.foot[-1] if frame.foot else None
    if titled or last is None or last.kind != "signature" or not frame.of("dateline"):
        return []
    spoken_to = pattern("party_words", "second_person", r"(?<!\w){}(?!\w)")
    end = min(last.start, frame.body_start + WITHIN)
    one = len(frame.of("signature", foot=True)) == 1
    if not one or spoken_to.search(frame.text, frame.body_start, end) is None:
        return []
    copied = pattern("party_words", "copied", r"(?<!\w){}", flags=re.I)
    if any(copied.search(frame.words(line)) for line in frame.foot):
        return []
    return [_fact("sender", signed, "signature", 0) for signed in signatures(frame)]


@lru_cache(maxsize=1)
def _compliments() -> tuple[re.Pattern[str], ...]:
    """Notes in the third person that name both, a pattern a form and language."""
    return tuple(re.compile(words) for words in vocabulary("letter_words")["compliments"])


def _in_third_person(frame: Frame) -> list[Fact] | None:
    """ "Mr. Kell presents his compliments to Lord Holm": nobody signs, and both are named."""
    for start in (frame.body_start, *(x.start for x in frame.of("salutation"))):
        match = next((m for p in _compliments() if (m := p.match(frame.text, start))), None)
        if match is None:
            continue
        facts = []
        for field in ("sender", "recipient"):
            a, b = match.span(field)
            found = parse_parties(frame.text, a, party_end(frame.text, a, b))
            facts += [_fact(field, n, "opening", 0) for n in found]
        return facts or None
    return None


def _opens_as_note(frame: Frame) -> bool:
    """ "The undersigned has the honour": a note in the third person greets nobody."""
    return phrase("note").match(frame.text, frame.body_start) is not None


def _without_form(frame: Frame) -> list[Fact]:
    """A titled text that nobody signs, greets or closes, and no heading sends, has no parties."""
    titles = [line for line in frame.head if line.kind in ("heading", "bracket")]
    titles = [line for line in titles if len(frame.words(line)) >= SHORTEST_TITLE]
    if any(_UNREAD_SCRIPT.search(frame.words(line)) for line in titles):
        return []  # whom such words name is not known here
    letter = any(line.kind in ("closer", "signature", "addressee") for line in frame.foot)
    sent = letter or any(_connects(frame.text, line) for line in titles)
    if not titles or sent or frame.body_start >= len(frame.text):
        return []
    span = (titles[0].start, titles[0].end)
    return [Fact("parties", "none", "derived", "no form of a letter", span, CONFIDENCE["no-form"])]


def _letter(frame: Frame) -> list[Fact]:
    """A letter without heading: signed at its foot, its addressee below or above."""
    facts = [_fact("sender", signed, "signature", 0) for signed in signatures(frame)]
    if frame.of("addressee"):
        return [*facts, *_addressed(frame)]
    for line in frame.of("addressee", foot=True):
        party = addressee(frame.words(line))
        if party is not None:
            span = (line.start, line.end)
            facts.append(
                Fact("recipient", party, "derived", "addressee", span, CONFIDENCE["addressee"])
            )
            break
    return facts
