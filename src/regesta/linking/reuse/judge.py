"""A pair of documents with the passages they share into classes, directions and reasons.

Classes: duplicate (one paper printed twice), draft (two states of one text), enclosure, quotation,
treaty clause, formula. A formula makes no link; it stays among the passages, to be shown beside
others.
"""

from collections.abc import Sequence
from datetime import date

from regesta.documents import Link
from regesta.documents.base import Value
from regesta.linking.parties import agree
from regesta.linking.reuse.base import Reuse
from regesta.linking.reuse.sides import Side

#: Share of a paper that its passages hold where they are the paper; and where a state of it. The
#: first where no mark-up says that it is enclosed: one piece, or two, hardly altered.
WHOLE, STATE = 0.8, 0.5
ENTIRE, PIECES, UNALTERED = 0.95, 2, 0.9
#: The same of two messages of one sender to several.
IDENTIC = 0.5
#: The same of a paper that is called a draft, and passages that two states share at least.
DRAFTED, STATES = 0.15, 3
#: Longest passage, in code points, that is a formula where nothing tells otherwise; and where the
#: words are ritual or stand in so many other documents.
FORMULA, LONG_FORMULA, COMMON = 160, 420, 6
#: A formula may be as many code points longer for every other document that has it.
A_PLACE = 70
#: Shortest passage that is no formula where only two documents of the same weeks have it.
UNUSUAL = 100
#: In so many other documents even a clause is one.
EVERYWHERE = 13
#: Shortest passage of two enclosed papers that makes them one.
LONG_PAPER = 600
#: Words of ritual among a hundred characters, from which on a passage is one.
RITUAL = 1.8
#: Least identity of a reprint; below it two states of a text differ.
REPRINT = 0.93
#: Days between a message and an answer that repeats its words.
ANSWERED = 120
#: Longest words that a link repeats, in code points.
LONGEST = 200
CLASSES = ("quotation", "enclosure", "duplicate", "draft", "treaty clause", "formula")
#: Class → kind of link; a formula makes none.
KINDS = {
    "quotation": "quotation", "treaty clause": "quotation", "enclosure": "enclosure",
    "duplicate": "duplicate", "draft": "duplicate",
}  # fmt: skip


class Judged(Value, frozen=True):
    """A passage with what it is.

    Attributes:
        reuse: Where it stands.
        form: One of :data:`CLASSES`.
        later: "a" or "b": the document that quotes, encloses or reprints; "" where nothing tells.
        reason: What tells the direction.
        confidence: 0 to 1.
    """

    reuse: Reuse
    form: str
    later: str = ""
    reason: str = ""
    confidence: float = 0.9


Both = tuple[Reuse, Side, Side]


def judge(passages: Sequence[Both], *, refers: bool = False) -> list[Judged]:
    """Judge all passages of one pair of documents together.

    Args:
        passages: Each with its side in ``a`` and its side in ``b``.
        refers: One of the documents names the other, by its number or its day.
    """
    held: dict[tuple[str, str], list[Both]] = {}
    for both in passages:
        held.setdefault((both[1].paper.id, both[2].paper.id), []).append(both)
    return [judged for some in held.values() for judged in _papers(some, refers)]


def _papers(passages: Sequence[Both], refers: bool) -> list[Judged]:
    """Judge the passages that two papers share."""
    a, b = passages[0][1].paper, passages[0][2].paper
    share_a = min(1.0, _length([(s.start, s.end) for _, s, _ in passages]) / a.length)
    share_b = min(1.0, _length([(s.start, s.end) for _, _, s in passages]) / b.length)
    identity = 1 - sum(x[0].edits for x in passages) / sum(x[0].length for x in passages)
    # Where two papers share clauses, what stands beside these is one too, and no turn of phrase.
    clauses = sum(reuse.length for reuse, x, y in passages if x.clauses and y.clauses)
    bound = len(passages) > STATES and 2 * clauses > sum(x[0].length for x in passages)
    found = []
    longest = max(x[0].length for x in passages)
    for reuse, one, other in passages:
        form = _whole(passages, one, other, share_a, share_b, identity, longest, refers)
        form = form or _part(reuse, one, other, bound=bound, refers=refers)
        later, reason = _direction(form, one, other)
        found.append(Judged(reuse, form, later, reason, _confidence(reuse, form, reason)))
    return found


