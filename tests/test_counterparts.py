"""Counterparts: which papers stand on two sides, which pairs are sure, and why."""

from datetime import date

import pytest

from regesta.documents import Party
from regesta.linking.base import Card
from regesta.linking.counterparts.counterparts import Pair, Paper, in_order, pairs, paper_of
from regesta.linking.counterparts.lexicon import Lexicon
from regesta.linking.counterparts.sides import (
    Known,
    link_of,
    one_message,
    other_side,
    reason,
    standing_of,
    years_apart,
)
from regesta.linking.counterparts.traits import Traits, figures_in, key_of, trim
from regesta.linking.parties import party_keys

KELL, ORSOV = Party("Kell", "Consul at Tarn"), Party("Orsov", "Commissar of Ruritania")
HOME = Party("", "Secretary of State")


def card(id: str, sender: Party, recipient: Party, day: str = "", **more: str) -> Card:
    """A card of a made-up document."""
    return Card(
        id=id,
        collection=id.partition("/")[0],
        day=day,
        sender=f"{sender.office} ({sender.name})" if sender.name else sender.office,
        recipient=recipient.office,
        senders=party_keys([sender]),
        recipients=party_keys([recipient]),
        **more,
    )


def traits(text: str, day: str = "") -> Traits:
    """The traits of a made-up text."""
    return Traits(day, day, "", *figures_in(text), tuple(dict.fromkeys(text.split())))


def papers(*found: tuple[Card, str, str]) -> tuple[list[Paper], Lexicon]:
    """Papers in order: card, text, side of each."""
    lexicon = Lexicon()
    made = [paper_of(c, traits(text, c.day), lexicon, side=side) for c, text, side in found]
    return in_order(made, lexicon), lexicon


FILLER = [
    (card(f"x/{n}", Party(f"Clerk{n}"), HOME, f"1912-0{n}-01"), f"timber prices {n}00", "")
    for n in range(1, 9)
]
NOTE = card("r/1", ORSOV, KELL, "1912-05-03")
REPORT = card("a/1", KELL, HOME, "1912-05-04", number="17")
TOLD = "Orsov tells Kell that guards stand at the Vesna bridge since May 2 and Halder is held"
TELLS = "Kell was told on May 3 by Orsov of guards at Vesna since May 2 and that Halder is held"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("On July 13, at noon", ("07-13",)),
        ("le 3 mai et le 4 juin", ("05-03", "06-04")),
        ("am 25. Oktober 1918", ("10-25",)),
        ("the 13th of July", ("07-13",)),
        ("13 guards and 45 July", ()),
        ("at 7.15 July", ()),
    ],
)
def test_days_are_read_in_any_language(text: str, days: tuple[str, ...]) -> None:
    """A day and a month beside it are a day of the year; no other number is."""
    assert figures_in(text)[0] == days


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Kell’s No. 17 says so", ("17 Kell",)),
        ("as Kell reports in his No. 17", ("17 Kell",)),
        ("in No. 17", ()),
        ("Kell has 17 horses", ()),
    ],
)
def test_a_number_goes_with_the_names_before_it(text: str, numbers: tuple[str, ...]) -> None:
    """A number of a paper is kept with the names that may be its writer's."""
    assert figures_in(text)[1] == numbers


@pytest.mark.parametrize(
    "words", [("guard", "guards"), ("Protest", "protested"), ("Émile", "emile")]
)
def test_forms_of_a_word_have_one_key(words: tuple[str, str]) -> None:
    """Case, accents and endings do not part words of seven letters and more."""
    one, other = map(key_of, words)
    assert one == other or one.startswith(other) or other.startswith(one)


def test_a_volume_shows_which_of_its_words_are_common() -> None:
    """Words that many documents of a volume have are left out; those of few are kept first."""
    volume = [Traits(words=("common", f"word{n // 2}", f"single{n}")) for n in range(200)]
    kept = trim(volume)[0].words
    assert "common" not in kept
    assert kept[0] == "word0"


def test_two_tellers_of_one_event_are_counterparts() -> None:
    """A report that names day and parties of the other side's note is its sure counterpart."""
    made, lexicon = papers((NOTE, TOLD, "Ruritania"), (REPORT, TELLS, "Elbonia"), *FILLER)
    found = [
        link
        for pair in pairs(made, lexicon, may=other_side)
        if (link := link_of(pair, made, lexicon, Known()))
        and {made[pair.earlier].card.id, made[pair.later].card.id} == {"r/1", "a/1"}
    ]
    assert [(x.kind, x.target, x.evidence["standing"]) for x in found] == [
        ("counterpart", "r/1", "asserted")
    ]
    told = found[0].evidence["reason"]
    assert told.startswith("The paper of 4 May names the day and the parties of the other")
    assert "Vesna" in told
    assert told.endswith("written one day apart.")


def said(pair: Pair, names: list[str], words: list[str]) -> str:
    """The reasons for a pair of the two papers."""
    made, _ = papers((NOTE, TOLD, ""), (REPORT, TELLS, ""))
    return reason(pair, made[0], made[1], names, words)


def test_a_reason_quotes_words_and_tells_names() -> None:
    """Numbers that are printed like names tell nothing, nor do words that say how."""
    pair = Pair(0, 1, 4.0, (), 0.4, 1, {}, True)
    assert said(pair, ["VII", "Vesna"], ["guards", "known", "bridge"]) == (
        "Both name Vesna and have the words “guards” and “bridge”; written one day apart."
    )
    assert said(pair, ["XIV"], ["guards"]).startswith("Both have the word “guards”; ")


