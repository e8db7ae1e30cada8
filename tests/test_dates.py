"""Dates of whole documents: sent, received, at the head, at the foot, in several manners."""

import pytest

from regesta.describing.bare import bare_document
from regesta.describing.registry import describe
from regesta.documents import HistoricalDate
from regesta.documents.line import to_line

BODY = "Der Minister erklärte mir, daß die Verhandlungen fortgesetzt werden sollen."

LETTERS = [
    # German, as in the printed Akten
    (
        "Der Staatssekretär von Brunneck an den Botschafter in Wien Grafen Tellheim\n"
        f"Berlin, den 3. Juli 1878\n{BODY}\nBrunneck",
        "1878-07-03", None, None,
    ),
    (
        "Der Botschafter in London Fürst Wellen an das Auswärtige Amt\nTelegramm. Entzifferung\n"
        "Nr. 12\nLondon, den 3. August 1914\nAufgabe 3. August 12 Uhr 5 Min. nachm.\n"
        f"Ankunft 4. August\n{BODY}",
        "1914-08-03", "12:05", "1914-08-04",
    ),
    (
        f"Telegramm Nr. 12. London, den 3. August 1914. Ankunft 4. August\n{BODY}",
        "1914-08-03", None, "1914-08-04",
    ),
    (
        "Der Gesandte in Bern Freiherr von Rehm an das Auswärtige Amt\nTelegramm\n"
        "Bern, den 25. Oktober 1918 7 Uhr 30 Min. nachm.\nAnkunft: 26. Oktober 2 Uhr vorm.\n"
        f"Nr. 1812\n{BODY}",
        "1918-10-25", "19:30", "1918-10-26T02:00",
    ),
    (
        "Der Vorsteher des Politischen Departements, A. Hoffegger, an den schweizerischen "
        f"Gesandten in Berlin, A. de Clavière\nBern, 3. VII. 1914\nHerr Minister,\n{BODY}",
        "1914-07-03", None, None,
    ),
    (
        f"Euer Hochwohlgeboren!\n{BODY}\nEuer Hochwohlgeboren ergebener\nA. von Merten\n"
        "Wien, am 12. März 1849.",
        "1849-03-12", None, None,
    ),
    (f"Der Reichskanzler an Kaiser Wilhelm\no. D. [Juli 1878]\n{BODY}", "1878-07", None, None),
    (f"Niederschrift\nWien, Mitte Juli 1718\n{BODY}", "[1718-07-11..1718-07-20]", None, None),
    (f"Der Landvogt an den Rat\nBern, Montag nach Laetare 1525\n{BODY}", "1525-03-27", None, None),
    # Italian: the hour of receipt stands before its day
    (
        "IL MINISTRO A TARNO, BRANDI, AL MINISTRO DEGLI ESTERI, KELLI\n"
        f"T. 4412. Tarno, 3 giugno 1908, ore 20,15 (per. ore 6,30 del 4).\n{BODY}",
        "1908-06-03", "20:15", "1908-06-04T06:30",
    ),
    (
        "IL MINISTRO A TARNO, BRANDI, AL MINISTRO DEGLI ESTERI, KELLI\n"
        f"T. 4413. Tarno, 3 giugno 1908, ore 8 pom. (per. ore 9 ant. del 4).\n{BODY}",
        "1908-06-03", "20:00", "1908-06-04T09:00",
    ),
    # French, as in the Documents diplomatiques
    (
        "Le Ministre des Relations extérieures au citoyen Varney\nParis, le 12 brumaire an VIII\n"
        "Citoyen,\nJ'ai reçu votre lettre et je l'ai mise sous les yeux des Consuls.",
        "1799-11-03", None, None,
    ),
    (
        "M. Lanoue, ambassadeur de France à Pétersbourg, à M. Perrier, ministre\n"
        "D. n° 513. Pétersbourg, 25 octobre 1918, 19 h. 10\n(reçu : le 26, 3 h.)\n"
        "Le ministre m'a déclaré que les négociations ne seraient pas rompues.",
        "1918-10-25", "19:10", "1918-10-26T03:00",
    ),
    (
        "T. n° 213. Pétersbourg, 31 octobre 1912, 19 h. 10 (reçu : le 1er, 3 h.)\n"
        "Le ministre m'a déclaré que les négociations ne seraient pas rompues.",
        "1912-10-31", "19:10", "1912-11-01T03:00",
    ),
    (
        "Monsieur le Comte,\nJ'ai l'honneur d'accuser réception de votre dépêche.\n"
        "Veuillez agréer l'assurance de ma haute considération.\nDurand-Maillet\n"
        "Paris, le 1er mars 1856.",
        "1856-03-01", None, None,
    ),
    (
        "Convention entre la France et la Bade\nArt. 1. Les ressortissants jouiront des mêmes "
        "droits.\nFait à Paris, en double expédition, le trente avril mil huit cent "
        "cinquante-six.\nWalden\nKoller",
        "1856-04-30", None, None,
    ),
    (
        "Note pour le ministre\nS. d. [fin août 1914]\nLe ministre trouvera ci-joint le texte.",
        "[1914-08-21..1914-08-31]", None, None,
    ),
    (
        "Le comte de Brionne au duc de Mornay\nParis, la veille de la Toussaint 1719\n"
        "Monsieur le Duc, j'ai reçu votre lettre.",
        "1719-10-31", None, None,
    ),
    # Russian, Italian, Spanish, English
    (
        "Министр иностранных дел послу в Париже\nС.-Петербург, 12 (25) июля 1914 г.\n"
        "Благоволите сообщить французскому правительству.",
        "1914-07-25", None, None,
    ),
    (
        "Il Ministro degli Esteri, Visconti Serra, al Ministro a Berlino\n"
        "Roma, 3 settembre 1870, ore 7,30 pom.\nHo ricevuto il suo telegramma.",
        "1870-09-03", "19:30", None,
    ),
    (
        "El Ministro de Estado al Embajador en París\nMadrid, 3 de mayo de 1898\n"
        "Excmo. Señor: Tengo la honra de participar que el Gobierno ha resuelto.",
        "1898-05-03", None, None,
    ),
    (
        "Mr. Hill to Mr. Dale.\nRome, July 19, 1898. (Received July 20, 12.50 a.m.)\n"
        "Your telegram of yesterday received.",
        "1898-07-19", None, "1898-07-20T00:50",
    ),
    (
        "Mr. Hill to Mr. Dale.\nRome, December 29, 1898, 5 p.m.\n[Received January 2, 3 a.m.]\n"
        "Your telegram of yesterday received.",
        "1898-12-29", "17:00", "1899-01-02T03:00",
    ),
    (
        "President Hill to Mr. Dale\n[Washington, undated—circa October 29, 1918.]\n"
        "There can be no real difficulty about it.",
        "1918-10-29~", None, None,
    ),
    (
        "Mr. Hill to Mr. Dale\nManagua, January 3[5?], 1925—10 a.m.\nYour telegram received.",
        "[1925-01-03,1925-01-05]", "10:00", None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edtf", "time", "received"), LETTERS)
def test_letters(text: str, edtf: str, time: str | None, received: str | None) -> None:
    """Made-up letters in the manner of the great editions are dated as their editors would."""
    document = describe(bare_document("trial/1", text))
    assert document.date is not None
    assert (document.date.edtf, document.date.time) == (edtf, time)
    arrival = document.first("received")
    if received is None:
        assert arrival is None
        return
    assert arrival is not None
    assert isinstance(arrival.value, HistoricalDate)
    day, _, hour = received.partition("T")
    assert (arrival.value.edtf, arrival.value.time) == (day, hour or None)


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Hill to Mr. Dale.\nRome, undated.\nYour telegram received.",
        "Mr. Hill to Mr. Dale.\nRome, July 19.\nYour telegram received.",
        "Der Reichskanzler an Kaiser Wilhelm\nohne Datum\nEurer Majestät melde ich.",
        "Mr. Hill to Mr. Dale.\nMars has two moons, and May I say so.",
        "Articles 12–14 of the Treaty\nThe articles were read and adopted.",
        "Mr. Hill to Mr. Dale.\nRome, 2/1/1918.\nYour telegram received.",
        "Mr. Hill to Mr. Dale.\nRome, May 3, 1S64.\nYour telegram received.",
    ],
)
def test_no_date_is_invented(text: str) -> None:
    """No year, no order of day and month, no figure that may be two: no date."""
    assert describe(bare_document("trial/1", text)).date is None


def test_an_impossible_date_is_kept_as_printed() -> None:
    """31 June has no value, and is told as it is printed; the document counts as undated."""
    document = describe(
        bare_document("trial/1", "Mr. Hill to Mr. Dale.\nRome, June 31, 1918.\nSir:")
    )
    assert document.date is None
    line = to_line(document)["date"]
    assert (line["edtf"], line["earliest"], line["latest"]) == (None, None, None)
    assert (line["printed"], line["marks"]) == ("June 31, 1918", ["impossible"])


def test_damaged_print_is_marked_and_less_sure() -> None:
    """A date in damaged print is read where one reading is possible, and said to be so."""
    document = describe(
        bare_document("trial/1", "Mr. Hill to Mr. Dale.\nRome, Ju1y l9, 19l8.\nSir:")
    )
    fact = document.first("date")
    assert document.date is not None
    assert fact is not None
    assert (document.date.edtf, document.date.marks) == ("1918-07-19", ("damaged",))
    assert fact.confidence < 0.9
