"""Names in running text: found where something announces or knows them, linked where one fits."""

import pytest

from regesta.describing.mentions.find import find_mentions
from regesta.describing.mentions.lexicon import Counts, Lexicon, learn, observe, surname
from regesta.describing.mentions.links import Directory, link_persons
from regesta.describing.mentions.runs import find_runs


def lexicon_of(*texts: str, persons: tuple[str, ...] = (), places: tuple[str, ...] = ()) -> Lexicon:
    """What texts and lists make known."""
    counts = Counts()
    for text in texts:
        observe(counts, text)
    return learn(counts, persons=persons, places=places)


def named(text: str, kind: str = "person", *, lexicon: Lexicon | None = None) -> list[str]:
    """The names of a kind in a text that knows only itself, or what a lexicon knows."""
    known = lexicon or lexicon_of(text)
    return [m.name for m in find_mentions(text, known, year=1900) if m.kind == kind]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I saw Mr. Quill and Colonel Harrow at noon.", ["Quill", "Harrow"]),
        ("The paper of Ambassador Quill’s clerk.", ["Quill"]),
        ("He was met by John F. Quill, chairman.", ["John F. Quill"]),
        ("He was met by W. L. Quill there.", ["W. L. Quill"]),
        ("Messrs. Ames, Dorn and Whitby were heard.", ["Ames", "Dorn", "Whitby"]),
        ("The Duke of Harrowby spoke to Lord Quill.", ["Duke of Harrowby", "Quill"]),
        ("We met Count von Tessen and Baron d’Arlon.", ["von Tessen", "d’Arlon"]),
        ("M. Durancel wrote to M. F. Long.", ["Durancel", "M. F. Long"]),
        # A name once announced is known where it stands bare.
        ("General Quill left. They told Quill nothing.", ["Quill", "Quill"]),
        # Two names that "and" joins are both names.
        ("Mr. Quill is here. I ordered Quill and Tarrant back.", ["Quill", "Quill", "Tarrant"]),
    ],
)
def test_persons_are_found(text: str, names: list[str]) -> None:
    """Titles, forenames and initials announce a person; what they taught is known afterwards."""
    assert named(text) == names


def test_a_language_is_no_power() -> None:
    """ "English text" and "French translation" name languages; "English troops" a power's."""
    text = "The English text and the French translation differ. The English troops left."
    assert named(text, "power") == ["Great Britain"]


@pytest.mark.parametrize(
    "text",
    [
        "The General Staff and the Secretary of State met the Minister of Finance.",
        "General Order No. 5 was read by the Captain General.",
        "Long discussions followed. Mr. Secretary, the House rose.",
        "The steamer Quill and the S. S. Harrow sailed; the U. S. Bulletin said so.",
        "A. Wheat, rye and barley.",
        "The Emperor of Harmonia and the King of Borduria agreed.",
        "Ambassador Vologda telegraphs. Ministers London and Paris agree.",
        "Socialism and Pan-Slavism grew. The Red Cross and the War Trade Board helped.",
        "Bought of Quill & Co., bankers.",
    ],
)
def test_nobody_is_invented(text: str) -> None:
    """Bodies, offices, ships, firms, doctrines and lists name no person."""
    assert [n for n in named(text) if n != "Quill & Co"] == []


def test_a_common_word_at_the_beginning_of_a_sentence_is_no_name() -> None:
    """A surname that is also a word is a name inside a sentence only."""
    text = "Long ago it began. It took long. The long road. A long day. They asked Long to go."
    known = lexicon_of(text, persons=("Long, Peter",))
    assert [(m.start, m.name) for m in find_mentions(text, known)] == [(71, "Long")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Der Botschafter Graf Moulin traf Herrn von Tessen. Freiherr von Lindau und Frau "
            "Hallstein sprachen mit dem Legationsrat Dr. Brandeck.",
            ["Moulin", "von Tessen", "von Lindau", "Hallstein", "Brandeck"],
        ),
        (
            "Die Regierung hat die Note erhalten. Der Vertrag dient dem Frieden und der Armee. "
            "Die Herren Delegierten berieten die Lage und den Kaiser von Harmonien.",
            [],
        ),
        (
            "M. Durancel a vu le général Carnoux et le comte de Fersac. Mme Sauvret est là.",
            ["Durancel", "Carnoux", "Fersac", "Sauvret"],
        ),
        (
            "Direktor Schaub vom Departement kam. Monsieur le Conseiller, L’Allemagne a écrit.",
            ["Schaub"],
        ),
        ("Le roi de Harmonie et le ministre de Bordurie ont refusé.", []),
        (
            "Вчера посол г. Воронцов видел генерала Тарасова. Воронцов заявил протест.",
            ["Воронцов", "Тарасова", "Воронцов"],
        ),
        ("Правительство и Совет не согласны. Договор подписан.", []),
    ],
)
def test_other_languages(text: str, names: list[str]) -> None:
    """Titles of German, French and Russian announce names; German nouns are none."""
    found = named(text)
    assert [n.split()[-1] for n in found] == [n.split()[-1] for n in names]


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        (
            "He left St. Petersburg for Constantinople.",
            "place",
            ["St. Petersburg", "Constantinople"],
        ),
        ("The steamer lay at Liverpool.", "place", ["Liverpool"]),
        ("Señor Paz told us. Paz left La Paz.", "place", ["La Paz"]),
        ("Quoth Liverpool: nothing.", "place", []),
        ("The British note to the Sublime Porte.", "power", ["Great Britain", "Ottoman Empire"]),
        ("It was said in the Quai d’Orsay.", "power", ["France"]),
        ("The Minister of General Harbin came.", "place", []),
        ("German ships off Turkey.", "power", ["German Empire", "Ottoman Empire"]),
    ],
)
def test_places_and_powers(text: str, kind: str, names: list[str]) -> None:
    """Powers stand by name, adjective and house; towns of today need a word that says so."""
    found = find_mentions(text, Lexicon(), year=1900)
    words = [m.name if kind == "power" else text[m.start : m.end] for m in found if m.kind == kind]
    assert words == names


