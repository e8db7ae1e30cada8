"""What each TEI element does to the text: the table the walker goes by.

An element is a line of its own, a cell or part of a line; it may leave a mark; and a few are
structural and have a function of the walker to themselves. What is not in the table is kept as
text with the mark ``other`` and its own name.
"""

from typing import Final

from regesta.documents.document import MarkKind

TEI_NS: Final = "http://www.tei-c.org/ns/1.0"
FRUS_NS: Final = "http://history.state.gov/frus/ns/1.0"
XML_ID: Final = "http://www.w3.org/XML/1998/namespace}id"
XML_LANG: Final = "http://www.w3.org/XML/1998/namespace}lang"

INLINE, CELL, LINE = 0, 2, 3
SEPARATORS = ("", " ", "\t", "\n")


class Rule:
    """What an element does.

    Attributes:
        name: Its local name.
        level: INLINE, CELL or LINE.
        mark: The mark it leaves, or an empty string.
        container: Whether everything directly inside stands on lines of its own.
        special: Name of the walker's function for it, or an empty string.
    """

    __slots__ = ("container", "level", "mark", "name", "special")

    def __init__(
        self,
        name: str,
        level: int = INLINE,
        mark: MarkKind | str = "",
        *,
        container: bool = False,
        special: str = "",
    ) -> None:
        self.name = name
        self.level = level
        self.mark = mark
        self.container = container
        self.special = special


def _table() -> dict[str, Rule]:
    rules: dict[str, Rule] = {}

    def add(names: str, level: int = INLINE, mark: str = "", **more: object) -> None:
        for name in names.split():
            rules[name] = Rule(name, level, mark, **more)  # type: ignore[arg-type]

    # Structure.
    add("TEI TEI.2 teiCorpus", LINE, container=True, special="root")
    add("teiHeader facsimile standOff sourceDoc xenoData", LINE, special="tree")
    add("text", LINE, container=True, special="text")
    add("front body back group", LINE, container=True, special="part")
    add("div div0 div1 div2 div3 div4 div5 div6 div7", LINE, container=True, special="div")
    add("attachment floatingText", LINE, container=True)
    add("titlePage", LINE, container=True, special="part")
    add("docTitle docImprint imprimatur epigraph argument", LINE, container=True)
    add("postscript opener closer", LINE)
    add("titlePart docAuthor docDate docEdition byline trailer", LINE)
    add("head dateline salute signed", LINE)
    add("listPerson listOrg listPlace", LINE, container=True, special="register")
    # Blocks.
    add("p ab", LINE, "paragraph")
    add("quote cit", INLINE, "other")
    add("q said", INLINE)
    add("lg sp stage", LINE, container=True)
    add("l", LINE, "verse")
    add("list listBibl castList", LINE, "list", container=True)
    add("item", LINE, "item", special="item")
    add("label", LINE, "label", special="label")
    add("bibl biblStruct", INLINE)
    add("table", LINE, "table", container=True)
    add("row", LINE, "row")
    add("cell", CELL, "cell", special="cell")
    add("figure", LINE, "figure", container=True)
    add("figDesc caption", LINE)
    add("fw", LINE, "other")
    add("address", INLINE)
    add("addrLine", LINE)
    add("note", INLINE, special="note")
    # Milestones: no text of their own.
    add("pb", INLINE, "page", special="page")
    add("lb", INLINE, "line", special="line")
    add("cb gb milestone", INLINE, "other", special="milestone")
    add("gap space", INLINE, "gap")
    add("graphic media", INLINE, "figure")
    add("anchor index", INLINE)
    add("ptr", INLINE, special="pointer")
    # Names, dates, references.
    add("persName name forename surname roleName", INLINE)
    add("placeName orgName rs gloss date time geogName country settlement", INLINE)
    add("ref", INLINE, "ref", special="pointer")
    # Typography and apparatus.
    add("hi emph mentioned soCalled distinct", INLINE)
    add("foreign", INLINE, "foreign")
    add("term", INLINE, "term")
    add("title", INLINE, "italic")
    add("del", INLINE, "deleted", special="alternative")
    add("add supplied", INLINE, "added")
    add("unclear", INLINE, "other")
    add("choice app subst", INLINE, special="choice")
    add("sic orig abbr rdg", INLINE, "sic", special="alternative")
    add("corr reg expan lem", INLINE, special="alternative")
    add("seg s w pc num measure span damage affiliation", INLINE)
    return rules


RULES: Final = _table()

#: ``hi/@rend`` and ``@style`` as FRUS and others write them, and the mark each leaves.
RENDERINGS: Final[dict[str, str]] = {
    "italic": "italic", "italics": "italic", "i": "italic", "it": "italic", "#i": "italic",
    "#italic": "italic", "bold": "bold", "strong": "bold", "b": "bold", "#b": "bold",
    "#bold": "bold", "smallcaps": "smallcaps", "small-caps": "smallcaps", "sc": "smallcaps",
    "superscript": "superscript", "sup": "superscript", "super": "superscript",
    "#sup": "superscript", "underline": "underline", "underlined": "underline", "u": "underline",
    "#u": "underline", "strikethrough": "deleted",
}  # fmt: skip

#: ``@type`` of ``rs`` and ``name``, and the mark each leaves.
NAME_TYPES: Final[dict[str, str]] = {
    "person": "person", "place": "place", "org": "organisation", "organisation": "organisation",
    "institution": "organisation", "organization": "organisation", "office": "office",
}  # fmt: skip
