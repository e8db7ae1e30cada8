"""What names a party and what does not."""

import pytest

from regesta.describing.parties.holders import parse_holders
from regesta.describing.parties.names import bears_office, has_name, has_office, proper
from regesta.describing.parties.speakers import speaker


@pytest.mark.parametrize(
    ("phrase", "party"),
    [
        ("M. F. Keller", ("M. F. Keller", "")),
        ("M. Dumont", ("Dumont", "")),
        ("The Consul at Lemberg (Lwów)", ("", "Consul at Lemberg")),
        ("The Wekil of Trade (Adham)", ("Adham", "Wekil of Trade")),
        ("The governors of the isles (Big Isles) and other officers",
         ("", "governors of the isles and other officers")),
        ("Baron Holm, Paris", ("Baron Holm", "")),
        ("Barlow & Finch and other merchants", ("Barlow & Finch", "")),
        ("The judge of Aydin (mevlana)", ("", "judge of Aydin")),
        ("Prince Lu of the West", ("Prince Lu of the West", "")),
    ],
)  # fmt: skip
def test_parties_have_evidence(phrase: str, party: tuple[str, str]) -> None:
    """A title, an office, a holder in brackets or the form of a name makes a party."""
    assert [(p.name, p.office) for p in parse_holders(phrase)] == [party]


@pytest.mark.parametrize(
    "phrase",
    [
        "Canal matters",
        "Cards of—",
        "Kell leaves here for home",
        "the new Danish Loan",
        "gifts presented",
        "subscription",
        "Farewell visit",
        "On behalf of the Danish Residents",
        "Military Obligations in Certain Cases",
        "",
    ],
)
def test_words_without_evidence_name_nobody(phrase: str) -> None:
    """Things, events, documents and halves of sentences are no parties."""
    assert parse_holders(phrase) == ()


@pytest.mark.parametrize(
    ("word", "bears"),
    [("secretary", True), ("deputies", True), ("commissioner-general", True), ("river", False)],
)
def test_words_of_office(word: str, bears: bool) -> None:
    """Words of office count in the plural and in compounds."""
    assert bears_office(word) is bears


def test_titles_make_names_of_nouns() -> None:
    """ "Report" is a surname only after a title; "of" joins titled names only."""
    assert not has_name("Report")
    assert has_name("Report", titled=True)
    assert not has_name("Map of Tula")
    assert has_office("the Danish Government")
    assert not has_office("Note from the Danish Government")


@pytest.mark.parametrize(
    ("printed", "name"),
    [("JOHN KELL", "John Kell"), ("J. B. KELL-MOOR", "J. B. Kell-Moor"), ("Karl VI.", "Karl VI.")],
)
def test_capitals(printed: str, name: str) -> None:
    """Names in capitals are written as names are."""
    assert proper(printed) == name


@pytest.mark.parametrize(
    ("text", "office", "name"),
    [
        ("The Foreign Minister, Jan Kolar, told the deputies that the treaty stands.",
         "Foreign Minister", "Jan Kolar"),
        ("In the hall, the Chairman of the Council, Orlov, declared that it is so.",
         "Chairman of the Council", "Orlov"),
        ("Foreign Minister Kolar said yesterday that peace holds.", "Foreign Minister", "Kolar"),
        ("The President of the Republic Kolar stated: All is well.",
         "President of the Republic", "Kolar"),
        ("Jan Kolar, the Minister of War, announced that he goes.", "Minister of War", "Jan Kolar"),
        ("Asked why, the Commissar for Trade, Orlov, said: I do not know.",
         "Commissar for Trade", "Orlov"),
    ],
)  # fmt: skip
def test_reported_speakers(text: str, office: str, name: str) -> None:
    """Who is reported to speak is found with and without commas, before a colon and "that"."""
    found = speaker(text, 0)
    assert found is not None
    assert (found.party.office, found.party.name) == (office, name)
    assert text[found.start : found.end].startswith(tuple("TJFtP"))
    assert name in text[found.start : found.end]


@pytest.mark.parametrize(
    "text",
    [
        "The minister, Mr. Kolar, told me that he would go.",
        "The Secretary of State stated: it is done.",
        "A crowd, the Mayor said, had come.",
        "The Commissar for Trade, in his speech to the soviet, said that all was well.",
        "The weather, Orlov, said that it was cold.",
        "",
    ],
)
def test_no_speaker(text: str) -> None:
    """Without a name or an office, or where an "I" reports, nobody is taken for the sender."""
    assert speaker(text, 0) is None
