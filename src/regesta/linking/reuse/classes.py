"""The class of a passage: what two papers are to one another, or what a part of both is.

In come a passage with its sides and what the two papers share in all, out goes one of
:data:`CLASSES`. Rules and limits were found by reading 813 pairs and are checked on 358 others
(``benchmarks/reuse_read.tsv``; how pairs were read stands in ``benchmarks/README.md``).
"""

from regesta.linking.parties import agree
from regesta.linking.reuse.base import Reuse
from regesta.linking.reuse.relation import (
    STATES,
    Shared,
    answers,
    collection,
    crossed,
    enclosed,
    identic,
    kin,
    legal,
    making,
    near,
    places,
    same_parties,
    straight,
    strangers,
    told,
    two_hands,
)
from regesta.linking.reuse.sides import Side

CLASSES = ("quotation", "enclosure", "duplicate", "draft", "treaty clause", "formula")
#: Share of a paper that its passages hold where they are the paper; and where a state of it. The
#: first where no mark-up says that it is enclosed: one piece, or two, hardly altered.
WHOLE, STATE = 0.8, 0.5
ENTIRE, PIECES, UNALTERED = 0.95, 2, 0.9
#: The same of two papers that one sender wrote to one recipient on one day: one is an extract.
EXTRACT = 0.75
#: The same of two messages of one sender to several, on two days; and of one enclosed paper that is
#: printed, or translated, twice.
IDENTIC = 0.6
#: The same of a paper that is called a draft.
DRAFTED = 0.15
#: The same of a paper that takes up a short phrase which another hand wrote within weeks.
TAKEN_UP = 0.07
#: Longest passage, in code points, that is a formula where nothing tells otherwise; and where the
#: words are ritual or stand in so many other documents.
FORMULA, LONG_FORMULA, COMMON = 160, 420, 6
#: A formula may be as many code points longer for every other document that has it.
A_PLACE = 70
#: Shortest passage that is no formula where only two documents of the same weeks have it.
UNUSUAL = 100
#: In so many other documents even a clause is one.
EVERYWHERE = 13
#: Shortest passage of two enclosed papers that makes them one, and its share of the shorter.
LONG_PAPER, MOST_OF_IT = 600, 0.7
#: Words of ritual among a hundred characters, from which on a passage is one; and half of one.
RITUAL, HALF_RITUAL = 1.8, 0.9
#: Least identity of a reprint; below it two states of a text differ.
REPRINT = 0.93


def class_of(reuse: Reuse, one: Side, other: Side, pair: Shared) -> str:
    """Give the class of a passage.

    Args:
        reuse: The passage.
        one, other: Its sides.
        pair: What the two papers share.
    """
    whole = _whole(one, other, pair)
    if whole not in ("", "duplicate"):
        return whole
    made = _made(one, other, pair) or _worded(one, other, pair) or _reworded(reuse, one, other)
    if whole and not made:
        return whole
    part = _part(reuse, one, other, pair)
    if part != "formula" and made:
        return "draft"
    return whole or part


def _made(one: Side, other: Side, pair: Shared) -> bool:
    """Whether two letters of one hand report a text that is being made, or one its treaty."""
    if not making(one, other):
        return False
    series = straight(one, other) and near(one, other) and not (one.host or other.host)
    if pair.bound and series and pair.most < WHOLE:
        return True
    # The words of a treaty that were known before it was signed are a state of it.
    early, late, share = (one, other, pair.share_a) if one.day < other.day else (
        other, one, pair.share_b)  # fmt: skip
    before = late.paper.treaty and not (early.paper.treaty or early.host)
    known = share >= WHOLE or (share >= DRAFTED and kin(one, other))
    return before and known and pair.pieces >= PIECES


def _worded(one: Side, other: Side, pair: Shared) -> bool:
    """Whether one says how the text in the other is to read."""
    related = kin(one, other) or same_parties(one, other)
    return bool(pair.worded and related and making(one, other))


def _reworded(reuse: Reuse, one: Side, other: Side) -> bool:
    """Whether a clause goes to and fro between two hands, or is told again, in other words."""
    series = near(one, other) and (straight(one, other) or crossed(one, other))
    clause = one.clauses and other.clauses and told(one, other)
    changed = reuse.length >= UNUSUAL and reuse.identity < REPRINT
    return clause and changed and series and one.day != other.day and not (one.host or other.host)


