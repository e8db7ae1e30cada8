"""Labelled lines at the head of a paper: each is read as what its label says."""

import pytest

from regesta.describing.bare import bare_document
from regesta.describing.frame.labels import labels_of
from regesta.describing.registry import describe
from regesta.documents import HistoricalDate

BODY = "The Minister said that he had waited for an answer and could not wait any longer."

LINES = [
    ("Date: October 18, 1962, 5:00 p.m.", [("date", "October 18, 1962, 5:00 p.m.")]),
    ("Lieu : Genève", [("place", "Genève")]),
    ("Betr. Ausfuhr von Kohle", [("subject", "Ausfuhr von Kohle")]),
    ("SUBJECT", [("subject", "")]),
    (
        "Ort: Wien. Datum: 5. Mai 1951. Anwesend: Kell",
        [("place", "Wien"), ("date", "5. Mai 1951"), ("participants", "Kell")],
    ),
    ("Присутствовали: Келлев", [("participants", "Келлев")]),
    ("Sir: I have the honor", []),
    ("Subject to approval, the loan is granted.", []),
    ("The date: nobody knows it.", []),
    ("Datumsgrenze: 180. Grad", []),
]


@pytest.mark.parametrize(("line", "wanted"), LINES)
def test_labels_of_a_line(line: str, wanted: list[tuple[str, str]]) -> None:
    """Labels are found with their values, and nothing in lines that only look like them."""
    found = labels_of(line, 0, len(line))
    assert [(x.role, line[x.start : x.end]) for x in found] == wanted


HEADS = [
    (
        "MEMORANDUM OF CONVERSATION\nDate: October 18, 1962, 5:00 p.m.\nPlace: The White House\n"
        "Participants: The President, Mr. Kell\nSubject: Cuba",
        {"date": "1962-10-18 17:00", "place": "White House", "parties": "none",
         "kind": "memorandum of conversation", "heading": "MEMORANDUM OF CONVERSATION Cuba"},
    ),
    (
        "Memorandum of Conversation\nSUBJECT\nLaos\nPARTICIPANTS\nThe Secretary\n"
        "Ambassador Kell\nDrafted by: Mr. Holm\nDate: April 4, 1961\nTime: 3:30 p.m.",
        {"date": "1961-04-04 15:30", "parties": "none", "author": "Holm",
         "heading": "Memorandum of Conversation Laos"},
    ),
    (
        "Subject: Trieste\nPlace: Foreign Office, London\nParticipants: Mr. Kell\n"
        "Date: 5 October 1953",
        {"date": "1953-10-05", "place": "London", "parties": "none", "author": ""},
    ),
    (
        "Teilnehmer: Bundesrat Kell\nOrt: Bundeshaus, Bern\nBetreff: Kohle\nDatum: 3. Mai 1955",
        {"date": "1955-05-03", "place": "Bern", "parties": "none", "heading": "Kohle"},
    ),
    (
        "DATE : 7 juin 1954\nLIEU : Palais des Nations, Genève\nPARTICIPANTS : M. Kell, M. Holm\n"
        "COMPTE RENDU D'ENTRETIEN",
        {"date": "1954-06-07", "place": "Genève", "parties": "none"},
    ),
    (
        "MEMORANDUM\nTO: The Secretary\nFROM: S/P – Mr. Kell\nSUBJECT: Persia\nDATE: June 5, 1950",
        {"date": "1950-06-05", "senders": "Kell", "recipients": "Secretary", "place": ""},
    ),
    (
        "Von: Gesandtschaft Bukarest\nAn: Politisches Departement\nDatum: 3. März 1943",
        {"senders": "Gesandtschaft Bukarest", "recipients": "Politisches Departement"},
    ),
    (
        "Expéditeur : Ambassade de Suisse à Vienne\nDestinataire : Département politique\n"
        "Objet : Blé\nVienne, le 3 mars 1951",
        {"date": "1951-03-03", "senders": "Ambassade de Suisse à Vienne",
         "recipients": "Département politique", "place": "Vienne"},
    ),
    ("A: Ja.\nDie Sitzung vom 3. Mai", {"senders": "", "recipients": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("head", "wanted"), HEADS)
def test_labelled_heads(head: str, wanted: dict[str, str]) -> None:
    """Date, hour, place, parties, author and subject come from their labels, in any order."""
    document = describe(bare_document("x/1", f"{head}\n{BODY}"))
    date = document.first("date")
    day = date.value if date and isinstance(date.value, HistoricalDate) else None
    found = {
        "date": f"{day.edtf} {day.time or ''}".strip() if day else "",
        "place": document.place.name if document.place else "",
        "senders": ", ".join(p.name or p.office for p in document.senders),
        "recipients": ", ".join(p.name or p.office for p in document.recipients),
        "heading": document.heading,
        **{field: document.word(field) for field in ("parties", "author", "kind")},
    }
    assert {key: found[key] for key in wanted} == wanted
    assert all(fact.span for fact in document.facts)
