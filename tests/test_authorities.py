"""Forms of names become persons where there is evidence, and stay apart where there is none."""

import datetime as dt

import pytest

from regesta.describing.persons.authorities import make_authorities, preferred, split_off, unite
from regesta.describing.persons.names import is_heading
from regesta.describing.persons.values import Form


def form(
    name: str,
    fuller: str = "",
    *,
    office: str = "",
    single: bool = True,
    volume: str = "v1",
    year: int = 1870,
    person: str = "",
    times: int = 3,
    others: tuple[str, ...] = (),
    listed: bool = False,
    refs: tuple[str, ...] = (),
    note: str = "",
) -> Form:
    """A form with a year for its days."""
    first = dt.date(year, 1, 1).toordinal()
    return Form(
        name, fuller, office, single, person, volume, first, first + 200, times,
        frozenset(others), listed, refs, note,
    )  # fmt: skip


def groups(*forms: Form) -> list[set[int]]:
    """Which forms stand together."""
    return [set(a.forms) for a in make_authorities(forms)]


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        (form("Kell, Amos R.", volume="v1"), form("Amos R. Kell", volume="v2"), "full name"),
        (form("A. R. Kell"), form("Kell", "AMOS R. KELL", volume="v2", year=1880), "full name"),
        (form("Kell", office="minister-in-x"),
         form("Kell", office="minister-in-x", volume="v2", year=1871), "office"),
        (form("Kell", office="minister-in-x"),
         form("Kell", office="minister-in-x", volume="v2", year=1874), "office"),
        (form("Kell", office="ambassador-in-x"), form("Kell", office="alban-ambassador-in-x"),
         "office"),
        (form("Kell", "J. Kell", office="minister-of-x"),
         form("Mr. Kell", "J. Kell", office="legation-of-x-at-y"), "full name"),
        (form("Kell", "Amos Kell"), form("Kell"), "volume"),
        (form("Kell", others=("harrow",)),
         form("Kell", volume="v2", others=("harrow",)), "correspondents"),
        (form("Harrow", office="consul-at-x", times=30),
         form("Harow", office="consul-at-x", times=1), "misprint"),
    ],
)  # fmt: skip
def test_evidence_joins(one: Form, other: Form, rule: str) -> None:
    """Name, office, volume, correspondents or a misprint join, and the reason says which."""
    [found] = make_authorities([one, other])
    assert [r.rule for r in found.reasons] == [rule]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (form("Kell"), form("Kell", volume="v2")),
        (form("Amos Kell"), form("Peter Kell")),
        (form("Amos R. Kell", year=1850), form("Amos R. Kell", volume="v2", year=1870)),
        (form("Kell", office="minister-in-x"), form("Kell", office="minister-in-y")),
        (form("Amos Kell", person="http://d/1"), form("Amos Kell", person="http://d/2")),
        (form("A. Kell"), form("Amos Kell", volume="v2")),
        (form("Mrs. Kell"), form("Kell")),
        (form("Kell", office="consul-at-x"),
         form("Kell", office="consul-at-x", volume="v2", year=1890)),
    ],
)  # fmt: skip
def test_what_does_not_prove_stays_apart(one: Form, other: Form) -> None:
    """A surname alone, given names, offices, ids or years that disagree: two entries."""
    assert len(groups(one, other)) == 2


def test_a_bare_surname_that_may_be_either_stays_alone() -> None:
    """Where two bearers of the surname fit, neither gets it."""
    two = form("Kell", "Amos Kell", times=9), form("Kell", "Peter Kell", times=9)
    assert len(groups(*two, form("Kell"))) == 3


def test_headings_that_tell_namesakes_apart_are_believed() -> None:
    """Where only one of two is ever printed by his surname alone, that is he."""
    found = groups(form("Kell", "Amos Kell"), form("F. P. Kell"), form("Kell"))
    assert {0, 2} in found


def test_ids_join_and_keep_authorities() -> None:
    """What refers to one entry of a list is one; its name and its links come from the list."""
    listed = form(
        "Kell, Amos R.", person="v1#k", listed=True, times=0, refs=("https://d-nb.info/gnd/1/",),
        note="Minister in Ruritania",
    )  # fmt: skip
    forms = [
        form("Kell", person="v1#k"),
        form("Amos Kell", person="http://d-nb.info/gnd/1", volume="v2"),
        listed,
    ]
    [found] = make_authorities(forms)
    assert preferred(found, forms) == ("Kell, Amos R.", "person")
    assert sorted(r.rule for r in found.reasons) == ["authority", "list"]


def test_a_list_that_names_the_office_finds_its_bearer() -> None:
    """An entry without reference is joined by surname and the office that it gives."""
    listed = form(
        "Kell, Amos R.", person="v1#k", listed=True, times=0,
        note="Minister in Ruritania, 1868–1871.",
    )  # fmt: skip
    assert groups(form("Kell", office="minister-in-ruritania"), listed) == [{0, 1}]


def test_firms_are_bodies() -> None:
    """A firm keeps its order and is no person."""
    forms = [form("Kell & Co."), form("Amos Kell")]
    assert [preferred(a, forms) for a in make_authorities(forms)] == [
        ("Kell & Co.", "body"),
        ("Kell, Amos", "person"),
    ]


def test_editors_part_and_join() -> None:
    """A form taken out is one of its own; two united say that it was decided."""
    forms = [form("Amos Kell"), form("Amos Kell", volume="v2")]
    [one] = make_authorities(forms)
    other = split_off(one, forms, [1])
    assert (one.forms, other.forms) == ([0], [1])
    unite(one, other, "seen in the archive")
    assert (sorted(one.forms), one.reasons[-1].rule) == ([0, 1], "decision")


def test_rulers_and_bodies_are_known_by_their_names() -> None:
    """One name with one numeral is one ruler; a board of one name is one board."""
    rulers = form("Otto VI."), form("Otto VI., Emperor", volume="v2"), form("Otto V.")
    assert groups(*rulers) == [{0, 1}, {2}]
    assert groups(form("Council of War"), form("Council of War", volume="v2")) == [{0, 1}]


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("16 March", True),
        ("decision in Norland vs. John D. Kell", True),
        ("Memorandum concerning objections", True),
        ("Private letter addressed by M. Kell", True),
        ("accompany Mr. Kell’s", True),
        ("John D. Kell", False),
        ("von Kell", False),
        ("Otto VI, Emperor", False),
        ("effendi Kell", False),
    ],
)
def test_headings_are_no_persons(words: str, heading: bool) -> None:
    """Days, lists of papers and clauses were taken for names; they are no persons."""
    assert is_heading(words) is heading
