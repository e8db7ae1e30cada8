"""A site of files: its names, its links, its search, its text service, and what a crash leaves."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from regesta.edition import Edition, build
from regesta.errors import MissingExtra, RegestaError
from regesta.serving.cli.main import main
from regesta.serving.site import site
from regesta.serving.site.check import check_links
from regesta.serving.site.names import file_of, normal, part
from regesta.serving.site.pagefind import has_pagefind, words_page
from regesta.serving.site.pages import Press, relinked
from regesta.serving.site.search import fold, packed, shard_of
from regesta.serving.site.site import SiteReport, export_site

PAPERS = {"a.txt": "Moscow, July 25, 1918.\nThe envoys have left.\n", "A.txt": "No date.\nRain.\n"}


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/about", "about.html"),
        ("/documents/frus1918Russiav03/d1", "documents/frus1918Russiav03/d1.html"),
        ("/documents/a/b.txt", "documents/a/b.txt"),
        ("/documents/a/b.source", None),
        ("/documents/a/B%C3%BCro%207~", "documents/a/B~C3~BCro~207~7E.html"),
        ("/documents/a/..", "documents/a/~2E~2E.html"),
        ("/authors?offset=0&begins=B", "authors,begins=B.html"),
        ("/authors?begins=B&offset=50", "authors,begins=B,offset=50.html"),
        ("/on/1918-07-25", "on/1918-07-25.html"),
        ("/on?date=1918", None),
        ("/static/0123abcd/fonts/x.woff2", "static/fonts/x.woff2"),
        ("/search?q=x", None),
        ("/audit", None),
        ("/check?id=a", None),
        ("/collections/a?colour=red", None),
        ("/acts", "acts.html"),
        ("/acts?between=B&between=A&offset=50", "acts,between=A,between=B,offset=50.html"),
        ("/acts?from=1918&to=1918", "acts,from=1918,to=1918.html"),
        ("/documents/aux/d1", "documents/~61ux/d1.html"),
        ("/documents/papers/con.2.xml", "documents/papers/~63on.2.xml"),
        ("/collections/COM1", "collections/~43OM1.html"),
        ("/collections/console", "collections/console.html"),
        ("/acts?from=1918-07-25&to=1918-07-25", None),
        ("/acts?act=protest&actor=A", None),
        ("/acts?act=protest&offset=250", None),
        ("/acts?document=a/b", None),
        ("/acts.csv", "acts.csv"),
    ],
)
def test_names_of_files(address: str, file: str | None) -> None:
    """An address has one file, of plain signs, or none where a server must answer."""
    assert file_of(normal(address)) == file


def test_long_names_stay_different() -> None:
    """A name that is too long is cut, and two that begin alike stay two."""
    one, two = part("x" * 300), part("x" * 299 + "y")
    assert one != two
    assert max(len(one), len(two)) <= 150
    both = file_of(normal(f"/acts?between={'x' * 140}&between={'y' * 140}"))
    assert both is not None
    assert len(both) < 200
    assert both != file_of(normal(f"/acts?between={'x' * 140}&between={'z' * 140}"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a href="/documents/a/b#n1">x</a>', '<a href="../documents/a/b.html#n1">x</a>'),
        ('<a href="/search?q=a&amp;from=1">x</a>', '<a href="../search.html?q=a&amp;from=1">x</a>'),
        ('<a class="q" href="/audit">x</a>', '<a class="q">x</a>'),
        ('<p><li><a href="/audit">x</a></li></p>', "<p></p>"),
        ('<link rel="search" href="/opensearch.xml">', ""),
        ('<form class="tools" action="/on">x</form>y', "y"),
        ('<form class="ask" action="/search">', '<form class="ask" action="../search.html">'),
        ('<a href="https://x.org/">x</a><a href="#n1">y</a>',) * 2,
        ('<a href="/on/1918-07-26">x</a>', "<a>x</a>"),
        ('<a href="/on/1918-07-27">x</a>', '<a href="../other.html">x</a>'),
    ],
)
def test_links_become_relative(text: str, expected: str) -> None:
    """Links lead to files, up and down again; those that need a server are taken out."""
    exceptions = {"/on/1918-07-26": None, "/on/1918-07-27": "other.html"}
    assert relinked(text, "on/1918-07-25.html", exceptions)[0] == expected


@pytest.fixture(scope="module")
def made(demo_path: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SiteReport]:
    """The bundled edition as a site, and its report."""
    target = tmp_path_factory.mktemp("site") / "public"
    edition = Edition.open(demo_path)
    report = export_site(edition, target, with_pagefind=False)
    edition.close()
    return target, report


def test_a_site_is_whole(made: tuple[Path, SiteReport]) -> None:
    """Every document has its page and downloads; no link is dead, none is absolute."""
    target, report = made
    assert (report.documents, report.dead_links, report.search) == (60, (), "own")
    pages = list((target / "documents").rglob("*.html"))
    assert len(pages) == 60
    for page in pages:
        for suffix in (".txt", ".json", ".xml", ".bib", ".ris"):
            assert page.with_suffix(suffix).is_file()
    assert report.files == sum(p.is_file() for p in target.rglob("*"))
    for page in target.rglob("*.html"):
        text = page.read_text("utf-8")
        assert not re.search(r'(?:href|src|action)="/', text), page
        assert "edition.invalid" not in text
        assert "Content-Security-Policy" in text


@pytest.mark.parametrize(
    "name", ["index", "about", "acts", "subjects", "authors", "recipients", "places", "dates",
             "threads", "on/1918-07-25", "collections/american-papers-on-vologda", "search"],
)  # fmt: skip
def test_pages_of_the_reading_room(made: tuple[Path, SiteReport], name: str) -> None:
    """Indexes, days, collections, threads and the rest are there."""
    assert (made[0] / f"{name}.html").is_file()


def test_the_ledger_is_there(made: tuple[Path, SiteReport], demo: Edition) -> None:
    """The ledger has pages by kind, name, pair and year, says where they end, and is a table."""
    names = {path.name.partition(",")[2].partition("=")[0] for path in made[0].glob("acts,*.html")}
    assert {"act", "actor", "addressee", "between", "group"} <= names
    assert "first 250 acts" in (made[0] / "acts.html").read_text("utf-8")
    rows = (made[0] / "acts.csv").read_text("utf-8").splitlines()
    assert len(rows) == demo.acts(limit=0).total + 1


def test_dead_links_are_found(tmp_path: Path) -> None:
    """A link to no file, to no such place on a page, or out of the site is dead."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "s.html").write_text('<i id="x"></i>')
    (tmp_path / "a" / "p.html").write_text(
        '<i id="x"></i><a href="#x"><a href="#y"><a href="../q.html"><a href="../../r">'
        '<a href="p.html?q=1#x"><a href="https://x.org/"><a href="/abs.html">'
        '<a href="s.html#x"><a href="s.html#z"><a href="p.html#w">'
    )
    count, dead = check_links(tmp_path, {"a/p.html", "a/s.html"})
    assert count == 9
    assert sorted(d.split(" → ")[1] for d in dead) == [
        "#y", "../../r", "../q.html", "/abs.html", "p.html#w", "s.html#z"
    ]  # fmt: skip


