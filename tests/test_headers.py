"""Front matter and header lines into facts; parties as users write them."""

import pytest

from regesta.documents import HistoricalDate, Party, Place, Subject
from regesta.reading.headers import front_matter, header_lines, parties, toml_matter, understand


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Anna Brandt, Consul at Riga", [Party("Anna Brandt", "Consul at Riga")]),
        ("The Minister in Greece (Droppers)", [Party("Droppers", "Minister in Greece")]),
        ("the Secretary of State", [Party(office="Secretary of State")]),
        ("Lansing", [Party("Lansing")]),
        ("Ito, Aoki and Komura, for the Japanese Government",
         [Party("Ito", power="Japanese Government"), Party("Aoki", power="Japanese Government"),
          Party("Komura", power="Japanese Government")]),
        ("Anna Brandt, Consul [Latvia]", [Party("Anna Brandt", "Consul", "Latvia")]),
        ("the workers of France, Britain and Italy",
         [Party(office="workers of France, Britain and Italy")]),
        ("J. von Berg, Consul at Riga (as addressed)",
         [Party("J. von Berg", "Consul at Riga (as addressed)")]),
    ],
)  # fmt: skip
def test_parties_as_users_write_them(written: str, read: list[Party]) -> None:
    """Name, office and power are told apart where the form says so, else the words are a name."""
    assert parties(written) == read


def test_values_become_facts_of_their_kind() -> None:
    """Each field has its own kind of value, given by the rule that is named."""
    heads = understand(
        [("Date", "1918-07-25"), ("place", "[Vologda]"), ("Subjects", "trade; Siberia > railways"),
         ("Number", "No. 17"), ("language", "en-GB"), ("kind", "Telegram"), ("source", "Pravda")],
        rule="front matter",
    )  # fmt: skip
    found = [(fact.field, fact.value) for fact in heads.facts]
    assert isinstance(found[0][1], HistoricalDate)
    assert found[1:] == [
        ("place", Place("Vologda")),
        ("subject", Subject("trade")),
        ("subject", Subject("railways", ("Siberia",))),
        ("number", "17"),
        ("language", "en"),
        ("kind", "telegram"),
        ("publication", "Pravda"),
    ]
    assert {(fact.origin, fact.rule) for fact in heads.facts} == {("given", "front matter")}


def test_the_author_of_what_goes_to_somebody_is_its_sender() -> None:
    """Beside a recipient an author has sent; alone he is the author of an article."""
    sent = understand([("author", "Anna Brandt"), ("to", "Otto Kell")], rule="front matter")
    assert [(fact.field, fact.value) for fact in sent.facts] == [
        ("recipient", Party("Otto Kell")),
        ("sender", Party("Anna Brandt")),
    ]
    alone = understand([("author", "Anna Brandt")], rule="front matter")
    assert [fact.field for fact in alone.facts] == ["author"]


@pytest.mark.parametrize(
    ("written", "code"),
    [("deu", "de"), ("ger", "de"), ("de-AT", "de"), ("DE", "de"), ("ota", "ota"), ("fre", "fr")],
)
def test_a_language_has_one_code(written: str, code: str) -> None:
    """Codes of three letters and of regions are the code of two letters, where there is one."""
    heads = understand([("language", written)], rule="front matter")
    assert [fact.value for fact in heads.facts] == [code]


@pytest.mark.parametrize("value", ["some day in spring", "1918-06-31", "soon"])
def test_a_date_that_is_not_understood_is_said_and_not_guessed(value: str) -> None:
    """No fact, one warning with the words."""
    heads = understand([("date", value)], rule="front matter")
    assert heads.facts == []
    assert value in heads.warnings[0]


def test_keys_that_are_not_known_are_kept() -> None:
    """Nothing that a user wrote is lost."""
    assert understand([("weather", "rain")], rule="x").unknown == ["weather: rain"]


def test_front_matter_knows_lists_quotes_comments_and_folded_values() -> None:
    """The forms of YAML that people write by hand."""
    lines = ["# by hand", 'title: "A: note"', "subjects:", "  - trade", "  - 'war'", "tags: [a, b]",
             "source: A long", "  citation", 'date: "[1918-07-01..1918-07-05]"', ""]  # fmt: skip
    assert front_matter(lines) == [
        ("title", "A: note"),
        ("subjects", "trade"),
        ("subjects", "war"),
        ("tags", "a; b"),
        ("source", "A long citation"),
        ("date", "[1918-07-01..1918-07-05]"),
    ]


def test_toml_front_matter() -> None:
    """Values of any kind, lists one by one; no TOML is no front matter."""
    assert toml_matter(["date = 1918-07-25", 'subjects = ["a", "b"]']) == [
        ("date", "1918-07-25"),
        ("subjects", "a"),
        ("subjects", "b"),
    ]
    assert toml_matter(["date: 1918"]) is None


def test_the_head_of_a_memorandum_is_text() -> None:
    """Lines that a printed paper carries itself stay in it; an editor's key makes them a head."""
    printed = ["TO: The Secretary", "FROM: Mr. Brandt", "DATE: July 3, 1918"]
    assert header_lines(printed) is None
    assert header_lines([*printed, "Collection: Letters"]) is not None
    assert header_lines(["Collection: Letters", "He said: no."]) is None
