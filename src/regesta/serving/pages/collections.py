"""A collection: what it is, its table of contents, and the texts that stand in no document."""

from dataclasses import dataclass, field

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from regesta.documents.collection import Section
from regesta.edition import Edition
from regesta.edition.results import CollectionSummary, ContentsEntry, Regest
from regesta.errors import UnknownValue
from regesta.serving.pages.charts import Bar, year_plate
from regesta.serving.pages.exports import menu
from regesta.serving.pages.frame import render, whole_number
from regesta.serving.pages.indexes import Paging, paging
from regesta.serving.pages.links import collection_url, search_url, section_url
from regesta.serving.pages.memory import kept
from regesta.serving.pages.regests import as_html, regest_line
from regesta.serving.pages.slips import inside, left_out
from regesta.serving.pages.words import collection_name, number, span_of_years

#: A table of contents up to this many documents stands on one page; of a longer one only the
#: sections, each with a page of its own.
_ONE_PAGE = 1200
#: Below this many documents every section is open.
_ALL_OPEN = 60
_PER_PAGE = 300


@dataclass(slots=True)
class Part:
    """A section of the contents with what stands in it, in the order of the source."""

    section: Section | None
    count: int
    lines: list["Part | Regest"] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Small parts are shown unfolded."""
        return self.count <= 12


def tree(contents: list[ContentsEntry]) -> Part:
    """Nest a table of contents by its depths."""
    root = Part(None, 0)
    stack: list[tuple[int, Part]] = [(-1, root)]
    for line in contents:
        while len(stack) > 1 and stack[-1][0] >= line.depth:
            stack.pop()
        parent = stack[-1][1]
        if line.section is not None:
            part = Part(line.section, line.count)
            parent.lines.append(part)
            stack.append((line.depth, part))
        elif line.regest is not None:
            parent.lines.append(line.regest)
    return root


def contents_html(root: Part, collection: str, *, all_open: bool, with_text: set[str]) -> Markup:
    """A table of contents as nested lists that fold; written here because volumes are long."""

    def lines(part: Part, depth: int) -> str:
        return "".join(
            section(line, depth)
            if isinstance(line, Part)
            else f'<li class="regest">{regest_line(line)}</li>'
            for line in part.lines
        )

    def section(part: Part, depth: int) -> str:
        assert part.section is not None
        name = as_html(part.section.heading or part.section.kind or part.section.id)
        url = as_html(section_url(collection, part.section.id))
        if not part.lines and not part.count:
            name = name[:1].upper() + name[1:]
            return f'<li class="own"><a class="quiet" href="{url}">{name}</a></li>'
        parted = depth == 0 and part.lines and isinstance(part.lines[0], Part)
        shown = " open" if all_open or part.open or parted else ""
        number_ = f' <span class="n soft">{number(part.count)}</span>' if part.count else ""
        own = ""
        if part.section.id in with_text:
            own = f'<p class="soft own"><a class="quiet" href="{url}">Its own text</a></p>'
        return (
            f'<li class="part"><details{shown}><summary>{name}{number_}</summary>{own}'
            f"<ol>{lines(part, depth + 1)}</ol></details></li>"
        )

    return Markup(lines(root, 0))


def collection_page(request: Request, edition: Edition) -> Response:
    """About a collection, with its contents."""
    summary = edition.collection(request.path_params["id"])
    collection = summary.collection
    contents = edition.contents(collection.id)
    long = summary.documents > _ONE_PAGE
    offset = whole_number(request, "offset", default=0, most=10_000_000)
    if long:
        contents = _part(contents, offset)
    found = edition.search(
        collection=(collection.id,), limit=0, facets=("year", "kind"), snippets=False
    )
    span = edition.slips.span(collection.id)
    years = {int(f.value): f.count for f in found.facets.get("year", ()) if f.value}
    years = {year: n for year, n in years.items() if inside(span, year)}

    def bar_url(bar: Bar) -> str:
        return search_url(collection=collection.id, first=bar.first, last=bar.last, sort="date")

    return render(
        request,
        "collection.html",
        summary=summary,
        collection=collection,
        name=collection_name(collection),
        downloads=menu(collection=collection.id),
        years=span_of_years(span.first, span.last),
        slips=left_out(span.slips),
        contents=contents_html(
            tree(contents),
            collection.id,
            all_open=summary.documents <= _ALL_OPEN,
            with_text=_with_text(edition, collection.id, contents),
        ),
        kinds=[f for f in found.facets.get("kind", ()) if f.count][:8],
        plate=year_plate(years, bar_url, size=(860, 128)),
        pages=_paging(summary, offset) if long else None,
        json_url=f"/api{search_url(collection=collection.id, sort='date')}",
    )


def _part(contents: list[ContentsEntry], offset: int) -> list[ContentsEntry]:
    """A page of a long table of contents: its documents; on the first, before them the sections."""
    documents = [line for line in contents if line.regest is not None]
    sections = [line for line in contents if line.section is not None] if not offset else []
    return sections + documents[offset : offset + _PER_PAGE]


def _paging(summary: CollectionSummary, offset: int) -> Paging:
    return paging(
        collection_url(summary.collection.id),
        [],
        offset=offset,
        shown=min(_PER_PAGE, max(summary.documents - offset, 0)),
        total=summary.documents,
        size=_PER_PAGE,
    )


def _with_text(edition: Edition, collection: str, contents: list[ContentsEntry]) -> set[str]:
    """Sections that hold documents and a text of their own besides."""

    def make() -> set[str]:
        ids = [line.section.id for line in contents if line.section is not None and line.count]
        return {id for id in ids if edition.section_text(collection, id).strip()}

    found: set[str] = kept(edition, f"texts {collection}", make)
    return found


def section_page(request: Request, edition: Edition) -> Response:
    """A section's own text: a preface, a list of persons, an index."""
    summary = edition.collection(request.path_params["id"])
    name = request.path_params["section"]
    section = next((s for s in summary.collection.sections if s.id == name), None)
    text = edition.section_text(summary.collection.id, name)
    if section is None:
        raise UnknownValue(f"{summary.collection.id} has no section {name!r}")
    size = 60_000
    offset = whole_number(request, "offset", default=0, most=100_000_000)
    end = offset + size
    if end < len(text):
        end = text.rfind("\n", offset, end) + 1 or end
    lines = [line for line in text[offset:end].split("\n") if line.strip()]
    path = request.url.path
    return render(
        request,
        "section.html",
        collection=summary.collection,
        name=collection_name(summary.collection),
        section=section,
        lines=lines,
        following=f"{path}?offset={end}" if end < len(text) else "",
    )
