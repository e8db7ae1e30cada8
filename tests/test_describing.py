"""Whole documents of bare text, described."""

import warnings
from importlib.metadata import EntryPoint

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.describing import registry
from regesta.describing.bare import bare_document, fold
from regesta.describing.base import Context
from regesta.describing.dates.document import describe_dates
from regesta.describing.frame.foot import read_foot
from regesta.describing.registry import DescriberWarning, describe
from regesta.documents import Document, Enclosure, Fact, HistoricalDate, Layer, Party, Place, Source

TELEGRAM = """\
861.00/3001: Telegram
The Ambassador in Russia (Marsh) to the Secretary of State
[Telegram]
Archangel, December 30, 1918—7 p.m.
[Received January 2, 8.45 a.m.]
521. My 513, December 24, 3 p.m. The commissar told me that the ships which were expected have
not come, and that there is no coal at the port or in the town for more than a week.
Marsh"""

DESPATCH = """\
No. 88.
Mr. Harlow to Mr. Crane.
Department of State,
Washington, May 20–June 1, 1864.
No. 17.]
Sir: I have to acknowledge the receipt of your despatch of the 2d, and to say that it has been read.
I am, sir, your obedient servant,
WILLIAM HARLOW.
Hon. Frederick Crane, &c., &c."""

NEWSPAPER = """\
25 July 1918
Izvestia, 25 July 1918
Asked what the departure meant, the People's Commissar for Foreign Affairs, Orlov, said: I can say
that it means nothing, and that the trains are running as they have always been.
Some Collected Documents"""

LETTER = """\
Paris, le 12 mars 1887.
Monsieur le Ministre,
J’ai l’honneur de vous informer que le cabinet a reçu votre note et que la réponse est prête dans
les bureaux pour votre courrier.
Veuillez agréer, Monsieur le Ministre, l’assurance de mon respect.
Dumont
A Monsieur Lefèvre"""

MINUTES = """\
Minutes of the Meeting of the Council, Held at Paris, January 3, 1919
The Chairman said that the report was before the members and asked for remarks to the Council.
Mr. Vale thought that it should be sent to the governments."""


def described(text: str) -> Document:
    """Describe a bare text."""
    return describe(bare_document("letters/1", text))


def words(document: Document, field: str) -> list[str]:
    """The words in the text that prove each fact of a field."""
    return [document.text[slice(*f.span)] for f in document.facts if f.field == field and f.span]


def test_telegram() -> None:
    """A telegram gives both parties, place, both dates, number, file number, kind, language."""
    document = described(TELEGRAM)
    date, received = document.date, document.first("received")
    assert date is not None
    assert (date.edtf, date.time) == ("1918-12-30", "19:00")
    assert received is not None
    assert isinstance(received.value, HistoricalDate)
    assert (received.value.edtf, received.value.time) == ("1919-01-02", "08:45")
    assert document.senders == [Party("Marsh", "Ambassador in Russia")]
    assert document.recipients == [Party("", "Secretary of State")]
    assert document.place == Place("Archangel", 64.54, 40.54)
    assert [document.word(f) for f in ("number", "file_number", "kind", "language")] == [
        "521", "861.00/3001", "telegram", "en",
    ]  # fmt: skip
    assert words(document, "place") == ["Archangel"]
    assert words(document, "date") == ["December 30, 1918—7 p.m."]
    assert words(document, "sender") == ["The Ambassador in Russia (Marsh)"]
    assert words(document, "number") == ["521"]


def test_despatch() -> None:
    """A letter of the older era gives its writer's number and the later half of a dual date."""
    document = described(DESPATCH)
    assert document.date is not None
    assert (document.date.edtf, document.date.calendar) == ("1864-06-01", "dual")
    assert [p.label for p in document.senders + document.recipients] == ["Harlow", "Crane"]
    assert document.place is not None
    assert document.place.name == "Washington"
    assert (document.word("number"), document.word("kind")) == ("17", "instruction")


