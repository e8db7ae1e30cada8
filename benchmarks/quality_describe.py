"""How right the describers are: bare text in, compared with what the editors marked up.

Prints right, wrong and abstained a field for FRUS and for QhoD's letters (raw and corrected gold):
in all; by halves, since rules were written on the volumes of half 0 and on QhoD, and half 1 was
held out; by eras, since headings changed about 1906; and for the volume that fares worst. "right"
lets doubt marks, wider names and a building beside the town pass; "strictly" does not, but for the
house and the country printed beside a town. The gold of FRUS stands beside the corpora, in
``../gold``.

The gold of parties is what editors tagged in headings. Where it has none, a letter without heading
is still signed: such documents are counted apart from those that nobody signs either. Those for
which parties are described although the gold has none were read one by one
(``no_parties_read.tsv``): a third count leaves out those that are letters, whatever is tagged.

    python benchmarks/quality_describe.py [--volumes] [--errors FIELD] [--half 0|1]
"""

import argparse
import collections
import datetime as dt
import json
import os
import re
import time
from pathlib import Path

from lxml import etree

from regesta.auditing.comparing import (
    exactly_party,
    exactly_place,
    labels_of,
    same_party,
    same_place,
)
from regesta.describing.bare import bare_document
from regesta.describing.places.gazetteer import locate
from regesta.describing.registry import describe
from regesta.documents import Document, HistoricalDate
from regesta.edition.building.pipeline import prepare

ROOT = Path(__file__).parents[1]
TEI = "{http://www.tei-c.org/ns/1.0}"
FRUS = "{http://history.state.gov/frus/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FIELDS = ("date", "sender", "recipient", "place")
READ = Path(__file__).with_name("no_parties_read.tsv")
#: Letters of QhoD whose header names another than title and text do, or the same by another name.
QHOD_READ = Path(__file__).with_name("qhod_read.tsv")
#: From this year on headings name offices first: "The Ambassador in Russia (Kell) to …".
NEW_HEADINGS = 1906
#: A volume with fewer units of a kind says nothing of it.
LEAST_UNITS = 30
BLOCKS = {
    *("head", "p", "dateline", "opener", "closer", "signed", "salute", "item", "list", "row"),
    *("table", "div", "quote", "lg", "l", "postscript", "trailer", "byline", "argument", "note"),
    *("label", "cell", "ab"),
}


def same_date(gold: str, found: str) -> bool:
    return found.rstrip("?~%") == gold[:10].rstrip("T")


def judge(field: str, gold: object, document: Document) -> str:
    """right, wrong, abstained; extra and none where the gold has no value."""
    if field == "date":
        date = document.date
        if not gold:
            return "extra" if date else "none"
        return "abstained" if date is None else _verdict(same_date(str(gold), date.edtf))
    if field == "place":
        place = document.place
        if not gold:
            return "extra" if place else "none"
        return "abstained" if place is None else _verdict(same_place(str(gold), place.name, locate))
    parties = document.senders if field == "sender" else document.recipients
    if not gold:
        return "extra" if parties else "none"
    labels = [labels_of(p) for p in parties]
    if not labels:
        return "abstained"
    assert isinstance(gold, list)
    return _verdict(same_party(gold, labels))


def _verdict(right: bool) -> str:
    return "right" if right else "wrong"


def strictly(field: str, gold: object, document: Document) -> bool:
    """The same, but nothing more and nothing less: no doubt, no wider name, every party."""
    if field == "date":
        return document.date is not None and document.date.edtf == str(gold)[:10].rstrip("T")
    if field == "place":
        return document.place is not None and exactly_place(str(gold), document.place.name)
    parties = document.senders if field == "sender" else document.recipients
    assert isinstance(gold, list)
    return exactly_party(gold, [labels_of(p) for p in parties])


def frus_texts(folder: Path) -> dict[str, str]:
    """Bare texts of the documents and attachments of FRUS volumes, by the ids of the gold."""
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.xml")):
        root = etree.parse(path, etree.XMLParser(huge_tree=True)).getroot()
        n = 0
        for div in root.iter(f"{TEI}div"):
            if div.get("type") != "document":
                continue
            did = div.get(XML_ID) or f"x{n}"
            n += 1
            texts[f"{path.stem}/{did}"] = unmarked(div)
            for k, att in enumerate(div.iter(f"{FRUS}attachment"), 1):
                texts[f"{path.stem}/{did}/{att.get(XML_ID) or f'att{k}'}"] = unmarked(att)
    return texts


