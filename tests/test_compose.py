"""Texts composed from pieces: white space folded, spans on visible characters."""

from hypothesis import given
from hypothesis import strategies as st

from regesta.documents import Note
from regesta.reading.compose import Composer, visible


def test_spans_begin_and_end_on_visible_characters() -> None:
    """White space at the edge of a span belongs to none."""
    composer = Composer()
    composer.write("  He\n said ")
    span = composer.mark("italic")
    composer.write("  no\t")
    composer.close(span)
    composer.write("more ")
    made = composer.finish()
    assert made.text == "He said no more"
    (mark,) = made.marks
    assert made.text[mark.start : mark.end] == "no"


def test_what_is_apart_is_no_body() -> None:
    """The body is what stands in no layer that is apart; nested layers do not break it."""
    composer = Composer()
    for kind, apart, words in (("heading", True, "Title"), ("quotation", False, "Quoted"),
                               ("signature", True, "Name")):  # fmt: skip
        composer.line_break()
        layer = composer.layer(kind, apart=apart)  # type: ignore[arg-type]
        composer.write(words)
        composer.close(layer)
        if kind == "quotation":
            composer.line_break()
            composer.write("More")
    made = composer.finish("en")
    bodies = [made.text[one.start : one.end] for one in made.layers if one.kind == "body"]
    assert bodies == ["Quoted\nMore"]


def test_points_stand_before_what_follows_and_notes_after_what_precedes() -> None:
    """A page break belongs to the next word, a footnote mark to the last."""
    composer = Composer()
    composer.write("one ")
    composer.point("page", "2")
    composer.write("two ")
    composer.note(Note("1", "note"))
    composer.point("page", "3")
    made = composer.finish()
    assert [(mark.start, mark.value) for mark in made.marks] == [(4, "2"), (7, "3")]
    assert made.notes[0].anchor == 7


def test_a_span_around_nothing_is_forgotten() -> None:
    """Empty mark-up leaves no trace."""
    composer = Composer()
    composer.write("a")
    composer.close(composer.mark("bold"))
    span = composer.layer("heading")
    composer.write(" \u200b\u00ad ")
    composer.close(span)
    composer.write("b")
    made = composer.finish()
    assert made.text == "a b"
    assert made.marks == ()
    assert [layer.kind for layer in made.layers] == ["body"]


@given(st.lists(st.one_of(st.text(), st.sampled_from(["\n", " ", "\ud800", "\x00"])), max_size=20))
def test_no_visible_character_is_lost_or_made(pieces: list[str]) -> None:
    """What goes in comes out, but for the folding of white space."""
    composer = Composer()
    for number, piece in enumerate(pieces):
        composer.write(piece)
        if number % 3 == 0:
            composer.line_break()
    made = composer.finish()
    assert visible(made.text) == visible("".join(pieces))
    assert made.text == made.text.strip()
    assert "  " not in made.text