def test_reported_speaker() -> None:
    """The author of a newspaper's report is who speaks in it."""
    document = described(NEWSPAPER)
    assert document.senders == [Party("Orlov", "People's Commissar for Foreign Affairs")]
    assert document.first("sender").rule == "reported-speaker"  # type: ignore[union-attr]
    assert words(document, "sender") == ["the People's Commissar for Foreign Affairs, Orlov"]


def test_letter_without_heading() -> None:
    """Signature and addressee stand in for a heading."""
    document = described(LETTER)
    assert [p.label for p in document.senders] == ["Dumont"]
    assert [p.label for p in document.recipients] == ["Lefèvre"]
    assert document.word("language") == "fr"


def test_minutes_have_no_parties() -> None:
    """Minutes have a date and no sender or recipient."""
    document = described(MINUTES)
    assert document.senders == document.recipients == []
    assert document.word("kind") == "minutes"
    assert document.date is not None
    assert document.date.edtf == "1919-01-03"


@pytest.mark.parametrize(
    "head",
    [
        "Undated [Received July 20, 12.50 a.m.]",
        "[n.d.]",
        "Dublin, August 11.",
        "Moscow, 31 June 1918.",
        "Tuesday",
    ],
)
def test_no_date_is_invented(head: str) -> None:
    """Without a printed year, or on a day no calendar has, there is no date at all."""
    text = f"Mr. Harlow to Mr. Crane\n{head}\nSir: The books of 1917 have come.\nHarlow"
    document = described(text)
    assert document.date is None
    assert document.first("received") is None


def test_receipt_without_day_is_of_the_day_of_sending() -> None:
    """A receipt that prints only its hour is of the day of sending, and says by which rule."""
    document = described(
        "Mr. A. Fox to Mr. Hen\nRome, May 4, 1930—9 a.m.\n[Received 2:10 p.m.]\nYes."
    )
    fact = document.first("received")
    assert fact is not None
    assert isinstance(fact.value, HistoricalDate)
    assert (fact.value.edtf, fact.value.time) == ("1930-05-04", "14:10")
    assert fact.rule == "received-day-of-sending"


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("Legation of the United States,\nCaracas, April 19, 1882.", "Caracas"),
        ("Consulate General of the United States at Havana, May 1, 1861.", "Havana"),
        ("Key West, Fla., February 28, 1882.", "Key West"),
        ("The Hague, June 8, 1861.", "The Hague"),
        ("[New York,] October 15, 1918.", "New York"),
        ("St. Petersburg, May 11 (23), 1861.", "St. Petersburg"),
        ("Foreign Office, June 17, 1881.", "Foreign Office"),
        ("Wien, den 7. Dezember 1719", "Wien"),
        ("October 15, 1918.", None),
        ("Approved, June 9, 1906.", None),
        ("Issued May 4, 1870.", None),
        ("Given at Rome, May 4, 1863.", "Rome"),
        ("Donnée à Copenhague, le 4 mars 1870.", "Copenhague"),
        ("Done at the Town Hall of Ghent, May 4, 1870.", "Ghent"),
        ("Signed at the Swedish Legation at Constantinople, May 4, 1925.", "Constantinople"),
        ("Legation of Peru, Washington, May 4, 1882.", "Washington"),
        ("Slip from a paper of Tuesday, August 23, 1864.", None),
        ("Royal Majesty’s Grand Ambassador, 15 June 1719", None),
        ("ATHENS, May 4, 1870.", "Athens"),
    ],
)
def test_place(dateline: str, place: str | None) -> None:
    """The place is what is printed, without building, street, state or country."""
    document = described(f"Mr. Harlow to Mr. Crane\n{dateline}\nSir: It is so.\nHarlow")
    assert (document.place.name if document.place else None) == place


def test_a_newspaper_in_brackets_is_no_kind() -> None:
    """Where a text was printed, with its page, is not what it is."""
    body = "The bridge was opened today, and the Governor spoke of it at length."
    for cited in ("(The Evening Dispatch, 3 October 1922, p. 7)", "[Daily Telegram, page 2]"):
        assert described(f"The Bridge at Riga\n{cited}\n{body}").word("kind") == ""
    assert described(f"Mr. A to Mr. B\n[Telegram]\n{body}").word("kind") == "telegram"