def _data(target: Path, name: str) -> Any:
    text = (target / "search" / f"{name}.js").read_text("utf-8").strip()
    return json.loads(text[text.index(",") + 1 : -1])


def _numbers(text: str) -> list[int]:
    at, found = 0, []
    for step in filter(None, text.split(",")):
        at += int(step, 36)
        found.append(at)
    return found


def test_the_search_finds_what_the_edition_finds(
    made: tuple[Path, SiteReport], demo: Edition
) -> None:
    """A word's documents in the site's index are those whose text or notes have it."""
    target, _ = made
    info = _data(target, "info")
    shown = [row for n in range(-(-info["documents"] // info["chunk"]))
             for row in _data(target, f"d-{n}")]  # fmt: skip
    assert len(shown) == 60
    for word in ("departure", "chicherin", "murmansk"):
        numbers = _numbers(_data(target, f"w-{word[:2]}")[word])
        files = {shown[n][0] for n in numbers}
        expected = {
            file_of(f"/documents/{d.id}")
            for d in demo.documents()
            if word in fold(d.text + " " + " ".join(n.text for n in d.notes)).replace("_", " ")
            and re.search(rf"\b{word}\b", fold(d.text + " " + " ".join(n.text for n in d.notes)))
        }
        assert files == expected
    for entry in demo.index("author"):
        label, numbers_ = _data(target, "f-author")[entry.id]
        assert label == entry.label
        assert len(_numbers(numbers_)) == entry.count


@pytest.mark.parametrize(
    ("word", "folded", "shard"),
    [
        ("Élysée", "elysee", "el"),
        ("Straße", "strasse", "st"),
        ("7", "7", "7"),
        ("мир", "мир", "other"),
    ],
)
def test_words_are_folded(word: str, folded: str, shard: str) -> None:
    """Small letters without accents; the file of a word is known by its first signs."""
    assert fold(word) == folded
    assert shard_of(folded) == shard


def test_numbers_are_packed() -> None:
    """Rising numbers come back as they went."""
    assert packed([0, 35, 36, 1000]) == "0,z,1,qs"
    assert _numbers(packed([0, 35, 36, 1000])) == [0, 35, 36, 1000]


def _expand(template: str, **given: str) -> str:
    def fill(match: re.Match[str]) -> str:
        sign, name = match[1], match[2]
        if name not in given:
            return ""
        return {"/": f"/{given[name]}", ";": f";{name}={given[name]}"}.get(sign, given[name])

    return re.sub(r"\{([/;]?)(\w+)\}", fill, template)


def test_the_text_service_is_there_as_files(made: tuple[Path, SiteReport]) -> None:
    """From the entry's templates alone every collection, text and tree is found."""
    top = made[0] / "dts"
    entry = json.loads((top / "index.json").read_text())
    assert entry["dtsVersion"] == "1.0"
    root = json.loads((top / _expand(entry["collection"])).read_text())
    seen = 0
    for one in root["member"]:
        whole = json.loads((top / _expand(entry["collection"], id=one["@id"])).read_text())
        for resource in whole["member"]:
            seen += 1
            id = resource["@id"]
            assert json.loads((top / _expand(entry["collection"], id=id)).read_text())
            assert (top / _expand(entry["document"], resource=id)).is_file()
            for tree in resource["citationTrees"]:
                named = {"tree": tree["identifier"]} if "identifier" in tree else {}
                path = top / _expand(entry["navigation"], resource=id, down="-1", **named)
                assert json.loads(path.read_text())["member"]
    assert seen == 60


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """An edition of two texts whose names differ in capitals alone."""
    (tmp_path / "papers").mkdir()
    for name, text in PAPERS.items():
        (tmp_path / "papers" / name).write_text(text)
    build([tmp_path / "papers"], tmp_path / "e.regesta", workers=0)
    return tmp_path / "e.regesta"


def test_names_that_differ_in_capitals_stay_apart(small: Path, tmp_path: Path) -> None:
    """On a disk that knows no capitals both pages would be one file: they get two names."""
    edition = Edition.open(small)
    report = export_site(edition, tmp_path / "to", with_pagefind=False)
    edition.close()
    assert report.dead_links == ()
    names = [p.name.casefold() for p in (tmp_path / "to" / "documents").rglob("*.html")]
    assert len(names) == len(set(names)) == 2


def test_processes_make_the_same_site(small: Path, tmp_path: Path) -> None:
    """With workers a site has the same files, byte for byte."""
    edition = Edition.open(small)
    for name, workers in (("one", 0), ("two", 2)):
        export_site(edition, tmp_path / name, with_pagefind=False, workers=workers)
    edition.close()
    files = [
        {
            p.relative_to(tmp_path / n): p.read_bytes()
            for p in (tmp_path / n).rglob("*")
            if p.is_file()
        }
        for n in ("one", "two")
    ]
    assert files[0] == files[1]


def test_a_site_that_failed_leaves_nothing(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where an export ends early, the place is as it was before."""
    (tmp_path / "to" / "search").mkdir(parents=True)
    (tmp_path / "to" / "search" / "info.js").write_text("")
    (tmp_path / "to" / "index.html").write_text("before")

    def ended(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(site, "check_pages", ended)
    edition = Edition.open(small)
    with pytest.raises(KeyboardInterrupt):
        export_site(edition, tmp_path / "to", force=True, with_pagefind=False)
    edition.close()
    assert (tmp_path / "to" / "index.html").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir() if ".to." in path.name] == []


def test_a_site_goes_where_nothing_else_does(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder named by a dot is one; a root is none; another export's folder is let alone."""
    place = tmp_path / "to"
    place.mkdir()
    (tmp_path / ".to.1.building").mkdir()
    (tmp_path / ".to.2.building").mkdir()
    os.utime(tmp_path / ".to.2.building", (0, 0))  # of an export that was killed long ago
    monkeypatch.chdir(place)
    with Edition.open(small) as edition:
        with pytest.raises(RegestaError, match="root"):
            export_site(edition, Path("/"), force=True)
        export_site(edition, Path("."), with_pagefind=False)
    assert (place / "index.html").is_file()
    assert [path.name for path in tmp_path.glob(".to.*")] == [".to.1.building"]


def test_a_site_without_its_first_page_is_none(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the first page cannot be made, the reason is told and no site stands there."""
    answer = Press.answer

    def spoilt(press: Press, address: str) -> Any:
        if address == "/":
            raise RegestaError("the index is spoilt", "build the edition again")
        return answer(press, address)

    monkeypatch.setattr(Press, "answer", spoilt)
    edition = Edition.open(small)
    with pytest.raises(RegestaError, match="the index is spoilt"):
        export_site(edition, tmp_path / "to", with_pagefind=False)
    edition.close()
    assert not (tmp_path / "to").exists()


def test_the_command(small: Path, tmp_path: Path) -> None:
    """A target that is there is kept unless --force; the report counts dead links."""
    arguments = ["export", str(small), "--format", "site", "--to", str(tmp_path / "to")]
    own = ["--site-search", "own"]
    first = CliRunner().invoke(main, [*arguments, *own, "--json"])
    assert first.exit_code == 0, first.output
    assert json.loads(first.stdout)["dead_links"] == []
    again = CliRunner().invoke(main, [*arguments, *own])
    assert (again.exit_code, "--force" in again.stderr) == (1, True)
    forced = CliRunner().invoke(main, [*arguments, *own, "--force"])
    assert forced.exit_code == 0
    assert "0 dead" in forced.stderr
    assert CliRunner().invoke(main, [*arguments, "--query", "rain"]).exit_code == 1
    assert CliRunner().invoke(main, [*arguments[:-1], "-"]).exit_code == 1


def test_a_missing_pagefind_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Pagefind is wanted and not here, the cure is named; else our own search does."""
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(MissingExtra, match="regesta\\[site\\]"):
        has_pagefind(True)
    assert not has_pagefind(None)
    assert not has_pagefind(False)


def test_pagefind_indexes_the_documents(small: Path, tmp_path: Path) -> None:
    """With Pagefind the site has its index, and the search page says so."""
    pytest.importorskip("pagefind_bin", reason="Pagefind is not installed")
    edition = Edition.open(small)
    report = export_site(edition, tmp_path / "to")
    edition.close()
    assert report.search == "pagefind"
    assert (tmp_path / "to" / "pagefind" / "pagefind.js").is_file()
    assert "regesta-pagefind" in (tmp_path / "to" / "search.html").read_text()


def test_a_place_that_holds_something_else(small: Path, tmp_path: Path) -> None:
    """A file, or a folder that is no site, is not replaced, not even when we are forced."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "letter.txt").write_text("mine")
    edition = Edition.open(small)
    for name, words in (("file", "is a file"), ("folder", "something else than a site")):
        with pytest.raises(RegestaError, match="there already"):
            export_site(edition, tmp_path / name)
        with pytest.raises(RegestaError, match=words):
            export_site(edition, tmp_path / name, force=True)
    edition.close()
    assert (tmp_path / "file").read_text() == "mine"
    assert (tmp_path / "folder" / "letter.txt").read_text() == "mine"


def test_what_pagefind_reads(small: Path) -> None:
    """Title, text and notes of a document, each paragraph apart, with its signs spelt out."""
    edition = Edition.open(small)
    document = next(edition.documents())
    page = words_page(document, "25 July <1918>")
    edition.close()
    assert "<h1>25 July &lt;1918&gt;</h1>" in page
    assert page.count("<p>") >= len(document.text.split("\n"))
    assert "<nav" not in page
