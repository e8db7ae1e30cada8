"""The layout of a page from its blocks alone."""

import pytest

from regesta.reading.shape import Shape, is_ways, looks_like_title, recognise

BODY = (
    "The People's Commissar told the reporter that the envoys might come back when they liked. " * 3
)


def test_the_page_of_a_collection() -> None:
    """Title, source line, text, collection, ways on."""
    blocks = [
        "3 August 1918",
        "Pravda, 3 August 1918",
        BODY,
        "Some Papers",
        "[Subject] [Author] [Date]",
    ]
    shape = recognise(blocks)
    assert (shape.title, shape.source, shape.collection, shape.ways) == (0, 1, 3, 4)
    assert shape.date is not None
    assert (shape.date.edtf, shape.rule) == ("1918-08-03", "title line")


def test_the_collections_name_may_stand_before_the_ways_on() -> None:
    """One line holds both."""
    shape = recognise(["3 August 1918", "Pravda", BODY, "Some Papers [Subject] [Author] [Date]"])
    assert (shape.name, shape.collection, shape.ways, shape.source) == ("Some Papers", None, 3, 1)


def test_a_title_that_is_no_date_takes_the_source_lines() -> None:
    """The source line dates the page where its title does not."""
    shape = recognise(
        ["To the workers", "Pravda, 3 August 1918", BODY, "Papers", "Subject | Author"]
    )
    assert shape.date is not None
    assert (shape.date.edtf, shape.rule) == ("1918-08-03", "source line")


def test_without_ways_on_only_a_title_is_told() -> None:
    """A dateline or a short first sentence is no source line: describers decide."""
    assert recognise(["Vologda, July 3, 1918", BODY]) == Shape()
    assert recognise(["Note of the Consul at Riga", BODY]) == Shape(title=0)


def test_a_page_of_only_text_has_no_shape() -> None:
    """One block is text."""
    assert recognise([BODY]) == Shape()
    assert recognise([]) == Shape()


def test_a_title_above_a_dateline() -> None:
    """The text may begin a few lines below its title, and the title end with a full stop."""
    assert looks_like_title("Mr. Brandt to Mr. Ilves.", ["Riga, October 3, 1899.", "Sir:", BODY])
    assert not looks_like_title("The Consul went home.", ["He slept.", BODY])


@pytest.mark.parametrize(
    ("line", "answer"),
    [("[Subject] [Author] [Date]", True), ("Subject | Author | Date", True), ("Date", False),
     ("Contents · Next", True), ("The subject and the author", False), ("", False)],
)  # fmt: skip
def test_ways_on(line: str, answer: bool) -> None:
    """Two names of indexes or more, and nothing else."""
    assert is_ways(line) is answer


@pytest.mark.parametrize(
    "line",
    ["Sir:", "Moscow, 3 July 1918", "He went home.", "a note", "Note", "x" * 300, "I am, Sir,"],
)
def test_what_is_no_title(line: str) -> None:
    """Salutations, datelines, sentences and single words open no document as titles."""
    assert not looks_like_title(line, [BODY])
