"""What a ``teiHeader`` says: of the collection, and of a letter that has a file to itself.

The header comes in as a small tree without namespaces; facts with origin ``given`` go out. The
whole text of the header is kept as well (:func:`header_text`), so nothing of it is lost.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from xml.etree.ElementTree import Element

from regesta.documents import Collection, Fact, HistoricalDate, Party, Place, Source, Subject
from regesta.documents.ids import local_id, slug
from regesta.reading.languages import language_code
from regesta.reading.tei.facts import read_date
from regesta.reading.tei.rules import XML_ID, XML_LANG
from regesta.reading.tei.words import words

Qualify = Callable[[str], str]
#: Ends the rule of a fact that the mark-up of a body gave.
BODY = "/orgName"
#: Languages whose title heads a document when it has titles in several.
_PREFERRED = ("en", "eng")
_YEAR_AT_END = re.compile(r",?\s*\b(\d{4}(?:[-–/]\d{2,4})?)\W*$")
#: A sub-series longer than a year or two is a title, not a year.
_LONGEST_YEAR = 12
_PLACES = ("placeName", "settlement", "geogName")
#: TEI's words for certainty, as far as they take something away, and the confidence of a fact.
CERTAINTY = {"medium": 0.8, "low": 0.5}


def words_of(element: Element | None) -> str:
    """Give all the words of an element on one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def header_text(header: Element) -> str:
    """Give the whole text of a header, one piece of text a line."""
    pieces = (" ".join(piece.split()) for piece in header.itertext())
    return "\n".join(piece for piece in pieces if piece)


def _language(element: Element) -> str:
    return language_code(element.get(XML_LANG, ""))


def _first(header: Element, *paths: str) -> str:
    for path in paths:
        for element in header.iterfind(path):
            if text := words_of(element):
                return text
    return ""


def best_title(titles: Iterable[Element], languages: Iterable[str] = ()) -> str:
    """Choose among titles in several languages: English, else the document's, else the first."""
    by_language: dict[str, str] = {}
    for title in titles:
        if text := words_of(title):
            by_language.setdefault(_language(title), text)
    for language in (*_PREFERRED, *languages):
        if language in by_language:
            return by_language[language]
    return next(iter(by_language.values()), "")


def languages_of(header: Element) -> tuple[str, ...]:
    """Give the languages that ``langUsage`` lists."""
    found = (language_code(e.get("ident", "")) for e in header.iterfind(".//langUsage/language"))
    return tuple(dict.fromkeys(code for code in found if code))


# Collections.


def _published(header: Element, source: Source) -> dict[str, object]:
    imprint = header.find("fileDesc/publicationStmt")
    place = publisher = year = licence = ""
    if imprint is not None:
        publisher = _first(imprint, "publisher", "distributor")
        place = _first(imprint, "pubPlace")
        date = imprint.find("date")
        if date is not None:
            year = words_of(date) or date.get("when", "")
        rights = imprint.find(".//licence")
        if rights is not None:
            licence = rights.get("target") or words_of(rights)
        else:
            licence = _first(imprint, "availability")
    return {
        "publisher": ", ".join(part for part in (publisher, place) if part),
        "publisher_place": place,
        "published": year,
        "licence": licence,
        "languages": languages_of(header),
        "source": source,
    }


def volume_id(header: Element, root: dict[str, str], stem: str) -> str:
    """Give a volume's id: its own ``xml:id``, else its number in its series, else its file."""
    own = root.get(XML_ID) or root.get("id") or _first(header, ".//idno[@type='frus']")
    return local_id(own or stem)


def volume_collection(id: str, header: Element, source: Source) -> Collection:
    """Describe a file that is a collection of its own."""
    titles = {
        t.get("type", "").replace("-", ""): words_of(t)
        for t in header.iterfind(".//titleStmt/title")
    }
    main = header.findall("fileDesc/titleStmt/title")
    title = titles.get("complete") or titles.get("main") or best_title(main) or id
    series = titles.get("series") or best_title(header.iterfind("fileDesc/seriesStmt/title"))
    return Collection(
        id=id,
        title=title,
        short_title=titles.get("short") or short_title(titles, series),
        series=series,
        **_published(header, source),  # type: ignore[arg-type]
    )


