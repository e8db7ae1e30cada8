"""Describing of noisy and of foreign bare text: what is read, and that nothing is invented."""

import pytest

from regesta.describing.bare import bare_document
from regesta.describing.registry import describe
from regesta.documents import Document


def _described(text: str) -> Document:
    return describe(bare_document("noise/1", text))


def _parties(document: Document) -> tuple[list[str], list[str]]:
    return (
        [f"{p.name} | {p.office}" for p in document.senders],
        [f"{p.name} | {p.office}" for p in document.recipients],
    )


@pytest.mark.parametrize(
    ("text", "senders", "recipients"),
    [
        (
            "The Acting Secretary of\nState to the Ambassador in\nGreat Britain (Kell)\n"
            "Washington, May 3, 1917.\nYour telegram was received.",
            [" | Acting Secretary of State"],
            ["Kell | Ambassador in Great Britain"],
        ),
        (
            "The Minister in the Netherlands\n(Kell) to the Secretary of State\n"
            "The Hague, May 3, 1917.\nSir: I have the honor to report.",
            ["Kell | Minister in the Netherlands"],
            [" | Secretary of State"],
        ),
        (
            "The Minister in Switzerland (Kell) to the Secre-\ntary of State\n"
            "Berne, May 3, 1917.\nSir: I have the honor to report.",
            ["Kell | Minister in Switzerland"],
            [" | Secretary of State"],
        ),
        (
            "THE SECRETARY OF STATE TO THE AMBASSADOR IN FRANCE (KELL)\n"
            "WASHINGTON, MAY 3, 1917.\nSIR: I HAVE THE HONOR TO REPORT.",
            [" | Secretary of State"],
            ["Kell | Ambassador in France"],
        ),
        (
            "PAPERS RELATING TO THE WAR, 1917\n412\nThe Minister in Sweden (Kell) to the Secretary "
            "of State\nStockholm, May 3, 1917.\nSir: I have the honor to report.",
            ["Kell | Minister in Sweden"],
            [" | Secretary of State"],
        ),
        (
            "Page 12\nNo. 34\nGraf von Talberg an Fürst von Ahrens\nLondon, den 12. März 1903\n"
            "Der Minister sprach mich heute an.",
            ["Graf von Talberg | "],
            ["Fürst von Ahrens | "],
        ),
        (
            "The Minister in Sweden (Kell) to the Secretary of State\r\nStockholm, May 3, 1917.\r\n"
            "Sir: I have the honor to report.\r\n",
            ["Kell | Minister in Sweden"],
            [" | Secretary of State"],
        ),
    ],
)
def test_broken_lines_capitals_and_running_heads_are_read(
    text: str, senders: list[str], recipients: list[str]
) -> None:
    """Headings over several lines, in capitals, below running heads and page numbers."""
    assert _parties(_described(text)) == (senders, recipients)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Mr. Kell to Mr. Holm.\nThe Hague, Ju1y l9, 1861.\nSir: I write.", "1861-07-19"),
        ("Mr. Kell to Mr. Holm.\nArchangel, 0ctober 25, l918, 7 p. m.\nI write.", "1918-10-25"),
        ("Kell an Holm\nLondon, den l2. März l903\nIch schreibe.", "1903-03-12"),
        ("Kell an Holm\nWien, 3. Auguſt 1914\nIch schreibe.", "1914-08-03"),
    ],
)
def test_damaged_dates_are_read_where_one_reading_is_possible(text: str, edtf: str) -> None:
    """Letters among the figures, figures among the letters, and the long s."""
    document = _described(text)
    assert document.date is not None
    assert document.date.edtf == edtf


