"""Printed names of persons come apart, and tell whether they can be one."""

import pytest

from regesta.describing.persons.names import (
    compatible,
    has_particle,
    identical,
    is_body,
    one_letter_apart,
    parse_name,
)


@pytest.mark.parametrize(
    ("printed", "surname", "given", "inverted"),
    [
        ("Kell, Amos R.", "kell", ("amos", "r"), "Kell, Amos R."),
        ("Amos R. Kell", "kell", ("amos", "r"), "Kell, Amos R."),
        ("AMOS R. KELL.", "kell", ("amos", "r"), "Kell, Amos R."),
        ("Mr. Kell", "kell", (), "Kell"),
        ("M. Kell", "kell", (), "Kell"),
        ("M. F. Kell", "kell", ("m", "f"), "Kell, M. F."),
        ("M. Kell, Jr.", "kell", (), "Kell, Jr."),
        ("Kell, Maj. Gen. Amos S.", "kell", ("amos", "s"), "Kell, Amos S."),
        ("Baron Van Harrow", "harrow", (), "Van Harrow, Baron"),
        ("Ludwig Otto von Harrow", "harrow", ("ludwig", "otto"), "Harrow, Ludwig Otto von"),
        ("AMOS KELL, Esq.", "kell", ("amos",), "Kell, Amos"),
        ("EDW’D KELL", "kell", ("edwd",), "Kell, Edw’d"),
        ("A. R. K[ell]", "kell", ("a", "r"), "Kell, A. R."),
        ("Otto VI.", "otto", (), "Otto VI"),
        ("Halil Efendi", "halil efendi", (), "Halil Efendi"),
        ("Mr. Kell to Mr. Harrow", "", (), ""),
        ("—", "", (), ""),
    ],
)
def test_names_are_parted(
    printed: str, surname: str, given: tuple[str, ...], inverted: str
) -> None:
    """Either order, with courtesy, rank, particles and capitals, gives the same parts."""
    name = parse_name(printed)
    assert (name.surname, name.given, name.inverted) == (surname, given, inverted)


@pytest.mark.parametrize(
    ("one", "other", "can_be", "surely"),
    [
        ("A. R. Kell", "Amos Ralph Kell", True, True),
        ("A. Kell", "Amos Kell", True, False),
        ("Amos Kell", "Amos R. Kell", True, True),
        ("Wm. Kell", "William P. Kell", True, True),
        ("Kell", "Amos Kell", True, False),
        ("Amos Kell", "Peter Kell", False, False),
        ("Amos R. Kell", "Amos S. Kell", False, False),
        ("Mrs. Kell", "Mr. Kell", False, False),
        ("Amos Kell, Jr.", "Amos Kell, Sr.", False, False),
        ("Amos Kell", "Amos Harrow", False, False),
        ("Ralph Kell", "Amos Ralph Kell", True, True),
        ("Willam Kell", "William Kell", True, True),
    ],
)
def test_names_agree_or_do_not(one: str, other: str, can_be: bool, surely: bool) -> None:
    """Given names and initials that contradict each other are two persons'; few tell of one."""
    a, b = parse_name(one), parse_name(other)
    assert compatible(a, b) == compatible(b, a) == can_be
    assert identical(a, b) == identical(b, a) == surely


@pytest.mark.parametrize(
    ("one", "other", "misprint"),
    [
        ("harrow", "harow", True),
        ("harrow", "harrov", True),
        ("harrow", "harrwo", True),
        ("harrow", "harrow", False),
        ("kell", "bell", False),
        ("harrow", "marlow", False),
    ],
)
def test_misprints_are_one_letter_away(one: str, other: str, misprint: bool) -> None:
    """Long words that differ by one letter may be one; short ones never."""
    assert one_letter_apart(one, other) == misprint


def test_firms_and_particles_are_seen() -> None:
    """A firm is no person, and a particle inside a name makes its order doubtful."""
    assert is_body("Kell & Co.")
    assert not is_body("Amos Kell")
    assert has_particle("Pierre de Harrow")
    assert not has_particle("De Harrow")