def short_title(titles: dict[str, str], series: str) -> str:
    """Make a volume's name for lists of what its header says in parts.

    Args:
        titles: Its titles by type: ``subseries``, ``volume``, ``volumenumber``.
        series: The title of its series.

    Returns:
        "1918, Russia, vol. III"; without a volume "Foreign Relations, 1870"; "" where the header
        names neither a volume nor a year.
    """
    ends_in = _YEAR_AT_END.search(series)
    name = series[: ends_in.start()] if ends_in else series
    year = titles.get("subseries", "") or (ends_in[1] if ends_in else "")
    volume, number = titles.get("volume", ""), titles.get("volumenumber", "")
    number = re.sub(r"(?i)\b(?:volume\b|vol\.?)(?=\s)", "vol.", number)
    year = year if year[:1].isdecimal() and len(year) <= _LONGEST_YEAR else ""
    if not volume and not number:
        name = _lead_in().sub("", name)
        return f"{name}, {year}" if name and year else ""
    parts = (year if year not in volume else "", volume, number)
    return ", ".join(part for part in parts if part)


@cache
def _lead_in() -> re.Pattern[str]:
    """The pattern of words before the proper name of a series."""
    joined = "|".join(re.escape(opening) for opening in words("titles", "lead_ins"))
    return re.compile(rf"^(?:{joined})\s+", re.IGNORECASE)


def series_collection(header: Element | None, folder: str, source: Source) -> Collection:
    """Describe the collection that a one-document file belongs to: its series, else its folder."""
    name = folder or "documents"
    if header is None:
        return Collection(id=slug(name), title=name, source=source)
    title = best_title(header.iterfind("fileDesc/seriesStmt/title"))
    return Collection(
        id=slug(title or name),
        title=title or name,
        series=title,
        **_published(header, source),  # type: ignore[arg-type]
    )


# Documents.


def document_heading(header: Element) -> str:
    """Give the title that heads a document."""
    titles = [t for t in header.iterfind("fileDesc/titleStmt/title") if t.get("type") != "desc"]
    return best_title(titles, languages_of(header))


def header_facts(header: Element, qualify: Qualify) -> list[Fact]:
    """Give the facts a header states of its one document."""
    facts = _titles(header)
    facts += _correspondence(header, qualify)
    facts += _manuscript(header, facts)
    facts += _printed_source(header)
    facts += _abstract(header)
    languages = languages_of(header)
    if len(languages) == 1:
        facts.append(Fact("language", languages[0], "given", "tei:langUsage"))
    return facts


def _titles(header: Element) -> list[Fact]:
    facts = []
    for title in header.iterfind("fileDesc/titleStmt/title"):
        if text := words_of(title):
            language = _language(title)
            rule = f"tei:title[{language}]" if language else "tei:title"
            facts.append(Fact("title", text, "given", rule))
    for author in header.iterfind("fileDesc/titleStmt/author"):
        if text := words_of(author):
            facts.append(Fact("author", text, "given", "tei:author"))
    return facts


def actions(description: Element) -> Iterator[tuple[str, Element]]:
    """Go through a ``correspDesc``: pairs of "sent" or "received" (or another act) and element.

    Older forms are read as well: ``correspAction`` without ``@type`` in the order sent, received,
    and ``sender``, ``addressee``, ``placeSender``… as elements of their own are left to text.
    """
    order = ["sent", "received"]
    for action in description.iterfind("correspAction"):
        kind = action.get("type") or (order[0] if order else "")
        if kind in order:
            order.remove(kind)
        yield kind, action


def _parties(action: Element, field: str, rule: str, qualify: Qualify) -> Iterator[Fact]:
    for tag in ("persName", "orgName", "name", "rs"):
        for element in action.iterfind(tag):
            name, office = name_and_office(element)
            if name and element.get("type") != "place":
                key = element.get("key", "")
                person = qualify(element.get("ref") or (f"#{key}" if key else ""))
                said = f"{rule}{BODY}" if tag == "orgName" else rule
                party = Party(name, office, person=person)
                yield Fact(field, party, "given", said, confidence=_sure(element))