def test_a_house_stands_for_its_power_in_its_years_only() -> None:
    """The Wilhelmstrasse is the German government's from 1871 on."""
    text = "The Wilhelmstrasse was silent."
    assert [m.name for m in find_mentions(text, Lexicon(), year=1914)] == ["German Empire"]
    assert [m.kind for m in find_mentions(text, Lexicon(), year=1700)] == ["place"]
    assert [m.kind for m in find_mentions(text, Lexicon())] == ["place"]


def test_mentions_point_at_their_words() -> None:
    """Offsets are code points of the whole text; titles stand before the name."""
    text = "😀 Ask Mr. Quill’s clerk in Archangel."
    found = find_mentions(text, Lexicon(), 2)
    assert [(text[m.start : m.end], text[m.name_start : m.end], m.kind) for m in found] == [
        ("Mr. Quill", "Quill", "person"),
        ("Archangel", "Archangel", "place"),
    ]


def test_a_lexicon_grows() -> None:
    """What a text adds to a known lexicon is what both would have given at once."""
    persons = ("Long, Peter", "Quill, Adam", "Harrow, Tom")
    text = "It took long. A long day, long ago. Long days. They met Quill and Mr. Dorn; Dorn spoke."
    counts = Counts()
    observe(counts, text)
    known = learn(Counts(), persons=persons, places={"Ostova"})
    assert learn(counts, base=known) == learn(counts, persons=persons, places={"Ostova"})


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Mr. Quill came.", ["v#q"]),
        ("Thomas Harrow came; later Harrow went.", ["v#t", "v#t"]),
        ("Mr. Harrow came.", [None]),
        ("President Harrow came.", ["v#w"]),
        ("Mrs. Quill came.", [None]),
        ("Mr. Edmund Quill came.", [None]),
        ("Mr. Nobody came.", [None]),
    ],
)
def test_links(text: str, ids: list[str | None]) -> None:
    """A surname leads to its one bearer; given names, women's titles and namesakes forbid."""
    people = [
        ("v#q", "Quill, Adam B.", "Consul at Harbin"),
        ("v#t", "Harrow, Thomas", "banker"),
        ("v#w", "Harrow, William", "President of Borduria"),
    ]
    known = lexicon_of(text, persons=tuple(name for _, name, _ in people))
    mentions = find_mentions(text, known)
    found = link_persons(text, mentions, Directory(people))
    assert [bearer.id if bearer else None for bearer in found] == ids


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Quill, Adam B.", "Quill"),
        ("Adam B. Quill, Jr.", "Quill"),
        ("QUILL", "Quill"),
        ("Freiherr von Tessen", "Tessen"),
        ("", ""),
    ],
)
def test_surname(name: str, expected: str) -> None:
    """Either order of a name gives its surname."""
    assert surname(name) == expected


def test_a_page_of_capitals_takes_no_longer() -> None:
    """Any number of capitalised words in a row is cut into runs of bounded length."""
    runs = list(find_runs("Wagon " * 5_000))
    assert sum(len(run.words) for run in runs) == 5_000
    assert max(len(run.words) for run in runs) <= 16


@pytest.mark.parametrize("text", ["", "\n", "ALL CAPITALS HERE", "’s", "A.", "É", "д’", "M.", "."])
def test_odd_texts(text: str) -> None:
    """Any text is looked through without complaint."""
    observe(Counts(), text)
    assert all(run.starts[0] < run.ends[-1] for run in find_runs(text))
    assert isinstance(find_mentions(text, Lexicon()), list)