def _whole(one: Side, other: Side, pair: Shared) -> str:
    """What two papers are to one another, where one is the other or a state of it; else ""."""
    if pair.longest <= FORMULA / 2:
        return ""
    if _printed_twice(one, other, pair):
        return "duplicate"
    binding = legal(one) and legal(other)
    apart = strangers(one, other) or (binding and same_parties(one, other) is False)
    model = places(one, other) >= COMMON and not same_parties(one, other) and not kin(one, other)
    if pair.least >= WHOLE and not apart:
        if one.host != other.host:
            drafts = one.paper.draft or other.paper.draft
            return "draft" if drafts and pair.identity < REPRINT else "enclosure"
        return _twice(one, other, pair)
    if not (apart or model) and _is_draft(one, other, pair):
        return "draft"
    if form := _inside(one, other, pair, binding):
        return form
    if pair.least >= STATE and not (apart or model):
        form = _states(one, other, pair)
        # A message sent again does not name the other; one that takes it up does.
        return "" if pair.refers and form == "duplicate" else form
    return ""


def _printed_twice(one: Side, other: Side, pair: Shared) -> bool:
    """Whether one paper is an extract of the other, or both are translations of one."""
    if told(one, other) or pair.refers:
        return False
    day = bool(one.day) and one.day == other.day
    if day and straight(one, other) and not (one.host or other.host) and pair.most >= EXTRACT:
        return True
    binds = one.paper.treaty or other.paper.treaty or (one.clauses and other.clauses)
    alone = places(one, other) < STATES and min(one.ritual, other.ritual) < HALF_RITUAL
    return enclosed(one, other) and pair.least >= IDENTIC and alone and not binds


def _is_draft(one: Side, other: Side, pair: Shared) -> bool:
    """Whether a heading calls one of two papers a draft, and they share enough."""
    drafts = one.paper.draft + other.paper.draft
    if not drafts or pair.pieces < STATES:
        return False
    many = pair.pieces > 2 * STATES
    known = same_parties(one, other) or many
    enough = DRAFTED if (many if drafts == 2 else known) else STATE
    return pair.least >= STATE or pair.most >= enough


def _inside(one: Side, other: Side, pair: Shared, binding: bool) -> str:
    """What two papers are of which one stands in the other: enclosed, or both enclosed."""
    quoted = told(one, other) or pair.refers
    if one.host != other.host:
        inner, outer = (pair.share_a, pair.share_b) if one.host else (pair.share_b, pair.share_a)
        alone = inner >= STATE or (outer >= ENTIRE and pair.pieces <= PIECES)
        held = (outer >= WHOLE and alone and not quoted) or (inner >= WHOLE and outer >= STATE)
        if held and not (binding and pair.pieces > STATES):
            return "enclosure"
    long = pair.longest >= LONG_PAPER and pair.most >= MOST_OF_IT and pair.identity >= REPRINT
    if enclosed(one, other) and long and not quoted:
        return "" if binding and pair.pieces > 2 * STATES else "duplicate"
    entire = pair.most >= ENTIRE and pair.pieces <= PIECES and pair.identity >= UNALTERED
    if entire and pair.least < STATE and pair.longest > FORMULA:
        side = one if pair.share_a > pair.share_b else other
        apart = not (one.host or other.host or quoted or crossed(one, other))
        return "enclosure" if apart and side.ritual < RITUAL else ""
    return ""


def _twice(one: Side, other: Side, pair: Shared) -> str:
    """What two papers are that have nearly all words in common."""
    if one.paper.draft != other.paper.draft and pair.identity < 1:
        return "draft"
    if crossed(one, other):
        # Notes exchanged: the answer repeats the whole, which binds both.
        return "treaty clause" if places(one, other) >= STATES else "quotation"
    treaties = one.paper.treaty and other.paper.treaty and collection(one) == collection(other)
    form = min(one.places, other.places) >= COMMON or _is_set(one, other)
    if (form or treaties) and not agree(one.recipients, other.recipients):
        # A form that anyone fills in; or, since no collection prints a treaty twice, two treaties
        # of one model.
        return ""
    binds = one.paper.treaty or other.paper.treaty or (one.clauses and other.clauses)
    days = bool(one.day and other.day) and one.day != other.day and not one.host
    return "draft" if pair.identity < REPRINT and (binds or days) else "duplicate"


def _states(one: Side, other: Side, pair: Shared) -> str:
    """What two papers are that have half of their words in common."""
    same = same_parties(one, other)
    if one.paper.treaty and other.paper.treaty:
        return "draft" if same else ""
    if pair.pieces > 2 * STATES:
        return "draft" if same is not False else ""
    if not (one.recipients or other.recipients) or not identic(one, other):
        return ""
    day = bool(one.day) and one.day == other.day
    if one.day != other.day and straight(one, other) and pair.longest <= LONG_FORMULA:
        return ""  # how one clerk begins all his letters to one minister
    plain = places(one, other) < COMMON and max(one.ritual, other.ritual) < RITUAL
    enough = pair.least >= (STATE if day else IDENTIC)
    return "duplicate" if plain and enough and not told(one, other) else ""


