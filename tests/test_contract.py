"""The forms that other programs rely on: keys of every JSON answer, pinned by hand.

A key may be added here; none may ever be taken away.
"""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from regesta.serving.cli.main import main

SOURCES = {
    "telegram.txt": (
        "The Consul at Archangel (Arnesen) to the Secretary of State\n\n"
        "Archangel, July 25, 1918, 7 p.m.\n\n"
        "28. The grain ships lie at anchor; I ask that they be unloaded.\n"
    ),
    "note.md": "---\ntitle: A note\ndate: 1918-07-26\n---\n\nThe cranes stand still.\n",
    "scrap.txt": "Some words about grain that nobody dated.\n",
    "broken.xml": "<TEI><text>never closed",
}
ORIGIN = {"origin", "rule", "span", "confidence"}
DATE = {"edtf", "earliest", "latest", "time", "calendar", "printed"}
PARTY = {"name", "office", "power", "person"}
DESCRIBED = {
    *("id", "collection", "source", "heading", "kind", "language", "number", "file_number"),
    *("date", "received", "senders", "recipients", "place", "subjects", "text", "notes"),
    *("links", "acts"),
}
REPORT = {
    *("documents", "added", "changed", "removed", "unchanged", "undated", "without_sender"),
    *("unread", "unaccounted_characters", "seconds", "edition"),
}


def run(*args: str, given: str | None = None) -> Result:
    """Run the command line; it must succeed."""
    result = CliRunner().invoke(main, list(args), input=given)
    assert result.exit_code == 0, result.stderr
    return result


def answer(*args: str) -> Any:
    """The JSON that a command gives."""
    return json.loads(run(*args, "--json").stdout)