@pytest.mark.parametrize(
    "text",
    [
        "The committee met on several occasions to consider what ought to be done.",
        "Die Ausstellung war gut besucht, und viele Gäste kamen aus dem Ausland.",
        "Les vendanges furent bonnes cette année-là, et l’on but beaucoup.",
        "From: Ann <ann@example.org>\nTo: Tom <tom@example.org>\nSubject: Thursday\n\nHi Tom,\n"
        "can we meet at ten?\nBest,\nAnn",
        "Hi all,\n\njust a note to say that the build is green.\n\nCheers,\nSam",
        "Pumpkin Soup\nPeel the pumpkin and cut it to pieces.\nServe with cream.",
        "# Project\n\nInstall with pip. See the docs for how to add a plugin to the registry.",
        "A Guide to the Perplexed\nThis book tells you how to live.",
        "Ein Weg an den Rhein\nWir gingen früh los.",
        "De Paris à Londres\nNous partîmes de bonne heure.",
        "1. Mr. Kell to Mr. Holm, May 3, 1861\n2. Mr. Holm to Mr. Kell, May 20, 1861",
        "Year Exports Imports\n1861 1,200 3,400\n1862 1,300 3,500",
        "John Kell\n12 High Street\nBorn May 3, 1980 in Paris\nManager at Acme.",
        "من وزير الخارجية إلى السفير في لندن\nسيدي السفير، تلقيت رسالتكم.",
        "外交部致駐英公使電\n來電悉。",
        "123 456 789",
        "",
    ],
)
def test_other_prose_has_no_date_and_no_parties(text: str) -> None:
    """Prose, mails, lists, tables and scripts that are not read give nothing."""
    document = _described(text)
    if not text.startswith("1. Mr. Kell"):
        assert _parties(document) == ([], [])
    assert document.date is None
    assert document.place is None


def test_an_unread_script_is_not_said_to_have_no_parties() -> None:
    """Whom a heading in another script names is not known: no firm answer."""
    document = _described("من وزير الخارجية إلى السفير في لندن\nتلقيت رسالتكم.")
    assert not document.word("parties")


@pytest.mark.parametrize(
    ("text", "author"),
    [
        (
            "Memorandum by the Economic Adviser (Kell)\nWashington, May 3, 1917.\n"
            "Mr. Holm, who called to-day, said that he knew nothing.\nJ. Kell",
            "Kell",
        ),
        (
            "The Provisional Government to the French people:\nThe moment has come to arm.",
            "",
        ),
        (
            "Treaty between Denmark and Peru\nArticle 1. There shall be peace.\n"
            "Done at Lima, May 3, 1871.\nJohn Kell",
            "",
        ),
    ],
)
def test_what_nobody_sends_has_no_parties(text: str, author: str) -> None:
    """Memoranda of visits, proclamations to everybody, treaties: none, and the author apart."""
    document = _described(text)
    assert _parties(document) == ([], [])
    assert document.word("parties") == "none"
    assert (document.word("author") or "") == author


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Embassy of the United States,\nLima, Peru.\nI, John Kell, do hereby certify.", "Lima"),
        (
            "Memorandum on Trade\n[Buenos Aires, undated.]\nThe trade has grown. It will grow on.",
            "Buenos Aires",
        ),
    ],
)
def test_a_dateline_without_date_gives_its_place(text: str, place: str) -> None:
    """A house and its town, or a town that is said to be undated."""
    document = _described(text)
    assert document.place is not None
    assert document.place.name == place
    assert document.date is None


def test_a_note_in_the_third_person_names_both() -> None:
    """Who presents his compliments writes, and to whom he presents them."""
    document = _described(
        "Vienna, August 5, 1861.\nMr. Kell presents his compliments to Count Holm, and takes leave "
        "to enclose a letter."
    )
    assert _parties(document) == (["Kell | "], ["Count Holm | "])


def test_a_chancerys_note_is_not_the_letters_date() -> None:
    """ "Exped." below a letter says when it was answered, and where."""
    document = _described(
        "Hochlöblicher Hofkriegsrath.\nIch berichte, was hier geschehen ist.\n"
        "Gehorsamer diener Johann von Kell\nBelgrad\nden 3. Junii 1719\n"
        "Exped. Wien den 13. Decembris 1719"
    )
    assert document.date is not None
    assert document.date.edtf == "1719-06-03"
    assert document.place is not None
    assert document.place.name == "Belgrad"
    assert [p.name for p in document.senders] == ["Johann von Kell"]
