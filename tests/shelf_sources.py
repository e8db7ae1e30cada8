"""Made-up sources for tests of the shelf: volumes in TEI and letters in Markdown."""

from pathlib import Path

_VOLUME = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0"
  xml:id="{id}">
<teiHeader><fileDesc><titleStmt><title type="complete">{title}</title></titleStmt>
<publicationStmt><publisher>Harbour Press</publisher><date>1910</date></publicationStmt>
<sourceDesc><p>Made up.</p></sourceDesc></fileDesc></teiHeader>
<text><front><div type="section" xml:id="persons"><head>Persons</head><list>
<item><persName xml:id="p_HE1">Harrow, Edmund T.</persName>, Consul at Ostova</item>
</list></div></front><body><div type="compilation" xml:id="comp1"><head>Ostova</head>
{documents}
</div></body></text></TEI>
"""
_DOCUMENT = """<div type="document" xml:id="d{n}" n="{n}"><pb n="{page}" xml:id="pg_{page}"/>
<head>The Consul at Ostova (<persName type="from" corresp="#p_HE1">Harrow</persName>)
to the Secretary of State</head>
<opener><dateline><placeName>Ostova</placeName>,
<date when="{day}">{printed}</date></dateline></opener>
<p>{words}</p></div>
"""
_MONTHS = {"05": "May", "06": "June", "07": "July"}


def volume(
    folder: Path, id: str, *, documents: int = 3, title: str = "", words: str = "The quay is calm."
) -> Path:
    """Write a volume whose documents d1… are of 1 May 1903 and the days after it."""
    divs = []
    for n in range(1, documents + 1):
        day = f"1903-{5 + (n - 1) // 28:02}-{(n - 1) % 28 + 1:02}"
        printed = f"{_MONTHS[day[5:7]]} {int(day[8:])}, 1903"
        divs.append(
            _DOCUMENT.format(n=n, page=n + 10, day=day, printed=printed, words=f"{words} Item {n}.")
        )
    text = _VOLUME.format(
        id=id, title=title or f"Papers of Ostova, {id}", documents="\n".join(divs)
    )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{id}.xml"
    path.write_text(text, encoding="utf-8")
    return path


def letter(
    folder: Path,
    name: str,
    *,
    date: str = "1903-05-02",
    collection: str = "Letters from the quay",
    sender: str = "Anna Lisle",
    to: str = "Edmund Harrow",
    words: str = "The ships have left.",
    side: str = "",
) -> Path:
    """Write a letter in Markdown with front matter."""
    head = {"collection": collection, "title": f"Letter {name}", "date": date, "from": sender}
    head |= {"to": to, "side": side, "place": "Ostova"}
    lines = [f"{key}: {value}" for key, value in head.items() if value]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.md"
    path.write_text("\n".join(["---", *lines, "---", "", words, ""]), encoding="utf-8")
    return path