def name_and_office(element: Element) -> tuple[str, str]:
    """Part a name of the header from the office in ``roleName`` or ``@role``; "" for none."""
    roles = [role for role in element.iter("roleName") if words_of(role)]
    name = words_of(element)
    if not roles:
        role = element.get("role", "")
        return name, role if " " in role or role[:1].isupper() else ""
    office = ", ".join(words_of(role) for role in roles)
    parts = [element.text or ""]
    for child in element:
        if child not in roles:
            parts.append(words_of(child))
        parts.append(child.tail or "")
    bare = " ".join(" ".join(parts).split()).strip(" ,;")
    return (bare, office) if bare else (name, "")


def correspondence_facts(description: Element, qualify: Qualify) -> list[Fact]:
    """Give the facts of one ``correspDesc``: of a document's header, or of a CMIF file."""
    rule = "tei:correspDesc"
    facts: list[Fact] = []
    for kind, action in actions(description):
        if kind == "sent":
            facts += _parties(action, "sender", rule, qualify)
            facts += _place(action, "place", rule, qualify)
        elif kind == "received":
            facts += _parties(action, "recipient", rule, qualify)
            facts += _place(action, "destination", rule, qualify)
        if kind in ("sent", "received"):
            for date in action.iterfind("date"):
                value_ = date_of(date)
                if value_ is not None:
                    field = "date" if kind == "sent" else "received"
                    facts.append(Fact(field, value_, "given", rule, confidence=_sure(date)))
    return facts


def _place(action: Element, field: str, rule: str, qualify: Qualify) -> list[Fact]:
    for place in (e for tag in _PLACES for e in action.iter(tag)):
        if name := words_of(place):
            value = Place(name, ref=qualify(place.get("ref", "")))
            return [Fact(field, value, "given", rule, confidence=_sure(place))]
    return []


def _sure(element: Element) -> float:
    """How sure the source is of what an element says, by its ``@cert``."""
    return CERTAINTY.get(element.get("cert", ""), 1.0)


def date_of(element: Element) -> HistoricalDate | None:
    """Read a date element of a header."""
    return read_date(dict(element.attrib), words_of(element))


def _correspondence(header: Element, qualify: Qualify) -> list[Fact]:
    descriptions = header.findall(".//correspDesc")
    return correspondence_facts(descriptions[0], qualify) if len(descriptions) == 1 else []


def _manuscript(header: Element, facts: list[Fact]) -> list[Fact]:
    found: list[Fact] = []
    identifier = header.find(".//msDesc/msIdentifier")
    if identifier is not None:
        parts = [words_of(part) for part in identifier if part.tag != "altIdentifier"]
        line = ", ".join(part for part in parts if part)
        if line:
            found.append(Fact("repository", line, "given", "tei:msDesc"))
    if not any(fact.field == "date" for fact in facts):
        for path in (".//msDesc/history/origin/origDate", ".//profileDesc/creation/date"):
            element = header.find(path)
            date = date_of(element) if element is not None else None
            if date is not None:
                found.append(Fact("date", date, "given", f"tei:{path.rpartition('/')[2]}"))
                break
    return found


def _printed_source(header: Element) -> list[Fact]:
    """Where the document was printed before, as the first ``bibl`` of its source says."""
    bibl = header.find("fileDesc/sourceDesc/bibl")
    if bibl is None or header.find("fileDesc/sourceDesc/msDesc") is not None:
        return []
    titles = ", ".join(filter(None, map(words_of, bibl.iterfind("title"))))
    said = titles or ("" if len(bibl) else words_of(bibl))
    return [Fact("publication", said, "given", "tei:sourceDesc/bibl")] if said else []


def _abstract(header: Element) -> list[Fact]:
    facts: list[Fact] = []
    for abstract in header.iterfind(".//abstract"):
        for item in abstract.iterfind(".//item"):
            if label := words_of(item):
                facts.append(Fact("subject", Subject(label), "given", "tei:abstract"))
        summary = " ".join(words_of(p) for p in abstract.iterfind("p")).strip()
        if not len(abstract):
            summary = words_of(abstract)
        if summary:
            facts.append(Fact("summary", summary, "given", "tei:abstract"))
    for term in header.iterfind(".//textClass/keywords//term"):
        if label := words_of(term):
            facts.append(Fact("subject", Subject(label), "given", "tei:keywords"))
    return facts