@pytest.fixture(scope="module", name="built")
def _built(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("contract")
    sources = folder / "papers"
    sources.mkdir()
    for name, text in SOURCES.items():
        (sources / name).write_text(text, encoding="utf-8")
    edition = str(folder / "papers.regesta")
    return edition, answer("build", str(sources), "--to", edition)


@pytest.fixture(name="edition")
def _edition(built: tuple[str, dict[str, Any]]) -> str:
    return built[0]


def test_build(built: tuple[str, dict[str, Any]]) -> None:
    """The report has its keys, and names the file that could not be read."""
    edition, report = built
    assert report.keys() >= REPORT
    assert report["documents"] == report["added"] == 3
    assert report["edition"] == edition
    (unread,) = report["unread"]
    assert unread.keys() >= {"path", "reason"}
    assert unread["path"].endswith("broken.xml")


def test_build_again(edition: str) -> None:
    """A build of the same sources again has the same keys and changes nothing."""
    report = answer("build", str(Path(edition).parent / "papers"), "--to", edition)
    assert report.keys() >= REPORT
    assert (report["unchanged"], report["added"], report["changed"]) == (3, 0, 0)


def test_search(edition: str) -> None:
    """A search has tally, facets and results with snippets whose marks fit."""
    found = answer("search", edition, "grain", "--facets", "year,author")
    assert found.keys() >= {"query", "total", "undated", "took_ms", "facets", "results"}
    assert found["total"] == 2
    assert found["undated"] == 1
    assert set(found["facets"]) == {"year", "author"}
    for rows in found["facets"].values():
        assert all(row.keys() >= {"value", "count"} for row in rows)
    for result in found["results"]:
        assert result.keys() >= {
            *("id", "heading", "date", "senders", "recipients", "place", "kind", "score"),
            "snippets",
        }
        for snippet in result["snippets"]:
            assert snippet.keys() >= {"layer", "text", "marks"}
            assert all(
                snippet["text"][start:end].lower().startswith("grain")
                for start, end in snippet["marks"]
            )


def test_show(edition: str) -> None:
    """A document is its described line, every key there."""
    found = answer("search", edition, "ships")["results"][0]
    line = answer("show", edition, found["id"])
    assert line.keys() >= DESCRIBED
    assert line["source"].keys() >= {"path", "sha256"}
    assert line["date"].keys() >= DATE | ORIGIN
    assert line["date"]["edtf"] == "1918-07-25"
    start, end = line["date"]["span"]
    assert "July 25, 1918" in line["text"][start:end]
    assert all(sender.keys() >= PARTY | ORIGIN for sender in line["senders"])


@pytest.mark.parametrize("name", ["subject", "author", "recipient", "place", "date"])
def test_index(edition: str, name: str) -> None:
    """An index is a list of entries whose ids are those of documents."""
    for entry in answer("index", edition, name):
        assert entry.keys() >= {"label", "id", "count", "documents"}
        assert entry["count"] == len(entry["documents"])


def test_index_of_dates_has_days(edition: str) -> None:
    """The labels of the index of dates are EDTF."""
    assert [e["label"] for e in answer("index", edition, "date")] == ["1918-07-25", "1918-07-26"]


def test_cite(edition: str) -> None:
    """A citation says of what, in which style."""
    id = answer("search", edition, "ships")["results"][0]["id"]
    assert answer("cite", edition, id).keys() >= {"id", "style", "citation"}


def test_find(edition: str) -> None:
    """A citation leads to its document, or to none."""
    id = answer("search", edition, "ships")["results"][0]["id"]
    cited = f"Arnesen to the Secretary of State, telegram no. 28, 25 July 1918, {id}"
    found, nothing = answer("find", edition, f"{cited}\nsome words without any sense")
    assert found.keys() >= {"citation", "match", "candidates", "understood"}
    assert found["match"]["id"] == id
    assert found["match"].keys() >= {"id", "heading", "confidence", "agrees", "differs"}
    assert {"date", "sender", "recipient", "number"} <= set(found["match"]["agrees"])
    assert nothing["match"] is None


def test_verify(edition: str) -> None:
    """A quotation is verbatim with its spans, or has what is printed instead."""
    id = answer("search", edition, "ships")["results"][0]["id"]
    found = answer("verify", edition, id, "The grain ships … be unloaded")
    assert found.keys() >= {"verbatim", "spans", "nearest", "differences"}
    assert found["verbatim"] is True
    text = answer("show", edition, id)["text"]
    assert [text[a:b] for a, b in found["spans"]] == ["The grain ships", "be unloaded"]
    wrong = answer("verify", edition, id, "The grain boats lie at anchor")
    assert (wrong["verbatim"], wrong["spans"]) == (False, [])
    assert wrong["nearest"].keys() >= {"text", "spans", "similarity"}
    (difference,) = wrong["differences"]
    assert (difference["quoted"], difference["printed"]) == ("boats", "ships")
    other = answer("search", edition, "cranes")["results"][0]["id"]
    assert answer("verify", edition, other, "The grain ships lie at anchor")["elsewhere"] == [id]


def test_describe_lines_keep_order_and_ids() -> None:
    """Lines in, described lines out, in order; what is not there is null or [], never absent."""
    lines = [{"id": f"x{n}", "text": f"Paris, May {n}, 1911.\nNothing new."} for n in range(1, 9)]
    given = "\n".join(json.dumps(line) for line in lines)
    described = [
        json.loads(line) for line in run("describe", "--jsonl", given=given).stdout.splitlines()
    ]
    assert [line["id"] for line in described] == [f"x{n}" for n in range(1, 9)]
    for n, line in enumerate(described, 1):
        assert line.keys() >= DESCRIBED
        assert line["collection"] is None
        assert line["links"] == line["acts"] == []
        assert line["date"]["edtf"] == f"1911-05-{n:02d}"
        assert line["date"]["origin"] == "derived"


def test_export_jsonl(edition: str, tmp_path: Path) -> None:
    """An export is one described line a document."""
    target = tmp_path / "out.jsonl"
    told = answer("export", edition, "--format", "jsonl", "--to", str(target))
    assert told.keys() >= {"documents", "format", "path"}
    lines = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert len(lines) == told["documents"] == 3
    assert all(line.keys() >= DESCRIBED for line in lines)


def test_export_csv(edition: str, tmp_path: Path) -> None:
    """A table has a head and a row for each document."""
    target = tmp_path / "out.csv"
    run("export", edition, "--format", "csv", "--to", str(target))
    with target.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 3
    assert {"id", "collection", "heading"} <= set(rows[0])


def test_a_filter_narrows_an_export(edition: str) -> None:
    """A filtered export to standard output holds only what the filter lets through."""
    out = run("export", edition, "--format", "jsonl", "--to", "-", "--from", "1918-07-26").stdout
    assert [json.loads(line)["date"]["edtf"] for line in out.splitlines()] == ["1918-07-26"]