def _whole(
    passages: Sequence[Both],
    one: Side,
    other: Side,
    share_a: float,
    share_b: float,
    identity: float,
    longest: int,
    refers: bool,
) -> str:
    """What two papers are to one another, where one is the other or a state of it; else ""."""
    if longest <= FORMULA / 2:
        return ""
    least, most = min(share_a, share_b), max(share_a, share_b)
    drafts = one.paper.draft + other.paper.draft
    legal = _legal(one) and _legal(other)
    strangers = _strangers(one, other) or (legal and _same_parties(one, other) is False)
    common = max(one.places, other.places) >= COMMON
    model = common and not _same_parties(one, other) and not _kin(one, other)
    told = one.quoted or other.quoted or one.introduced or other.introduced or refers
    if least >= WHOLE and not strangers:
        if one.host != other.host:
            return "draft" if drafts and identity < REPRINT else "enclosure"
        return _twice(one, other, identity)
    if drafts and len(passages) >= STATES and not strangers and not model:
        many = len(passages) > 2 * STATES
        known = _same_parties(one, other) or many
        enough = DRAFTED if (many if drafts == 2 else known) else STATE
        if least >= STATE or most >= enough:
            return "draft"
    if one.host != other.host:
        inner, outer = (share_a, share_b) if one.host else (share_b, share_a)
        alone = inner >= STATE or (outer >= ENTIRE and len(passages) <= PIECES)
        held = (outer >= WHOLE and alone and not told) or (inner >= WHOLE and outer >= STATE)
        if held and not (legal and len(passages) > STATES):
            return "enclosure"
    both = one.host and other.host
    if both and most >= STATE and longest >= LONG_PAPER and identity >= REPRINT and not told:
        return "" if legal and len(passages) > 2 * STATES else "duplicate"
    entire = most >= ENTIRE and len(passages) <= PIECES and identity >= UNALTERED
    if entire and least < STATE and longest > FORMULA and not (one.host or other.host or told):
        whole_side = one if share_a > share_b else other
        return "enclosure" if whole_side.ritual < RITUAL and not _crossed(one, other) else ""
    if least >= STATE and not strangers and not model:
        form = _states(passages, one, other, least)
        # A message sent again does not name the other; one that takes it up does.
        return "" if refers and form == "duplicate" else form
    return ""


def _twice(one: Side, other: Side, identity: float) -> str:
    """What two papers are that have nearly all words in common."""
    if one.paper.draft != other.paper.draft and identity < 1:
        return "draft"
    if _crossed(one, other):
        # Notes exchanged: the answer repeats the whole, which binds both.
        return "treaty clause" if max(one.places, other.places) >= STATES else "quotation"
    treaties = one.paper.treaty and other.paper.treaty and _collection(one) == _collection(other)
    form = min(one.places, other.places) >= COMMON or _is_set(one, other)
    if (form or treaties) and not agree(one.recipients, other.recipients):
        # A form that anyone fills in; or, since no collection prints a treaty twice, two treaties
        # of one model.
        return ""
    return "duplicate" if identity >= REPRINT else "draft"


def _states(passages: Sequence[Both], one: Side, other: Side, least: float) -> str:
    """What two papers are that have half of their words in common."""
    same = _same_parties(one, other)
    if one.paper.treaty and other.paper.treaty:
        return "draft" if same else ""
    if len(passages) > 2 * STATES:
        return "draft" if same is not False else ""
    letters = one.recipients or other.recipients
    if letters and _identic(one, other) and max(one.places, other.places) < COMMON:
        courtesy = max(one.ritual, other.ritual) >= RITUAL
        return "duplicate" if least >= IDENTIC and not courtesy else ""
    return ""