@pytest.mark.parametrize(
    ("title", "edtf"),
    [
        ("Answer to the Note of May 3, 1849", None),
        ("Antwort auf das Schreiben vom 3. Mai 1849", None),
        ("Réponse à la lettre du 3 mai 1849", None),
        ("Enclosure to the despatch of 3 May 1849", None),
        ("Answer to the Note, May 5, 1849", "1849-05-05"),
        ("Note of May 3, 1849", "1849-05-03"),
    ],
)
def test_the_day_of_another_paper_dates_nothing(title: str, edtf: str | None) -> None:
    """An answer is not of the day of what it answers, unless a comma parts the two."""
    document = described(f"{title}\nThe Government has taken note of what was said.")
    assert (document.date.edtf if document.date else None) == edtf


@pytest.mark.parametrize("mark", ["COPY", "Copy", "COPIE", "KOPIE", "Abschrift", "True copy."])
def test_a_copy_is_read_below_its_mark(mark: str) -> None:
    """ "COPY" at the top is no list of those who had one."""
    document = described(f"{mark}\nRiga, March 11, 1923\nMy Lord,\nAll is well.\nA. Brandt")
    assert document.date is not None
    assert document.date.edtf == "1923-03-11"


def test_the_number_of_a_draft() -> None:
    """ "No. 12 Draft" is the paper's number, and the day of a journal's entry is none."""
    draft = described("Lord Holm to Mr. Kell\nNo. 12 Draft\nRiga, May 5, 1867\nSir, All is well.")
    assert (draft.word("number"), draft.word("file_number")) == ("12", "")
    journal = described("Journal\n3. September 1939. All left.\n4. September 1939. All is burnt.")
    assert journal.word("number") == ""
    asked = described("Mr. A to Mr. B\nRiga, May 5, 1867\n12. May I ask what is meant?")
    assert asked.word("number") == "12"


def test_place_and_date_of_a_heading() -> None:
    """A heading that ends with place and date dates and places the letter."""
    head = (
        "Johann Huber an den Hofkriegsrat, Beyoglu (bei der Stadt), Konstantinopel, 5. Oktober 1719"
    )
    document = described(
        f"{head}\nNr. 16 d.d. Pera 3. Octobris 1719\nHochgeehrter Herr, es ist so."
    )
    assert document.place == Place("Beyoglu", 41.01, 28.95)
    assert document.date is not None
    assert document.date.edtf == "1719-10-05"
    assert [p.label for p in document.recipients] == ["Hofkriegsrat"]


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("Command to the judges, aides-de-camp of commanders, and notables, Istanbul, 4 May 1719",
         "Istanbul"),
        ("Protocol of Count Holm’s visit to the Admiral, Istanbul, 4 May 1720", "Istanbul"),
        ("The Travels of Kell, Ambassador to Vienna, anonymous, 4 May 1726", None),
        ("Agreement between Denmark and Peru on a Mission to Peru, Signed 4 May 1934", None),
        ("Count Holm an den Hofrat, erstes Feldlager über Niš, 4. Mai 1719",
         "erstes Feldlager über Niš"),
    ],
)  # fmt: skip
def test_place_that_ends_a_heading(heading: str, place: str | None) -> None:
    """Before the date of a heading stands a place, or something that is none."""
    document = described(f"{heading}\nIt was so, and all who were there saw it.")
    assert (document.place.name if document.place else None) == place


