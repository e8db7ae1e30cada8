"""Titles of documents that nobody sends: who made them, and that they have no parties."""

import pytest

from regesta.describing.bare import bare_document
from regesta.describing.parties.titles import has_no_parties, made_by
from regesta.describing.registry import describe


@pytest.mark.parametrize(
    ("title", "name", "office"),
    [
        ("Memorandum by Mr. Kell", "Kell", ""),
        ("Memorandum by the Third Assistant Secretary (Kell)", "Kell", "Third Assistant Secretary"),
        ("Aufzeichnung des Legationsrats Kellen", "Kellen", "Legationsrat"),
        ("Aufzeichnung des Reichskanzlers Grafen von Kellen", "Graf von Kellen", "Reichskanzler"),
        ("Runderlaß des Auswärtigen Amts vom 3. Mai", "", "Auswärtiges Amt"),
        ("Note de l’ambassade de Perse", "", "ambassade de Perse"),
        ("Minute by Sir A. Kell on the State of the Port", "Sir A. Kell", ""),
        ("Нота посольства Персии", "", "посольство Персии"),
    ],
)
def test_maker(title: str, name: str, office: str) -> None:
    """What follows "by", "des", "de la" right behind the kind made the document."""
    assert [(n.party.name, n.party.office) for n in made_by(title)][:1] == [(name, office)]


@pytest.mark.parametrize(
    "title",
    ["Treaty of Peace", "Report on the Trade of the Port", "The Danish Question", "List of Papers",
     "Mr. Kell to Mr. Holm", "Note", ""],
)  # fmt: skip
def test_no_maker(title: str) -> None:
    """Things that documents are of or about did not make them."""
    assert made_by(title) == ()


@pytest.mark.parametrize(
    "title",
    ["Treaty of Peace", "Minutes of a Meeting", "Aufzeichnung ohne Unterschrift", "Editorial Note",
     "Memorandum of Conversation", "Compte rendu d’un entretien", "Verzeichnis der Schiffe",
     "Gespräch des Ministers mit dem Botschafter", "Запись беседы с послом", "Appunto",
     "Handelsvertrag zwischen Dänemark und Peru", "Sitzungsprotokoll",
     "Final Act of the Conference"],
)  # fmt: skip
def test_kinds_without_parties(title: str) -> None:
    """Minutes, treaties, memoranda, conversations and lists are sent by nobody."""
    assert has_no_parties(title)


@pytest.mark.parametrize(
    "title", ["Note", "Telegram", "Runderlaß", "Lettre", "The Danish Question"]
)
def test_kinds_with_parties(title: str) -> None:
    """What is sent, and what no kind is known of, is not said to have no parties."""
    assert not has_no_parties(title)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Treaty of Peace\nArticle 1\nThere shall be peace between the two nations.", "none"),
        ("The Danish Harvest\nIt was a bad one. Bread is dear in all the towns.", "none"),
        ("The Danish Harvest\nRome, May 4, 1864.\nSir: It was bad.\nI am, &c.,\nJOHN KELL", ""),
        ("Mr. Kell to Mr. Holm\nRome, May 4, 1864.\nSir: It was bad.", ""),
        ("It was a bad harvest, and bread is dear in all the towns of the land.", ""),
    ],
)
def test_no_parties_is_said_only_where_it_is_sure(text: str, answer: str) -> None:
    """A kind without parties, or a title without the form of a letter, has none; a scrap may."""
    document = describe(bare_document("titles/1", text))
    assert document.word("parties") == answer
    assert not answer or document.senders == document.recipients == []


@pytest.mark.parametrize("title", ["Note de la Direction politique", "NOTE DU DÉPARTEMENT"])
def test_papers_of_a_bureau(title: str) -> None:
    """A ministry's own bureau sends its papers to nobody."""
    assert made_by(title) == ()
