"""The reading room's pages: a list of routes, each a view in one of the modules beside this."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from regesta.serving.pages.acts import acts_page
from regesta.serving.pages.audit import audit_page, audit_table_file
from regesta.serving.pages.check import check_page, find_page
from regesta.serving.pages.collections import collection_page, section_page
from regesta.serving.pages.compare import compare_page
from regesta.serving.pages.dates import date_page, dates_page
from regesta.serving.pages.days import day_page, go_to_day
from regesta.serving.pages.document import document_page
from regesta.serving.pages.exports import export_file
from regesta.serving.pages.feeds import opensearch, search_feed, sitemap, sitemap_part
from regesta.serving.pages.frame import error_page, late_page, page, static
from regesta.serving.pages.home import about, home
from regesta.serving.pages.indexes import entry_page, index_page
from regesta.serving.pages.links import INDEX_PAGES
from regesta.serving.pages.map import map_page
from regesta.serving.pages.names import mentions_page
from regesta.serving.pages.network import conversation_page, network_page
from regesta.serving.pages.persons import (
    office_page,
    offices_page,
    person_page,
    persons_page,
    power_page,
    powers_page,
)
from regesta.serving.pages.search import search_page
from regesta.serving.pages.silences import silences_page
from regesta.serving.pages.suggested import suggested_entry_page, suggested_page
from regesta.serving.pages.threads import thread_page, threads_page

__all__ = ["error_page", "routes"]


def robots(request: Request) -> Response:
    """Everything may be read; lists of results lead nowhere new."""
    closed = ("/search", "/export", "/find", "/check", "/api/")
    kept = "".join(f"Disallow: {path}\n" for path in closed)
    return PlainTextResponse(f"User-agent: *\n{kept}\nSitemap: {request.base_url}sitemap.xml\n")


def _index_routes() -> list[BaseRoute]:
    found: list[BaseRoute] = []
    for name, path in INDEX_PAGES.items():
        of_dates = name == "date"
        found.append(Route(f"/{path}", page(dates_page if of_dates else index_page)))
        found.append(Route(f"/{path}/{{id:path}}", page(date_page if of_dates else entry_page)))
    return found


#: Every page. They ask ``request.app.state.edition`` and nobody else.
routes: list[BaseRoute] = [
    Route("/", page(home)),
    Route("/search", page(search_page)),
    Route("/search.atom", page(search_feed)),
    Route("/export", late_page(export_file)),
    Route("/opensearch.xml", page(opensearch)),
    Route("/sitemap.xml", page(sitemap)),
    Route("/sitemap-{n:int}.xml", page(sitemap_part)),
    Route("/documents/{id:path}", page(document_page)),
    *_index_routes(),
    Route("/mentions/{id:path}", page(mentions_page)),
    Route("/suggested", page(suggested_page)),
    Route("/suggested/{id:path}", page(suggested_entry_page)),
    Route("/persons", page(persons_page)),
    Route("/persons/{id:path}", page(person_page)),
    Route("/offices", page(offices_page)),
    Route("/offices/{id:path}", page(office_page)),
    Route("/powers", page(powers_page)),
    Route("/powers/{id:path}", page(power_page)),
    Route("/on", page(go_to_day)),
    Route("/on/{date}", page(day_page)),
    Route("/collections/{id}/sections/{section:path}", page(section_page)),
    Route("/collections/{id}", page(collection_page)),
    Route("/acts", late_page(acts_page)),
    Route("/audit", late_page(audit_page)),
    Route("/audit.csv", late_page(audit_table_file)),
    Route("/find", page(find_page, kept=False)),
    Route("/check", page(check_page, kept=False)),
    Route("/threads", late_page(threads_page)),
    Route("/threads/{id:path}", late_page(thread_page)),
    Route("/map", page(map_page)),
    Route("/network", page(network_page)),
    Route("/conversation", page(conversation_page)),
    Route("/compare/{ids:path}", late_page(compare_page)),
    Route("/silences", late_page(silences_page)),
    Route("/about", page(about)),
    Route("/robots.txt", robots),
    Route("/static/{digest}/{name:path}", static),
]