@pytest.mark.parametrize(
    ("foot", "name", "office"),
    [
        ("Yours, truly,\nJOHN KELL. Surgeon of Volunteers", "John Kell", "Surgeon of Volunteers"),
        ("I am, &c.,\nM. F. KELL.\nHon. A. Crane", "M. F. Kell", ""),
        ("I am, &c.,\nJ[ohn] K[ell]", "John Kell", ""),
        ("I am, &c.,\nJ. K. L.", "J. K. L.", ""),
        ("I am, &c.,\nThos. Kell, On behalf of the Danish Residents", "Thos. Kell", ""),
        ("With compliments,\nJohn Kell", "John Kell", ""),
        ("I am, &c.,\nBARLOW, FINCH & CO.,\n8 High Street.", "Barlow, Finch & Co", ""),
        ("Cards of—\nJohn Kell", "", ""),
        ("Herzlich\nIhr\nA. v. Kell", "A. v. Kell", ""),
        ("Cordialement\nA. Kell", "A. Kell", ""),
        ("Cheers\nA. Kell", "A. Kell", ""),
        ("I am, &c.,\nThe Minister of Ruritania: A. Kell", "A. Kell", "Minister of Ruritania"),
    ],
)
def test_signature(foot: str, name: str, office: str) -> None:
    """A signature gives the name as names are written, and an office where it is one."""
    document = described(f"Rome, May 4, 1864.\nSir: It is so and will be for long.\n{foot}")
    sender = document.senders[0] if document.senders else Party()
    assert (sender.name, sender.office) == (name, office)


@pytest.mark.parametrize(
    ("line", "name", "office"),
    [
        ("His Excellency Gen. R. H. Crane, Minister of Peru in Japan", "R. H. Crane",
         "Minister of Peru in Japan"),
        ("Hon. W. CRANE. Secretary of State, &c.", "W. Crane", "Secretary of State"),
        ("Mr. Crane leaves here for home, per English steamer.", "", ""),
    ],
)  # fmt: skip
def test_addressee(line: str, name: str, office: str) -> None:
    """The foot names the addressee with the office printed after the name."""
    text = f"Rome, May 4, 1864.\nSir: It is so and will be.\nI am, &c.,\nJOHN KELL.\n{line}"
    recipients = described(text).recipients
    recipient = recipients[0] if recipients else Party()
    assert (recipient.name, recipient.office) == (name, office)


@pytest.mark.parametrize(
    ("head", "foot", "sender", "recipient"),
    [
        ("Paris, 3 mai 1912\nMon cher Ministre,",
         "Croyez-moi votre dévoué\nPour le Ministre :\nLe Directeur politique,\nKellet",
         "Kellet | Directeur politique", ""),
        ("Madrid, 3 de mayo de 1912\nMuy Señor mío:",
         "Aprovecho esta ocasión.\nKellera\nExcmo. Señor Don Pedro Holma, Ministro de Estado",
         "Kellera | ", "Pedro Holma | Ministro de Estado"),
        ("Berlin, den 3. Mai 1912\nSehr geehrter Herr Holm!", "Hochachtungsvoll\ni. A. Kellen",
         "Kellen | ", ""),
        ("Berlin, den 3. Mai 1912\nAn den Botschafter Herrn Grafen von Holm in Wien",
         "I. V.\nvon Kellen", "von Kellen | ", "Graf von Holm | Botschafter in Wien"),
        ("Washington, May 3, 1911.\nThe Honorable\nThe Secretary of the Treasury.\nSir:",
         "In the absence of the Secretary:\nJohn Kell",
         "John Kell | ", " | Secretary of the Treasury"),
        ("Москва, 3 мая 1922 г.\nГосподин Посланник,",
         "Примите уверение в моем уважении.\nКеллин\nГосподину Посланнику Персии Хольми",
         "Келлин | ", "Хольми | Посланнику Персии"),
        ("Department of State,\nWashington, May 3, 1911.\nTo all diplomatic missions:\nSirs:",
         "I am, Sirs,\nJohn Kell,\nActing Secretary", "John Kell | Acting Secretary",
         " | diplomatic missions"),
    ],
)  # fmt: skip
def test_letters_without_heading(head: str, foot: str, sender: str, recipient: str) -> None:
    """Who signs, for whom and to whom is read from the frame of a letter in its language."""
    document = described(f"{head}\nThis is what it says, and more it does not say.\n{foot}")
    assert [f"{p.name} | {p.office}" for p in document.senders] == [sender]
    recipients = [f"{p.name} | {p.office}" for p in document.recipients]
    assert recipients == ([recipient] if recipient else [])


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Die Zeitung vom 3. Mai 1912\nDer Staatssekretär des Auswärtigen Amtes von Kellen "
         "erklärte, daß er nichts wisse.", "von Kellen"),
        ("Il Corriere, 3 maggio 1912\nIl ministro degli esteri, Kelletti, ha dichiarato che sa.",
         "Kelletti"),
        ("Известия, 3 мая 1922 г.\nНародный комиссар иностранных дел Келлин заявил, что знает.",
         "Келлин"),
    ],
)  # fmt: skip
def test_reported_speakers_of_other_languages(text: str, speaker: str) -> None:
    """The speaker is the author, and the newspaper is no place."""
    document = described(text)
    assert [p.name for p in document.senders] == [speaker]
    assert document.place is None


