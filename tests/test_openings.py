"""Choices between expressions that a text can begin with."""

import re

import pytest

from regesta.describing.openings import Openings, choice, initials
from regesta.describing.words import caseless, vocabulary

ANY = frozenset(("",))


@pytest.mark.parametrize(
    ("expression", "letters"),
    [
        ("Dear", "D"),
        ("(?:My )?Dear", "DM"),
        ("[Ss]ir", "Ss"),
        ("(?:Il|Ex)[ei]s?", "EI"),
        ("(?<!x)to", "t"),
        ("(?![AB])[Cc]", "Cc"),
        ("x{0,2}y", "xy"),
        ("x{2}y", "x"),
        ("(?:a|b)?(?:c|)d", "abcd"),
        (r"\.x", "."),
        (r"(?P<who>[“\"]?Mr)", '“"M'),
        (r"\bfoo|bar", "fb"),
    ],
)
def test_initials_are_the_letters_that_a_match_begins_with(expression: str, letters: str) -> None:
    """Optional parts, choices and classes each add their letters; a look around adds none."""
    assert initials(expression) == frozenset(letters)


@pytest.mark.parametrize("expression", [r"\d+", "[^a]b", "[A-Z]x", "a?b?", ".x", "(?i:a)b"])
def test_what_may_begin_with_anything_is_always_tried(expression: str) -> None:
    """A kind of sign, a range or an exclusion stands for any letter."""
    assert "" in initials(expression)


@pytest.mark.parametrize("text", ["Sir: I have", "dear Sir", "  x", "", "éa", "Éa", "[Dear", "1"])
def test_openings_match_what_one_pattern_of_all_matches(text: str) -> None:
    """Only those that begin with the text's letter are tried, with the same answer."""
    expressions = ["[Ss]ir\\b", "Dear", "é", r"\d", "x?"]
    for flags in (re.NOFLAG, re.I):
        form = r"\[?{}:?"
        whole = re.compile(form.replace("{}", f"(?:{'|'.join(expressions)})"), flags)
        found = Openings(expressions, form, before="[", flags=flags).match(text)
        expected = whole.match(text)
        assert (found and found.span()) == (expected and expected.span())


@pytest.mark.parametrize("key", ["salutation", "closer", "addressee", "form", "received", "note"])
def test_openings_of_the_vocabulary_miss_nothing(key: str) -> None:
    """Every word of a list that is spelt out begins with a letter that its expression has."""
    for entry in map(caseless, vocabulary("letter_words")[key]):
        plain = re.sub(r"\\(?=[^\w])", "", entry)
        if re.fullmatch(r"[\w .’'-]+", plain):
            assert Openings([entry]).match(plain) is not None


@pytest.mark.parametrize(
    ("expressions", "together"),
    [
        (["to", "an", "the", "at"], "(?:to|the)|(?:an|at)"),
        (["the", r"\w+ of", "to", "an"], r"the|\w+ of|to|an"),
        (["der", "(?:des|an)", "das", "an"], "der|(?:des|an)|das|an"),
        ([], ""),
    ],
)
def test_a_choice_keeps_the_order_of_what_can_begin_alike(
    expressions: list[str], together: str
) -> None:
    """Expressions of one letter stand together unless what lies between can begin with it."""
    assert choice(expressions) == together


@pytest.mark.parametrize("key", ["form", "form_number", "received", "handed_in", "salutation"])
@pytest.mark.parametrize("digit", "123456789")
def test_no_word_of_a_head_tells_one_figure_from_another(key: str, digit: str) -> None:
    """Lines are judged with noughts for figures: no expression may name one."""
    for entry in vocabulary("letter_words")[key]:
        assert digit not in re.sub(r"\{[\d,]+\}", "", entry)
