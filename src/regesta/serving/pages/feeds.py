"""What other programs read of the pages: an Atom feed of any search, OpenSearch, a sitemap.

What comes in is an address; out goes XML. The feed is a search page in another form.
"""

from collections.abc import Iterator
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request
from starlette.responses import Response

from regesta.edition import Edition
from regesta.edition.results import Hit
from regesta.errors import UnknownValue
from regesta.serving.pages.asked import ask, read_address
from regesta.serving.pages.links import INDEX_PAGES, collection_url, document_url
from regesta.serving.pages.regests import who_text
from regesta.serving.pages.words import date_words

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
#: Addresses of one sitemap, as its protocol allows.
_MOST = 50_000


def search_feed(request: Request, edition: Edition) -> Response:
    """The results of a search as Atom, as the search page orders them."""
    asked = read_address(request)
    found = ask(edition, asked)
    base, info = _base(request), edition.info()
    page = asked.url(offset=asked.offset or "")
    title = f"{info.title}: {asked.q}" if asked.q else info.title
    links = [
        f'<link rel="self" type="application/atom+xml" href={quoteattr(str(request.url))}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(base + page)}/>',
    ]
    following = asked.offset + asked.limit
    if following < found.total:
        more = asked.url(offset=following).replace("/search", "/search.atom", 1)
        links.append(
            f'<link rel="next" type="application/atom+xml" href={quoteattr(base + more)}/>'
        )
    body = [
        '<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">',
        f"<title>{escape(title)}</title>",
        f"<id>{escape(base + asked.plain)}</id>",
        f"<updated>{escape(_moment(info.built))}</updated>",
        f"<author><name>{escape(info.title)}</name></author>",
        f'<generator version="{escape(info.version)}">Regesta</generator>',
        f"<opensearch:totalResults>{found.total}</opensearch:totalResults>",
        f"<opensearch:startIndex>{asked.offset + 1}</opensearch:startIndex>",
        f"<opensearch:itemsPerPage>{asked.limit}</opensearch:itemsPerPage>",
        *links,
        *(_entry(hit, base, info.built) for hit in found.hits),
        "</feed>",
    ]
    return Response(_XML + "\n".join(body) + "\n", media_type="application/atom+xml")


def _entry(hit: Hit, base: str, built: str) -> str:
    regest = hit.regest
    address = base + document_url(regest.id)
    day = regest.date.day if regest.date else None
    title = f"{date_words(regest.date, time=False)}: {who_text(regest)}"
    summary = " … ".join(" ".join(snippet.text.split()) for snippet in hit.snippets)
    parts = [
        f"<title>{escape(title)}</title>",
        f"<id>{escape(address)}</id>",
        f"<link href={quoteattr(address)}/>",
        f"<updated>{escape(_moment(built))}</updated>",
        f"<published>{day}T00:00:00Z</published>" if day else "",
        *(f"<author><name>{escape(p.label)}</name></author>" for p in regest.senders if p.label),
        f"<category term={quoteattr(regest.kind)}/>" if regest.kind else "",
        f"<summary>{escape(summary or regest.heading)}</summary>",
    ]
    return f"<entry>{''.join(parts)}</entry>"


def opensearch(request: Request, edition: Edition) -> Response:
    """How a browser or another program searches here."""
    base, title = _base(request), edition.info().title
    page = escape(f"{base}/search?q={{searchTerms}}", {'"': "&quot;"})
    feed = escape(f"{base}/search.atom?q={{searchTerms}}", {'"': "&quot;"})
    text = (
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(title[:16].strip())}</ShortName>\n"
        f"<Description>{escape(title)}</Description>\n"
        f'<Url type="text/html" template="{page}"/>\n'
        f'<Url type="application/atom+xml" template="{feed}"/>\n'
        "<InputEncoding>UTF-8</InputEncoding>\n"
        "</OpenSearchDescription>\n"
    )
    return Response(_XML + text, media_type="application/opensearchdescription+xml")


def sitemap(request: Request, edition: Edition) -> Response:
    """Every page worth finding; an index of parts where there are too many for one."""
    base, built = _base(request), edition.info().built[:10]
    total = edition.info().documents + len(INDEX_PAGES) + len(edition.collections()) + 2
    if total <= _MOST:
        return _urls(base, built, _addresses(edition))
    parts = "".join(
        f"<sitemap><loc>{escape(base)}/sitemap-{n}.xml</loc><lastmod>{built}</lastmod></sitemap>\n"
        for n in range(1, -(-total // _MOST) + 1)
    )
    text = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{parts}</sitemapindex>'
    return Response(_XML + text + "\n", media_type="application/xml")


def sitemap_part(request: Request, edition: Edition) -> Response:
    """One part of a large sitemap."""
    n = request.path_params["n"]
    addresses = list(islice(_addresses(edition), (n - 1) * _MOST, n * _MOST)) if n else []
    if not addresses:
        raise UnknownValue(f"there is no part {n} of the sitemap", "see /sitemap.xml")
    return _urls(_base(request), edition.info().built[:10], iter(addresses))


def _addresses(edition: Edition) -> Iterator[str]:
    yield from ("/", "/about")
    yield from (f"/{path}" for path in INDEX_PAGES.values())
    yield from (collection_url(summary.collection.id) for summary in edition.collections())
    yield from (document_url(id) for id in edition.ids())


def _urls(base: str, built: str, addresses: Iterator[str]) -> Response:
    rows = "".join(
        f"<url><loc>{escape(base + address)}</loc><lastmod>{built}</lastmod></url>\n"
        for address in addresses
    )
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    return Response(_XML + text, media_type="application/xml")


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _moment(built: str) -> str:
    """When the edition was built, as Atom has it."""
    return built.replace("+00:00", "Z") if "T" in built else f"{built[:10]}T00:00:00Z"