def test_namesakes_follow_the_state() -> None:
    """The state printed after a town chooses among its namesakes."""
    ohio = described("Mr. Fox to Mr. Hen\nParis, Texas, May 4, 1930.\nSir: Yes.").place
    france = described("Mr. Fox to Mr. Hen\nParis, May 4, 1930.\nSir: Yes.").place
    assert ohio is not None
    assert france is not None
    assert ohio.longitude is not None
    assert ohio.longitude < -90
    assert france.longitude == 2.35


def test_a_row_of_a_table_is_no_signature() -> None:
    """Cells below the text of a letter sign nothing."""
    lines, _ = read_foot("The road is open to all of us.\nDay\tTown\nKarl Kell", 0)
    assert [line.kind for line in lines][-2:] == ["other", "signature"]


def test_given_facts_stay_and_are_not_repeated() -> None:
    """What the source gives is kept, located where it has no coordinates, and not derived again."""
    given = (
        Fact("place", Place("Archangel"), "given", "tei:placeName"),
        Fact("sender", Party("Marsh"), "given"),
        Fact("recipient", Party("Harlow"), "given"),
        Fact("kind", "note", "given"),
    )
    bare = bare_document("a/1", TELEGRAM)
    document = Document(bare.id, bare.collection, bare.source, bare.text, facts=given)
    facts = describe(document).facts
    assert [f.field for f in facts if f.origin == "given"] == [f.field for f in given]
    assert not {"place", "sender", "recipient", "kind"} & {
        f.field for f in facts if f.origin == "derived"
    }
    assert facts[0].value == Place("Archangel", 64.54, 40.54)


def test_mark_up_is_followed() -> None:
    """Lines that the source marks up are what it says, and enclosures are left alone."""
    text = "On the coal question\nAt the mill\n3 May 1919\nText of it.\nRome, 1 June 1915"
    dateline = text.index("At the"), text.index("\nText")
    document = Document(
        "a/1", "a", Source("a.xml", ""), text,
        layers=(Layer("heading", 0, 20), Layer("dateline", *dateline)),
        enclosures=(Enclosure("e1", text.index("Rome"), len(text)),),
    )  # fmt: skip
    (fact,) = describe_dates(document, Context())
    assert fact.rule == "dateline"
    assert fact.span == (text.index("3 May"), text.index("\nText"))


def test_a_failing_describer_abstains(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plug-in that raises is named in a warning; the others are heard."""

    def broken(document: Document, context: Context) -> list[Fact]:
        raise RuntimeError("no luck")

    chosen = (("broken", broken), ("dates", describe_dates))
    monkeypatch.setattr(registry, "describers", lambda: chosen)
    with pytest.warns(DescriberWarning, match="broken failed on letters/1"):
        document = described("Rome, 4 May 1930")
    assert document.date is not None


def test_ours_come_in_order_through_the_same_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Describers are entry points: ours first and in order; one that cannot load is left out."""
    names = [name for name, _ in registry.describers()]
    assert names[:6] == list(registry.ORDER)
    lost = EntryPoint("lost", "no.such.module:thing", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [lost])
    registry.describers.cache_clear()
    try:
        with pytest.warns(DescriberWarning, match="lost cannot be loaded"):
            assert registry.describers() == ()
    finally:
        registry.describers.cache_clear()


@pytest.mark.parametrize(
    "text", ["", "\n\n", "\ufeff", "x", "(", "1", "Sir:", "No. 5", "[Telegram]"]
)
def test_almost_nothing(text: str) -> None:
    """Texts of next to nothing are described without a word of complaint."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert described(text).date is None


@given(st.text(max_size=300))
def test_any_text_is_described(text: str) -> None:
    """No text makes a describer fail, and every span lies in the text."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", DescriberWarning)
        document = described(text)
    for fact in document.facts:
        assert fact.span is None or 0 <= fact.span[0] < fact.span[1] <= len(document.text)


