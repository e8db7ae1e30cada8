"""Index keys: stable ids, labels of a printed index, and its order."""

import pytest

from regesta.documents import Document, Fact, Party, PersonEntry, Place, Source, Subject
from regesta.documents.ids import LONGEST_ID, label_id
from regesta.edition.building.keys import (
    document_keys,
    party_key,
    people_of,
    place_key,
    sort_key,
    subject_key,
)

PEOPLE = people_of(
    [
        PersonEntry(id="v1#p1", name="Harrow, Edmund T."),
        PersonEntry(id="v2#h", name="Harrow, Edmund T."),
        PersonEntry(id="v2#h2", name="Harrow, Edmund T."),
        PersonEntry(id="v2#z", name="Zorn, Emil", refs=("https://example.org/p/9/",)),
    ]
)


@pytest.mark.parametrize(
    ("party", "key"),
    [
        (Party(name="Harrow", person="v1#p1"), ("harrow-edmund-t", "Harrow, Edmund T.")),
        (Party(name="E. Z.", person="http://example.org/p/9"), ("zorn-emil", "Zorn, Emil")),
        (Party(name="E. Z.", person="http://example.org/p/8"), ("e-z", "E. Z.")),
        (Party(name="Harrow"), ("harrow", "Harrow")),
        (Party(name="Harrow", office="Consul at Ostova", person="x#y"), ("harrow", "Harrow")),
        (Party(office="the Secretary of State"), ("secretary-of-state", "Secretary of State")),
        (Party(power="the Sublime Porte"), ("sublime-porte", "Sublime Porte")),
        (Party(name="Mr. Harrow"), ("harrow", "Harrow")),
        (Party(name="M."), ("m", "M.")),
        (Party(name="Mrs. Harrow"), ("mrs-harrow", "Mrs. Harrow")),
        (Party(name=" ,"), ("", "")),
        (Party(), ("", "")),
    ],
)
def test_party_is_labelled_by_list_then_name_then_office_then_power(
    party: Party, key: tuple[str, str]
) -> None:
    """A listed person is inverted as the list has it; nothing else is rearranged."""
    assert party_key(party, PEOPLE) == key


def test_one_name_in_two_volumes_is_one_entry_but_two_namesakes_of_one_list_are_two() -> None:
    """Ids come from the label; a list's own second namesake keeps an id of its own."""
    assert PEOPLE["v1#p1"] == PEOPLE["v2#h"]
    assert PEOPLE["v2#h2"] == ("harrow-edmund-t--h2", "Harrow, Edmund T.")


@pytest.mark.parametrize(
    ("subject", "key"),
    [
        (Subject("Harbour dues"), ("harbour-dues", "Harbour dues")),
        (Subject("dues", ("Harbours",)), ("harbours--dues", "Harbours: dues")),
        (Subject(" "), ("", "")),
    ],
)
def test_subject_keeps_its_broader_headings(subject: Subject, key: tuple[str, str]) -> None:
    """Broader headings stand before the narrower one, in the id as in the label."""
    assert subject_key(subject) == key


def test_place_is_its_name_as_printed() -> None:
    """A place is indexed by its historical name without outer punctuation."""
    assert place_key(Place("Péra ,")) == ("pera", "Péra")


def test_a_long_label_is_cut_but_stays_apart_from_its_like() -> None:
    """Two long labels with the same beginning never share an id."""
    first, second = ("word " * 30 + end for end in ("one", "two"))
    assert len(label_id(first)) <= LONGEST_ID
    assert label_id(first) != label_id(second)


def test_labels_sort_as_in_a_printed_index() -> None:
    """Word by word, accents and articles passed over, numbers by value, under every locale."""
    printed = [
        "Åland", "Alba", "Émile", "Emile 9", "Emile 10", "New York", "Newark", "The Porte", "Q",
    ]  # fmt: skip
    shuffled = [*printed[4:], *printed[:4]]
    assert sorted(shuffled, key=sort_key) == printed


def test_document_keys_stand_once() -> None:
    """Each entry stands once, however many facts name it."""
    document = Document(
        id="v1/d1",
        collection="v1",
        source=Source(path="v1.xml", sha256="0"),
        text="A note.",
        facts=(
            Fact("sender", Party(name="Harrow", person="v1#p1"), "given"),
            Fact("sender", Party(name="E. Harrow", person="v2#h"), "given"),
            Fact("recipient", Party(name="Lisle", person="other#7"), "given"),
            Fact("place", Place("Ostova"), "derived"),
            Fact("author", "Somebody", "given"),
        ),
    )
    keys = document_keys(document, PEOPLE)
    assert keys.authors == (("harrow-edmund-t", "Harrow, Edmund T."),)
    assert keys.recipients == (("lisle", "Lisle"),)
    assert keys.places == (("ostova", "Ostova"),)


def test_the_author_of_a_document_without_sender_is_its_author_fact() -> None:
    """An article has no sender; its author stands in the index of authors all the same."""
    document = Document(
        id="p/1",
        collection="p",
        source=Source(path="p.txt", sha256="0"),
        text="An article.",
        facts=(Fact("author", "Lisle", "given"),),
    )
    assert document_keys(document).authors == (("lisle", "Lisle"),)


def test_broader_headings_follow() -> None:
    """A document under a narrow heading stands under the headings above it as well, once each."""
    facts = tuple(
        Fact("subject", Subject(label, path), "given")
        for label, path in (("gauge", ("Railways", "Lagoon line")), ("Fares", ("Railways",)))
    )
    made = Document(id="a/1", collection="a", source=Source("p", "0"), text="x", facts=facts)
    assert [label for _, label in document_keys(made).subjects] == [
        "Railways: Lagoon line: gauge",
        "Railways: Fares",
        "Railways",
        "Railways: Lagoon line",
    ]