def test_a_paper_names_a_later_one_only_as_it_is_printed() -> None:
    """What an earlier paper says of a later one is an editor's word, and the reason shows it."""
    pair = Pair(0, 1, 4.0, (), 0.4, 1, {"names number": "earlier"}, True)
    words = "names the other by number and sender; written one day apart."
    assert said(pair, [], []) == f"The paper of 3 May, as printed, {words}"
    undated = Pair(0, 1, 4.0, (), 0.4, 1, {"names number": "earlier"}, False)
    assert said(undated, [], []) == f"The paper of 3 May {words}"


def test_what_shares_nothing_is_no_counterpart() -> None:
    """The same day and another matter make no pair."""
    other = card("a/2", KELL, HOME, "1912-05-03")
    made, lexicon = papers((NOTE, TOLD, "R"), (other, "timber prices rise", "E"), *FILLER)
    found = [
        link
        for pair in pairs(made, lexicon, may=other_side)
        if (link := link_of(pair, made, lexicon, Known()))
    ]
    assert {(x.target) for x in found} & {"r/1", "a/2"} == set()


@pytest.mark.parametrize(
    ("one", "other", "sides", "expected"),
    [
        (NOTE, REPORT, ("R", "E"), True),
        # One writer's series, and a mission with its home, within one collection.
        (card("a/1", KELL, HOME), card("a/2", KELL, HOME), ("", ""), False),
        (card("a/1", KELL, HOME), card("a/2", HOME, KELL), ("", ""), False),
        # Two writers of one collection; nobody knows who wrote the other.
        (card("a/1", KELL, HOME), card("a/2", ORSOV, HOME), ("", ""), True),
        (card("a/1", KELL, HOME), card("a/2", Party(), HOME), ("", ""), False),
        # One message printed in two collections, and two of one writer.
        (card("a/1", KELL, HOME, "1912-05-03"), card("b/2", KELL, HOME, "1912-05-03"),
         ("", ""), True),
        (card("a/1", KELL, HOME, "1912-05-03"), card("b/2", KELL, HOME, "1912-05-13"),
         ("", ""), False),
    ],
)  # fmt: skip
def test_who_stands_on_two_sides(
    one: Card, other: Card, sides: tuple[str, str], expected: bool
) -> None:
    """Two archives or two pairs of hands are two sides; a series and a thread are one."""
    made, _ = papers((one, "a", sides[0]), (other, "b", sides[1]))
    by_id = {paper.card.id: paper for paper in made}
    assert other_side(by_id[one.id], by_id[other.id]) is expected


def test_thousands_of_one_formula_make_no_blow_up() -> None:
    """Papers that all share their words, on one day, are set beside a bounded number of others."""
    many = [
        (card(f"c{n % 2}/{n}", Party(f"W{n}"), HOME, "1912-05-03"), TOLD, "") for n in range(600)
    ]
    made, lexicon = papers(*many)
    assert sum(1 for _ in pairs(made, lexicon, may=other_side, kept=12)) <= 600 * 12


@pytest.mark.parametrize(("certain", "standing"), [(True, "asserted"), (False, "candidate")])
def test_words_alone_prove_nothing_without_days(certain: bool, standing: str) -> None:
    """Close words make a pair sure only where both days are known."""
    pair = Pair(0, 1, 9.0, tuple(range(1, 12)), 0.5, 0, {}, certain)
    assert standing_of(pair, Known(), ("c/1", "c/2")) == standing


def test_a_turn_of_phrase_proves_nothing() -> None:
    """A passage counts from a length on, and only between papers whose words are close."""
    far = Pair(0, 1, 0.0, (1,), 0.02, 3, {}, True)
    near = Pair(0, 1, 9.0, (1,), 0.2, 30, {}, True)
    long, short = Known(passages={("c/2", "c/1"): 400}), Known(passages={("c/1", "c/2"): 60})
    assert standing_of(near, long, ("c/1", "c/2")) == "asserted"
    assert standing_of(near, short, ("c/1", "c/2")) == "candidate"
    assert standing_of(far, long, ("c/1", "c/2")) == ""


def test_two_prints_are_no_two_sides() -> None:
    """A letter and its print in another volume are one paper; a like one of another day is not."""
    print_of = card("b/7", KELL, HOME, "1912-05-04")
    later = card("b/8", KELL, HOME, "1912-06-04")
    (one, other, third), _ = papers((REPORT, TELLS, ""), (print_of, TELLS, ""), (later, TELLS, ""))
    known = Known(twice={frozenset((one.card.id, p.card.id)) for p in (other, third)})
    assert one_message(one, other, known)
    assert not one_message(one, third, known)
    assert not one_message(one, other, Known())


def test_years_lie_between() -> None:
    """An undated paper is of its collection's years; far from them only quoted words count."""
    (old, undated), _ = papers(
        (card("a/1", KELL, HOME, "1869-05-04"), TELLS, ""), (card("c/1", ORSOV, KELL), TOLD, "")
    )
    spans = {"c": (date(1900, 1, 1).toordinal(), date(1902, 1, 1).toordinal())}
    near = {"c": (date(1870, 1, 1).toordinal(), date(1871, 1, 1).toordinal())}
    assert years_apart(old, undated, Known(), spans)
    assert not years_apart(old, undated, Known(), near)
    assert not years_apart(old, undated, Known(), {})
    assert not years_apart(old, undated, Known(passages={("a/1", "c/1"): 400}), spans)