def _is_set(one: Side, other: Side) -> bool:
    """Whether words are half ritual and stand elsewhere too: certificates, ends of treaties."""
    return min(one.ritual, other.ritual) >= RITUAL / 2 and max(one.places, other.places) >= STATES


def _collection(side: Side) -> str:
    return side.paper.id.partition("/")[0]


def _kin(one: Side, other: Side) -> bool:
    """Whether the headings of two papers name one power or person ("Finland", "Finnish")."""
    return not one.paper.names.isdisjoint(other.paper.names)


def _strangers(one: Side, other: Side) -> bool:
    """Whether headings tell two treaties, or drafts, apart: by their numbers or their parties."""
    final = any(x.paper.treaty and not x.paper.draft and not x.host for x in (one, other))
    numbers = one.paper.number, other.paper.number
    if all(numbers) and numbers[0] != numbers[1]:
        return True
    return bool(final and one.paper.names and other.paper.names and not _kin(one, other))


def _part(reuse: Reuse, one: Side, other: Side, *, bound: bool, refers: bool) -> str:
    """What a passage is that is a part of both papers."""
    quoted = one.quoted or other.quoted
    told = quoted or one.introduced or other.introduced or (refers and not _identic(one, other))
    ritual = max(one.ritual, other.ritual) >= RITUAL
    places = max(one.places, other.places)
    common = places >= COMMON
    both = one.clauses and other.clauses
    any_clause = one.clauses or other.clauses
    treaties = one.paper.treaty and other.paper.treaty
    clauses = treaties
    clauses |= both and (places >= STATES or (one.quoted and other.quoted))
    clauses |= any_clause and (one.paper.treaty or other.paper.treaty or common)
    longest = max(LONG_FORMULA, A_PLACE * places)
    if bound and not (ritual or quoted or _is_set(one, other)):
        return "treaty clause"
    if places >= EVERYWHERE and reuse.length <= longest:
        return "formula"
    if reuse.length <= longest and not quoted and (ritual or (common and not clauses)):
        return "formula"
    if reuse.length <= 2 * LONG_FORMULA and not quoted and _is_set(one, other):
        return "formula"
    if reuse.length <= LONG_FORMULA and treaties and not (told or any_clause) and places > 1:
        return "formula"  # whom a decree is addressed to, and by whom
    if reuse.length < UNUSUAL and not _near(one, other) and not clauses:
        return "formula"  # though one puts it in quotation marks: nobody takes it from the other
    if reuse.length < UNUSUAL and ((one.quoted and other.quoted) or (ritual and not clauses)):
        return "formula"  # the title of a paper, or a word of the day
    letters = one.recipients or other.recipients
    if reuse.length <= LONG_FORMULA and not (told or letters or clauses or any_clause):
        return "formula"  # descriptions of objects, registers: nobody answers anybody
    near = reuse.length >= UNUSUAL and places == 1 and max(one.ritual, other.ritual) < RITUAL / 2
    taken_up = told or _answers(one, other) or (near and _near(one, other))
    if reuse.length <= FORMULA and not taken_up:
        return "formula"
    if clauses and not _answers(one, other) and (not quoted or common or both):
        return "treaty clause"
    return "quotation"


def _legal(side: Side) -> bool:
    return side.paper.treaty or side.clauses


def _same_parties(one: Side, other: Side) -> bool | None:
    """Whether two documents are of one exchange; None where parties are not known."""
    mine, theirs = one.senders | one.recipients, other.senders | other.recipients
    if not mine or not theirs or one.host or other.host:
        return None
    straight = agree(one.senders, other.senders) and agree(one.recipients, other.recipients)
    return bool(straight or _crossed(one, other))


def _crossed(one: Side, other: Side) -> bool:
    return bool(agree(one.senders, other.recipients) and agree(one.recipients, other.senders))


