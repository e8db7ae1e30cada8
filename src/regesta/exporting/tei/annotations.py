"""Links and acts of a document as TEI annotations: ``standOff`` with pointers into its text.

The text carries ``anchor`` elements where their words begin and end; an annotation points at the
range between two of them. Words in a footnote are pointed at by their place in the note.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from regesta.documents import Act, Document, Fact, Link
from regesta.exporting.addresses import document_address
from regesta.exporting.tei.dates import cert
from regesta.exporting.tei.words import attribute, element, wrapped

#: Type of the ``standOff`` that Regesta writes, by which it knows it again.
TYPE = "regesta"
_RESP = "#regesta"


@dataclass(slots=True)
class Annotated:
    """What a document's links and acts add to its TEI.

    Attributes:
        stand_off: The ``standOff`` element, "" where there is nothing to say.
        anchors: Offset in the text → ids of the anchors that stand there.
        notes: Place of a note → its id.
        text: Id of the ``text``.
    """

    stand_off: str = ""
    anchors: dict[int, list[str]] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    text: str = ""


def annotated(
    document: Document,
    links: Iterable[Link],
    acts: Iterable[Act],
    *,
    prefix: str,
    address: str = "",
) -> Annotated:
    """Make the annotations of a document.

    Args:
        document: The document.
        links, acts: What is known of it.
        prefix: Begins every id; no other document of the file has it.
        address: Where the edition stands on the web, or "".
    """
    found = Annotated()
    made = [
        _annotation(
            _target(found, document, link.span, link.note, prefix),
            f"{prefix}.l{n}",
            "linking",
            link.confidence,
            _link_parts(link, address),
        )
        for n, link in enumerate(links, 1)
    ]
    made += [
        _annotation(
            _target(found, document, act.span, None, prefix),
            f"{prefix}.c{n}",
            "classifying",
            act.confidence,
            _act_parts(act),
        )
        for n, act in enumerate(acts, 1)
    ]
    if made:
        inner = "\n".join(made)
        found.stand_off = (
            f'<standOff type="{TYPE}"><listAnnotation>\n{inner}\n</listAnnotation></standOff>\n'
        )
    return found


def _target(
    found: Annotated,
    document: Document,
    span: tuple[int, int] | None,
    note: int | None,
    prefix: str,
) -> str:
    """A pointer at the words, for which the text gets its anchors, or at the whole text."""
    if note is not None and note < len(document.notes):
        id = found.notes.setdefault(note, f"{prefix}.n{note + 1}")
        if span is None:
            return f"#{id}"
        start, end = (_in_note(document.notes[note].text, offset) for offset in span)
        return f"#string-range({id},{start},{end - start})"
    if span is None:
        found.text = f"{prefix}.t"
        return f"#{found.text}"
    ends = [_anchor(found, offset, prefix) for offset in span]
    return f"#range({ends[0]},{ends[1]})"


def _anchor(found: Annotated, offset: int, prefix: str) -> str:
    here = found.anchors.setdefault(offset, [])
    if not here:
        here.append(f"{prefix}.a{offset}")
    return here[0]


def _in_note(text: str, offset: int) -> int:
    """An offset in a note's text counted in its element, where line breaks are not characters."""
    lines = text[:offset].split("\n")
    return sum(len(line) for line in lines[:-1] if line.strip()) + len(lines[-1])


def _annotation(target: str, id: str, motivation: str, confidence: float, inner: str) -> str:
    said = {"resp": _RESP, "cert": cert(Fact("", "", "derived", confidence=confidence))}
    given = "".join(attribute(name, value) for name, value in said.items())
    return (
        f'<annotation xml:id="{id}"{attribute("target", target)} motivation="{motivation}"{given}>'
        f"{inner}</annotation>"
    )


def _link_parts(link: Link, address: str) -> str:
    kind = link.kind.replace(" ", "-")
    where = document_address(address, link.target) if link.target else ""
    evidence = "; ".join(f"{name}: {words}" for name, words in sorted(link.evidence.items()))
    told = element("ref", link.printed, type=kind, target=where) if link.printed else ""
    if not told:
        told = element("ptr", type=kind, target=where) if where else element("note", type=kind)
    return told + (element("note", evidence, type="evidence") if evidence else "")


def _act_parts(act: Act) -> str:
    """One note an act: its parts as notes inside, each with its name."""
    said = {
        name: value
        for name, value in msgspec.to_builtins(act).items()
        if isinstance(value, str) and value and name != "act"
    }
    inner = "".join(element("note", value, type=name) for name, value in said.items())
    return wrapped("note", element("term", act.act) + inner, type="act")
