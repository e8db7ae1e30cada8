"""Powers have years, and are known by their houses."""

import pytest

from regesta.describing.bare import bare_document
from regesta.describing.powers.states import in_year, speaks_for, states
from regesta.describing.registry import describe
from regesta.describing.words import rows


@pytest.mark.parametrize(
    ("words", "year", "power"),
    [
        ("German Minister", 1905, "German Empire"),
        ("German Minister", 1868, "North German Union"),
        ("German Minister", 1930, "Germany"),
        ("the Sublime Porte", 1720, "Ottoman Empire"),
        ("the Sublime Porte", 1930, ""),
        ("Quai d’Orsay", 1917, "France"),
        ("Wilhelmstraße", 1936, "Germany"),
        ("Narkomindel", 1919, "Soviet Russia"),
        ("Narkomindel", 1930, "Soviet Union"),
        ("Ambassador in Russia", 1917, ""),
        ("Minister of Foreign Affairs of San Marino", 1925, "San Marino"),
        ("Secretary of State", 1918, ""),
        ("Secretary of State for Foreign Affairs", 1939, ""),
        ("Bundesrat", 1942, "Switzerland"),
        ("Bundesrat", 1900, ""),
        ("Bundesrat", 1960, ""),
        ("Embassy of the Union of Soviet Socialist Republics", 1955, "Soviet Union"),
        ("", 1918, ""),
    ],
)
def test_words_speak_for_a_power_of_their_year(words: str, year: int, power: str) -> None:
    """Adjectives and metonyms lead to the power that was there; residence leads to none."""
    assert speaks_for(words, year) == power


def test_an_unknown_year_keeps_the_name() -> None:
    """Without a year, or outside all known ones, nothing is put in its place."""
    assert in_year("German Empire", 0) == "German Empire"
    assert in_year("Nowhere", 1900) == "Nowhere"


def test_the_table_holds_together() -> None:
    """Each power once, years in order, metonyms within reason, families known to the offices."""
    names = [state.name for state in states()]
    assert len(names) == len(set(names)) >= 300
    known = {row[0] for row in rows("powers")} | set(names)
    for state in states():
        assert state.first <= state.last, state.name
        assert state.family in known, state.name
        assert all(m.first <= m.last for m in state.metonyms), state.name


def test_a_party_has_the_power_of_its_year() -> None:
    """Who writes for the Soviets in 1955 speaks for the Soviet Union, in 1918 for Soviet Russia."""
    note = "The Soviet Embassy presents its compliments to the Foreign Office and protests.\n"
    for day, power in (("May 3, 1955", "Soviet Union"), ("May 3, 1918", "Soviet Russia")):
        document = describe(bare_document("x/1", f"{note}London, {day}"))
        assert [party.power for party in document.senders] == [power]