def _identic(one: Side, other: Side) -> bool:
    """Whether one sender wrote both: identic instructions, a note sent again."""
    return bool(agree(one.senders, other.senders))


def _answers(one: Side, other: Side) -> bool:
    """Whether one document may answer the other."""
    return _crossed(one, other) and _near(one, other)


def _near(one: Side, other: Side) -> bool:
    """Whether two documents were written within the time of an answer."""
    if not one.day or not other.day:
        return False
    between = date.fromisoformat(one.day) - date.fromisoformat(other.day)
    return abs(between.days) <= ANSWERED


def _direction(form: str, one: Side, other: Side) -> tuple[str, str]:
    """Which document comes second, and why; "" where the signs are silent or disagree."""
    signs: list[tuple[str, str]] = []
    if one.host != other.host:
        signs.append(("a" if one.host else "b", "it stands in an enclosure"))
    if one.quoted != other.quoted:
        signs.append(("a" if one.quoted else "b", "it stands between quotation marks"))
    if one.introduced != other.introduced:
        signs.append(("a" if one.introduced else "b", "words before it announce a quotation"))
    if form == "draft" and one.paper.draft != other.paper.draft:
        signs.append(("b" if one.paper.draft else "a", "the other is called a draft"))
    dated = ""
    if one.day and other.day and one.day != other.day:
        dated = "a" if one.day > other.day else "b"
    for side, reason in signs:
        if dated and side != dated:
            return "", "both may repeat a third paper"
        return side, f"{reason}, and is later" if dated else reason
    return (dated, "it is later") if dated else ("", "")


def _confidence(reuse: Reuse, form: str, reason: str) -> float:
    sure = 0.98 if reuse.length >= 2 * FORMULA else 0.9
    if form in ("quotation", "treaty clause") and reuse.length < FORMULA:
        sure = 0.75
    return round(sure * (1.0 if reason else 0.9), 3)


def _length(spans: Sequence[tuple[int, int]]) -> int:
    covered, at = 0, -1
    for start, end in sorted(spans):
        start = max(start, at)
        if end > start:
            covered, at = covered + end - start, end
    return covered


def link_of(judged: Judged, words: str, *, passages: int = 1) -> tuple[str, Link] | None:
    """The link that a passage makes, and the document it starts from; None for a formula.

    Args:
        judged: The passage.
        words: How it is printed there.
        passages: How many passages the link stands for.
    """
    if judged.form not in KINDS:
        return None
    reuse = judged.reuse
    here, there = (reuse.a_start, reuse.a_end), (reuse.b_start, reuse.b_end)
    document, target = reuse.a, reuse.b
    if judged.later == "b":
        here, there, document, target = there, here, target, document
    evidence = {
        "standing": "asserted",
        "class": judged.form,
        "there": f"{there[0]}-{there[1]}",
        "identity": f"{reuse.identity:.3f}",
        "direction": "from it" if judged.later else "undecided",
        "reason": judged.reason,
    }
    if passages > 1:
        evidence["passages"] = str(passages)
    return document, Link(
        kind=KINDS[judged.form],
        target=target,
        span=here,
        printed=words[:LONGEST],
        confidence=judged.confidence,
        evidence={name: value for name, value in evidence.items() if value},
    )


def linked(judged: Sequence[Judged]) -> list[tuple[Judged, int]]:
    """The passages of a pair that make links: each quotation; of whole papers the longest."""
    found: list[tuple[Judged, int]] = []
    whole: dict[str, list[Judged]] = {}
    for one in judged:
        if one.form in ("duplicate", "draft", "enclosure"):
            whole.setdefault(one.form, []).append(one)
        elif one.form in KINDS:
            found.append((one, 1))
    for some in whole.values():
        found.append((max(some, key=lambda x: (x.reuse.length, -x.reuse.a_start)), len(some)))
    return sorted(found, key=lambda x: (x[0].reuse.a_start, x[0].reuse.b_start))