@given(st.text(alphabet=" \t\n\r\u00a0\ufeffab", max_size=60))
def test_folding(text: str) -> None:
    """Folding is done once and for all, and keeps every letter."""
    folded = fold(text)
    assert fold(folded) == folded
    assert [c for c in folded if c in "ab"] == [c for c in text if c in "ab"]


@pytest.mark.parametrize("heading", ["\n" * 200_000, "A to " * 50_000, "[" * 50_000])
def test_endless_heading(heading: str) -> None:
    """A heading of any length is looked at only as far as headings reach."""
    document = Document("a/1", "a", Source("a.xml", ""), "Some text.", heading=heading)
    assert describe(document).senders == []


@pytest.mark.parametrize(
    ("foot", "names"),
    [
        (
            "We have the honor to be your obedient servants,\nJ. Kell,\nPeter Holm,\nG. M. Vale.",
            ["J. Kell", "Peter Holm", "G. M. Vale"],
        ),
        (
            "We have the honor to be, etc.,\nJohn Kell\nPeter Holm\nTo the Governor.",
            ["John Kell", "Peter Holm"],
        ),
        ("Nous avons l’honneur d’être, etc.\nP. KELL\nJ. HOLM", ["P. Kell", "J. Holm"]),
        ("I am, sirs, your obedient servant,\nJohn Kell,\nPeter Holm.", ["John Kell"]),
    ],
)
def test_several_sign_where_the_formula_says_so(foot: str, names: list[str]) -> None:
    """ "We have the honor": every name below signs; under "I am" the first alone does."""
    document = described(f"Lima, May 3, 1861.\nGentlemen: It has been quiet here.\n{foot}")
    assert [party.name for party in document.senders] == names


def test_a_receipt_may_stand_behind_the_handing_in() -> None:
    """Handing in and receipt on one line are two times; day and month in figures are day first."""
    times = "Aufg. 8 Uhr 30 M. p.m. Eingetr. 4./11. 7 Uhr a.m."
    document = described(
        f"Telegramm aus Sofia Nr. 7\nSofia, 3. November 1912\n{times}\nEs ist ruhig."
    )
    received = document.first("received")
    assert received is not None
    assert isinstance(received.value, HistoricalDate)
    assert (received.value.edtf, received.value.time) == ("1912-11-04", "07:00")


@pytest.mark.parametrize(
    ("text", "sender", "recipient"),
    [
        ("Télégramme à Jean Kell, à Londres\nAlger, 3 mai 1943.\n"
         "Voyez-le et dites-lui que rien n’est réglé.\nPaul Holm",
         "Paul Holm", "Jean Kell"),
        ("À MONSIEUR DE KELL\nMonsieur de Kell, j'ay receu la vostre.\n"
         "Escript à Paris, le 3 may 1567.\nHOLM", "Holm", "de Kell"),
        ("Gesandtschaft in China\nPeking, den 4. Juni 1900\n"
         "Seiner Durchlaucht dem Herrn Reichskanzler Fürsten zu Holm\nEs ist ruhig.\nKell",
         "Kell", "Holm"),
    ],
)  # fmt: skip
def test_who_signs_to_whom_without_greeting(text: str, sender: str, recipient: str) -> None:
    """A recipient above, by title or address, and a name below: both are read."""
    document = described(text)
    assert [p.name for p in document.senders] == [sender]
    assert [p.name.endswith(recipient) for p in document.recipients] == [True]
