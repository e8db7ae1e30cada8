"""Offices have one key for all their printed forms."""

import pytest

from regesta.describing.parties.offices import house_of, parse_office


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Chargé d’Affaires ad interim in Ruritania", "Chargé in Ruritania"),
        ("Envoy Extraordinary and Minister Plenipotentiary in Ruritania", "Minister in Ruritania"),
        ("The Minister for Foreign Affairs", "Minister for Foreign Affairs"),
        ("Der Gesandte in Zenda", "Gesandter in Zenda"),
        ("Consul-General at Zenda", "Consul General at Zenda"),
    ],
)
def test_forms_of_one_office_share_a_key(one: str, other: str) -> None:
    """Articles and longer titles of the same rank make no other office."""
    assert parse_office(one).key == parse_office(other).key != ""


@pytest.mark.parametrize(
    ("words", "acting", "single"),
    [
        ("Ambassador in Ruritania", False, True),
        ("Chargé in Ruritania", True, True),
        ("Acting Secretary of State", True, True),
        ("Geschäftsträger in Zenda", True, True),
        ("Assistant Secretary of State", False, False),
        ("Department of State", False, False),
        ("Ruritanian Embassy", False, False),
        ("Minister", False, False),
        ("Staatssekretär des Auswärtigen", False, True),
        ("Ministre des affaires étrangères", False, True),
    ],
)
def test_offices_say_how_they_are_held(words: str, acting: bool, single: bool) -> None:
    """What is held in another's stead, by several, or by a body is told apart."""
    office = parse_office(words)
    assert (office.acting, office.single) == (acting, single)


@pytest.mark.parametrize(
    ("dateline", "place", "house"),
    [
        (
            "Legation of Ruritania,\nZenda, May 2, 1901.",
            "Zenda",
            "Legation of Ruritania, Zenda",
        ),
        ("Department of State,\nStrelsau, May 2, 1901.", "Strelsau", "Department of State"),
        ("Zenda, May 2, 1901.", "Zenda", ""),
        ("Auswärtiges Amt, Strelsau, 2. Mai 1901", "Strelsau", "Auswärtiges Amt, Strelsau"),
        ("the legation being closed, May 2", "", ""),
    ],
)
def test_a_dateline_shows_its_house(dateline: str, place: str, house: str) -> None:
    """The house that writes stands before the place."""
    assert house_of(dateline, place) == house
