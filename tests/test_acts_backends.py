"""Back ends that find acts: a recorded model whose acts are checked, and a parser as an extra."""

import importlib.util
import json

import pytest

from regesta.describing.acts.finders import act_finder, finder_names
from regesta.describing.acts.parser import ParserFinder
from regesta.describing.acts.proposer import ProposingFinder, place
from regesta.describing.base import Context
from regesta.documents import Document, Fact, Party, Source
from regesta.errors import MissingExtra, UnknownValue

TEXT = (
    "The Norland Government protests against\nthe seizure of the ship. Lund promises nothing, and "
    "Berg will not sign."
)
DOCUMENT = Document(
    id="white/d1",
    collection="white",
    source=Source("", ""),
    text=TEXT,
    heading="Mr. Kell to Mr. Lund",
    facts=(Fact("sender", Party("Kell", "British Ambassador"), "given"),),
)
GOOD = {"words": "protests against the seizure of the ship", "act": "protest",
        "actor": "Norland Government", "about": "the seizure of the ship"}  # fmt: skip


def recorded(*items: object) -> ProposingFinder:
    """A finder whose model gives a recorded answer."""
    return ProposingFinder(lambda question: f"Here they are:\n{json.dumps(items)}\nNo more.")


def test_a_proposed_act_has_its_words() -> None:
    """An act whose words stand in the text to the letter is kept, with place and codes."""
    (act,) = recorded(GOOD)(DOCUMENT, Context())
    assert act.span is not None
    assert " ".join(TEXT[slice(*act.span)].split()) == GOOD["words"]
    assert (act.tier, act.group, act.cameo, act.polarity) == (
        "probable",
        "judge",
        "114",
        "affirmed",
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"words": "protests against the taking of the ship"}, "not in the document's words"),
        ({"words": ""}, "not in the document's words"),
        ({"actor": "Sudland"}, "actor not in the document"),
        ({"actor": ""}, "actor not in the document"),
        ({"act": "complain"}, "no such act"),
        ({"polarity": "perhaps"}, "no such polarity or modality"),
        ({"modality": "hoped"}, "no such polarity or modality"),
    ],
)
def test_what_cannot_be_proved_is_dropped(change: dict[str, str], why: str) -> None:
    """An invented quotation, actor, act or value drops the row, and the reason is counted."""
    finder = recorded({**GOOD, **change}, GOOD)
    assert len(finder(DOCUMENT, Context())) == 1
    assert finder.dropped[why] == 1


@pytest.mark.parametrize(
    ("name", "kept"), [("British Government", 1), ("Kell", 1), ("French Government", 0)]
)
def test_actors_are_parties_or_their_powers(name: str, kept: int) -> None:
    """An actor may be a party, or the power for which one speaks, though the text has it not."""
    assert len(recorded({**GOOD, "actor": name})(DOCUMENT, Context())) == kept


@pytest.mark.parametrize("answer", ["", "I cannot.", "[1, 2", "{}", '["a"]', "[]"])
def test_any_answer_is_survived(answer: str) -> None:
    """An answer that is no list of acts gives none."""
    assert ProposingFinder(lambda question: answer)(DOCUMENT, Context()) == []


def test_it_is_off_by_default() -> None:
    """Without a package that brings a model the proposer says how to bring one."""
    assert finder_names()[0] == "grammar"
    with pytest.raises(MissingExtra, match="no language model"):
        act_finder("proposer")
    with pytest.raises(UnknownValue, match="oracle"):
        act_finder("oracle")


def test_words_are_placed_across_line_breaks() -> None:
    """White space may differ, letters may not."""
    assert place("a b\nc d", "b c") == (2, 5)
    assert place("a b\nc d", "B c") is None


def test_the_parser_says_what_it_needs() -> None:
    """Without spaCy the parser names the cure in one line."""
    if importlib.util.find_spec("spacy") is not None:
        pytest.skip("spaCy is installed here")
    with pytest.raises(MissingExtra, match="spaCy") as caught:
        ParserFinder().ready()
    assert "pip install 'regesta[nlp]'" in caught.value.hint


def test_the_parser_finds_acts() -> None:
    """With spaCy and a model, a verb with its subject, object and denial is an act."""
    pytest.importorskip("spacy", reason="the extra nlp is not installed")
    text = "The Soviet Government protests against the landing. It does not recognize the treaty."
    acts = ParserFinder()(Document("a/b", "a", Source("", ""), text), Context())
    assert (acts[0].actor, acts[0].act) == ("Soviet Government", "protest")
    assert acts[0].polarity == "affirmed"
