"""Authors and recipients as searches name them: persons whose office alone is printed, too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from audit_papers import chapter, dated, paper, party, write_volume
from click.testing import CliRunner
from starlette.testclient import TestClient

from regesta.edition import Edition, build
from regesta.serving.app import create_app
from regesta.serving.cli.main import main

OFFICE = 'The <gloss type="from">Consul at Port Alba</gloss> to the Foreign Secretary'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Papers of a consul: two name him, three print his office alone and are signed by nobody."""
    base = tmp_path_factory.mktemp("people")
    papers = []
    for n in range(1, 6):
        day = dated(f"1890-05-{n + 2:02d}", f"May {n + 2}, 1890")
        named = n in (1, 5)
        head = party("Varga") if named else OFFICE
        papers.append(paper(f"d{n}", day, head=head, signed="Miklos Varga" if named else ""))
    write_volume(base / "sources", chapter(*papers))
    build(base / "sources", base / "e.regesta", workers=0)
    return base / "e.regesta"


@pytest.fixture(scope="module")
def edition(folder: Path) -> Iterator[Edition]:
    """The same, open."""
    with Edition.open(folder) as made:
        yield made


@pytest.mark.parametrize("name", ["Varga", "varga", "VARGA", "Miklos Varga", "Varga, Miklos"])
def test_an_author_is_found_by_name(edition: Edition, name: str) -> None:
    """Whatever form of his name is asked for, papers that print his office alone are found too."""
    key = next((e.id for e in edition.index("author", documents=False) if e.id == name), "")
    assert edition.search(author=name).total == (2 if key else 5)
    assert edition.search(f'sender:"{name}"').total == 5
    assert edition.search(f'sender:"{name}" harbour').total == 5
    assert edition.search(f'harbour NOT sender:"{name}"').total == 0


def test_a_facet_finds_what_it_counts(edition: Edition) -> None:
    """The id of an index entry means that entry, not all that the person wrote."""
    for row in edition.search(limit=0, facets=("author",)).facets["author"]:
        assert edition.search(author=row.value).total == row.count


def test_offices_are_found_as_printed(edition: Edition) -> None:
    """An office finds those who are printed with it, named or not."""
    assert edition.search(author="Consul at Port Alba").total == 5
    assert edition.search(recipient="Varga").total == 0


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (["--author", "Foobar"], "no author is named Foobar"),
        (["--author", "Varka"], "no author is named Varka; near: Varga"),
        (["--kind", "letters"], "no document is of the kind letters"),
        (["--place", "Port Alva"], "no place of writing is named Port Alva; near: Port Alba"),
    ],
)
def test_a_filter_that_names_nothing_says_so(folder: Path, filters: list[str], said: str) -> None:
    """Where a filter names nothing, the command and the page say so, with what is near."""
    result = CliRunner().invoke(main, ["search", str(folder), *filters])
    assert result.exit_code == 0
    assert said in result.stdout
    with Edition.open(folder) as edition, TestClient(create_app(edition)) as client:
        page = client.get("/search", params={filters[0][2:]: filters[1]}).text
        assert said.partition(";")[0][1:] in page


def test_a_person_is_searched_within(edition: Edition) -> None:
    """The page of a person leads to a search among all of his papers, and counts them truly."""
    who = next(p for p in edition.authorities.persons() if "Varga" in p.label)
    with TestClient(create_app(edition)) as client:
        page = client.get(f"/persons/{who.id}").text
        assert "Search in what is written" in page
        assert "in what is received" not in page
    assert edition.authorities.person_total(who.id) == 5
    assert edition.authorities.person_total(who.id, rule="tenure") == 3
    assert edition.authorities.office_total() == len(edition.authorities.offices())