def _is_set(one: Side, other: Side) -> bool:
    """Whether words are half ritual and stand elsewhere too: certificates, ends of treaties."""
    return min(one.ritual, other.ritual) >= HALF_RITUAL and places(one, other) >= STATES


def _part(reuse: Reuse, one: Side, other: Side, pair: Shared) -> str:
    """What a passage is that is a part of both papers."""
    quoted = one.quoted or other.quoted
    ritual = max(one.ritual, other.ritual) >= RITUAL
    if pair.bound and not (ritual or quoted or _is_set(one, other)):
        return "treaty clause"
    clauses = _binds(one, other)
    if _is_formula(reuse, one, other, pair, clauses):
        return "formula"
    common = places(one, other) >= COMMON
    if _cites(one, other) and not common:
        return "quotation"
    both = one.clauses and other.clauses
    if clauses and not answers(one, other) and (not quoted or common or both):
        return "treaty clause"
    return "quotation"


def _binds(one: Side, other: Side) -> bool:
    """Whether a passage is a clause, for what it says and where it stands."""
    treaties = one.paper.treaty + other.paper.treaty
    both, any_clause = one.clauses and other.clauses, one.clauses or other.clauses
    return (
        treaties == 2
        or (both and (places(one, other) >= STATES or (one.quoted and other.quoted)))
        or (any_clause and (treaties == 1 or places(one, other) >= COMMON))
    )


def _cites(one: Side, other: Side) -> bool:
    """Whether one paper quotes or announces words of the other, a treaty."""
    if one.paper.treaty == other.paper.treaty or collection(one) != collection(other):
        return False
    citing = other if one.paper.treaty else one
    return (citing.quoted or citing.introduced) and not citing.paper.draft


def _is_formula(reuse: Reuse, one: Side, other: Side, pair: Shared, clauses: bool) -> bool:
    """Whether a passage is a turn of phrase that nobody takes from anybody."""
    count = places(one, other)
    common = count >= COMMON
    quoted = one.quoted or other.quoted
    said = told(one, other) or (pair.refers and not identic(one, other))
    ritual = max(one.ritual, other.ritual) >= RITUAL
    longest = max(LONG_FORMULA, A_PLACE * count)
    if reuse.length <= longest and (
        count >= EVERYWHERE or (not quoted and (ritual or (common and not clauses)))
    ):
        return True
    oath = enclosed(one, other) and min(one.ritual, other.ritual) >= HALF_RITUAL
    if reuse.length <= 2 * LONG_FORMULA and not quoted and (oath or _is_set(one, other)):
        return True
    any_clause = one.clauses or other.clauses
    treaties = one.paper.treaty and other.paper.treaty
    if reuse.length <= LONG_FORMULA and not (said or any_clause):
        if treaties and count > 1:
            return True  # whom a decree is addressed to, and by whom
        if _no_letters(one, other, pair) and not clauses:
            return True  # descriptions of objects, registers: nobody answers anybody
        hand = straight(one, other) and not near(one, other)
        if hand and not (one.host or other.host):
            return True  # what one hand writes to one reader again and again
    name = one.titled and other.titled and not (crossed(one, other) or pair.refers)
    if reuse.length <= FORMULA and name:
        return True  # of an office, of a treaty, of all powers
    if reuse.length < UNUSUAL and _is_short(one, other, pair, clauses, ritual):
        return True
    return reuse.length <= FORMULA and not _taken_up(reuse, one, other, pair, said)


def _no_letters(one: Side, other: Side, pair: Shared) -> bool:
    """Whether neither paper is a letter, and they do not tell one tale piece by piece."""
    tale = pair.pieces > 2 * STATES and places(one, other) < STATES
    return not (one.recipients or other.recipients or tale)


def _is_short(one: Side, other: Side, pair: Shared, clauses: bool, ritual: bool) -> bool:
    """Whether a passage of a few words is none that one paper takes from the other."""
    named = pair.refers and crossed(one, other)
    if not (near(one, other) or named or clauses):
        return True  # though one puts it in quotation marks
    # The title of a paper, or a word of the day.
    return (one.quoted and other.quoted) or (ritual and not clauses)


def _taken_up(reuse: Reuse, one: Side, other: Side, pair: Shared, said: bool) -> bool:
    """Whether one document takes up words of the other, with marks or without."""
    if said or answers(one, other):
        return True
    if not near(one, other) or max(one.ritual, other.ritual) >= HALF_RITUAL:
        return False
    count = places(one, other)
    unusual = reuse.length >= UNUSUAL and count == 1
    return unusual or (two_hands(one, other) and pair.most >= TAKEN_UP and count < COMMON)