def unmarked(element: etree._Element) -> str:
    """Blocks end in a line break, <lb/> is one; footnotes, attachments, pages are gone."""
    out: list[str] = []

    def walk(e: etree._Element, top: bool = False) -> None:
        name = etree.QName(e).localname if isinstance(e.tag, str) else ""
        note = name == "note" and e.get("rend") != "inline"
        if name == "lb":
            out.append("\n")
        elif name and (top or not (note or name == "attachment")):
            block = not top and (name in BLOCKS or name == "attachment")
            out.append("\x01" if block else "")
            out.append(e.text or "" if name != "pb" else "")
            for child in e:
                walk(child)
            out.append("\x01" if block else "")
        if not top:
            out.append(e.tail or "")

    walk(element, True)
    raw = "".join(out)
    raw = re.sub(
        r"[ \t\r\u00a0]+", " ", re.sub(r"(?<![\x01])\n(?=\S)", "\x02", raw).replace("\n", " ")
    )
    return re.sub(r"[ \n]*[\x01\x02][\x01\x02 \n]*", "\n", raw).strip()


def load_frus(corpora: Path) -> list[tuple[str, str, dict[str, object], str, dict[str, object]]]:
    """(group, unit, gold, text, corrected gold) of every unit that the gold names."""
    gold_folder = corpora.parent / "gold"
    defects = {}
    for line in (gold_folder / "frus_date_defects.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        defects[entry["id"]] = entry["suggested"]
    texts = frus_texts(corpora / "frus")
    units = []
    for line in (gold_folder / "frus_metadata.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        if entry["id"] not in texts:
            continue
        gold = {
            "id": entry["id"],
            "date": entry["date"],
            "sender": entry["from"],
            "recipient": entry["to"],
            "place": entry["place"],
            "signed": entry["signed"],
            "dateline": entry.get("dateline"),
        }
        corrected = {**gold, "date": defects.get(entry["id"], entry["date"])}
        volume = entry["id"].partition("/")[0]
        units.append((volume, entry["unit"], gold, texts[entry["id"]], corrected))
    return units


def load_qhod(corpora: Path) -> list[tuple[str, str, dict[str, object], str, dict[str, object]]]:
    """QhoD's letters: German title and transcription in, correspDesc as gold."""
    units = []
    read = qhod_read()
    for path in sorted((corpora / "qhod").glob("*.l.*.xml")):
        try:
            root = etree.parse(path).getroot()
        except etree.XMLSyntaxError:
            continue
        described = root.find(f".//{TEI}correspDesc")
        body = root.find(f".//{TEI}body")
        if described is None or body is None:
            continue
        titles = [
            " ".join("".join(t.itertext()).split())
            for t in root.iterfind(f".//{TEI}titleStmt/{TEI}title")
            if t.get(XML_LANG) in ("de", None)
        ]
        gold: dict[str, object] = {"date": None, "sender": [], "recipient": [], "place": None}
        for action in described.iterfind(f"{TEI}correspAction"):
            names = [
                " ".join("".join(e.itertext()).split())
                for e in action.iter(f"{TEI}persName", f"{TEI}orgName", f"{TEI}rs")
            ]
            field = "sender" if action.get("type") == "sent" else "recipient"
            gold[field] = [n for n in names if n]
            if field == "sender":
                date, place = action.find(f"{TEI}date"), action.find(f"{TEI}placeName")
                gold["date"] = date.get("when") if date is not None else None
                gold["place"] = (
                    " ".join("".join(place.itertext()).split()) if place is not None else None
                )
        text = "\n".join([*titles[:1], unmarked(body)])
        corrected = {**gold, "date": _printed_day(titles[0]) or gold["date"]} if titles else gold
        corrected = {**corrected, **read.get(path.stem, {})}
        units.append(("qhod", "letter", gold, text, corrected))
    return units


def qhod_read() -> dict[str, dict[str, object]]:
    """Letter → field → what its title and text say, where the header says it otherwise."""
    found: dict[str, dict[str, object]] = {}
    for line in QHOD_READ.read_text("utf-8").splitlines()[1:]:
        letter, field, words, _ = line.split("\t")
        one: object = words or None if field == "place" else [words] if words else []
        found.setdefault(letter, {})[field] = one
    return found


_GERMAN = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"


def _printed_day(title: str) -> str | None:
    """The day that an edition's own title ends with ("…, Pera, 04. April 1720").

    Four letters have another day in ``correspDesc`` than in their title and their dateline.
    """
    match = re.search(rf"(\d{{1,2}})\. ({_GERMAN}) (\d{{4}})\W*$", title)
    if match is None:
        return None
    month = _GERMAN.split("|").index(match[2]) + 1
    return f"{match[3]}-{month:02d}-{int(match[1]):02d}"


_RECEIVED = re.compile(r"\bRec(?:eived|[’']?d)\b", re.I)
#: Days by which a receipt may lie before its sending (clocks), and after it (ships).
CLOCKS, LONGEST_WAY = 1, 300


def received(
    units: list[tuple[str, str, dict[str, object], str, dict[str, object]]],
    described: list[Document],
) -> str:
    """How many printed times of receipt are parsed, and how many of those can be true.

    One is plausible where it lies from a day before the sending to 300 days after it, and where
    its day is among the printed figures, or none is printed but the hour.
    """
    asked = parsed = plausible = 0
    for (_, _, _, _, gold), document in zip(units, described, strict=True):
        printed = _RECEIVED.split(str(gold.get("dateline") or ""), maxsplit=1)[1:]
        figures = {int(n) for n in re.findall(r"\d+", printed[0])} if printed else set()
        if not figures:
            continue
        asked += 1
        fact = document.first("received")
        day = fact.value.day if fact and isinstance(fact.value, HistoricalDate) else None
        if fact is None or day is None:
            continue
        parsed += 1
        sent = str(gold["date"] or "")[:10]
        if len(sent) < 10:
            sent = (document.date.earliest if document.date else None) or day
        apart = (dt.date.fromisoformat(day) - dt.date.fromisoformat(sent)).days
        named = int(day[8:]) in figures or fact.rule == "received-day-of-sending"
        plausible += -CLOCKS <= apart <= LONGEST_WAY and named
    return (
        f"received: n {asked}  parsed {parsed / max(asked, 1):.4f}  "
        f"parsed and plausible {plausible / max(asked, 1):.4f}"
    )


def groups_of(group: str, volumes: list[str]) -> list[str]:
    """What a unit counts for: all, its half, its era, its volume; QhoD's letters for themselves."""
    if group not in volumes:
        return [group]
    year = re.search(r"\d{4}", group)
    era = "to 1905" if year and int(year[0]) < NEW_HEADINGS else "from 1906"
    return ["all", f"half {volumes.index(group) % 2}", era, group]


def print_tally(name: str, unit: str, field: str, tally: collections.Counter[str]) -> None:
    n = tally["right"] + tally["wrong"] + tally["abstained"]
    if n:
        print(
            f"{name:20} {unit:11} {field:16} n {n:5}  right {tally['right'] / n:.4f}  "
            f"strictly {tally['strict'] / n:.4f}  "
            f"wrong {tally['wrong'] / n:.4f}  abstained {tally['abstained'] / n:.4f}  "
            f"without gold: {tally['none']} none, {tally['extra']} described"
        )


def print_worst(
    tallies: dict[tuple[str, str, str], collections.Counter[str]], volumes: list[str]
) -> None:
    """The volume with the least right of each field: what may happen on one nobody has seen."""
    worst: dict[tuple[str, str], tuple[float, str, int]] = {}
    for (name, unit, field), tally in tallies.items():
        n = tally["right"] + tally["wrong"] + tally["abstained"]
        if name in volumes and n >= LEAST_UNITS:
            found = (tally["right"] / n, name, n)
            worst[unit, field] = min(worst.get((unit, field), found), found)
    for (unit, field), (share, name, n) in sorted(worst.items()):
        print(f"{'worst volume':20} {unit:11} {field:16} n {n:5}  right {share:.4f}  {name}")


def print_none(
    units: list[tuple[str, str, dict[str, object], str, dict[str, object]]],
    described: list[Document],
) -> None:
    """How documents without parties fare, and how often parties are denied that the gold has."""
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    rows = [line.split("\t") for line in READ.read_text("utf-8").splitlines()[1:]]
    letters = {row[0] for row in rows if row[1] == "parties"}
    for (_, unit, gold, _, _), document in zip(units, described, strict=True):
        if unit != "document":
            continue
        firm = document.word("parties") == "none"
        named = bool(document.senders or document.recipients)
        if gold["sender"] or gold["recipient"]:
            group = "has parties"
        else:
            group = "signed only" if gold["signed"] else "nor signature"
            counts["no parties"]["n"] += 1
            counts["no parties"]["none"] += not named
            counts["no parties"]["firm"] += firm
            if gold["id"] not in letters:
                counts["nor read to have"]["n"] += 1
                counts["nor read to have"]["none"] += not named
                counts["nor read to have"]["firm"] += firm
        counts[group]["n"] += 1
        counts[group]["none"] += not named
        counts[group]["firm"] += firm
    for group, tally in sorted(counts.items()):
        n = tally["n"]
        print(
            f"{'all':20} {'document':11} {group:16} n {n:5}  none described "
            f"{tally['none'] / n:.4f}  firmly none {tally['firm'] / n:.4f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("REGESTA_CORPORA") or str(ROOT.parent / "shared" / "corpora")
    parser.add_argument("--corpora", type=Path, default=Path(default))
    parser.add_argument("--volumes", action="store_true", help="a line for every volume")
    parser.add_argument("--errors", choices=FIELDS, help="print what was wrong or missed")
    parser.add_argument("--extra", action="store_true", help="print what the gold does not have")
    parser.add_argument("--half", type=int, choices=(0, 1), help="every other volume only")
    parser.add_argument("--limit", type=int, default=40)
    options = parser.parse_args()
    units = load_frus(options.corpora) + load_qhod(options.corpora)
    volumes = sorted({u[0] for u in units if u[0] != "qhod"})
    if options.half is not None:
        units = [u for u in units if u[0] in volumes[options.half :: 2] or u[0] == "qhod"]
    prepare()  # as a build does before it reads: what is loaded once is not counted
    start = time.process_time()
    described = [describe(bare_document(f"{u[0]}/{i}", u[3])) for i, u in enumerate(units)]
    seconds = time.process_time() - start
    tallies: dict[tuple[str, str, str], collections.Counter[str]] = {}
    shown = 0
    for (group, unit, gold, text, corrected), document in zip(units, described, strict=True):
        for field in FIELDS:
            verdict = judge(field, corrected[field], document)
            raw = judge(field, gold[field], document)
            for name in groups_of(group, volumes):
                tally = tallies.setdefault((name, unit, field), collections.Counter())
                tally[verdict] += 1
                tally["strict"] += bool(corrected[field]) and strictly(
                    field, corrected[field], document
                )
            if field == "date" or unit == "letter":
                key = ("all" if unit != "letter" else "qhod", unit, f"{field} (raw gold)")
                tally = tallies.setdefault(key, collections.Counter())
                tally[raw] += 1
                tally["strict"] += bool(gold[field]) and strictly(field, gold[field], document)
            if (
                field == options.errors
                and verdict in (("extra",) if options.extra else ("wrong", "abstained"))
                and shown < options.limit
            ):
                shown += 1
                fact = {"sender": document.senders, "recipient": document.recipients}
                have = fact.get(field) or document.first(field)
                print(f"--- {verdict} {group} {unit} gold {corrected[field]!r}\n    {have}")
                print("\n".join("    > " + line[:160] for line in text.split("\n")[:6]))
    for (name, unit, field), tally in sorted(tallies.items()):
        if name not in volumes or options.volumes:
            print_tally(name, unit, field, tally)
    print_worst(tallies, volumes)
    print_none(units, described)
    print(received(units, described))
    located = [d.place.latitude is not None for d in described if d.place]
    if located:
        print(f"places located: {sum(located) / len(located):.4f} of {len(located)}")
    print(f"{len(units)} texts in {seconds:.2f} CPU seconds: {len(units) / seconds:.0f} a second")


if __name__ == "__main__":
    main()
