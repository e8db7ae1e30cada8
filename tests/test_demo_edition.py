"""The bundled edition once it is built: what `regesta demo` shows a newcomer."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from regesta.edition import Edition
from regesta.serving.cli.main import main

TABLE = Path(__file__).with_name("demo.tsv")
with TABLE.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines, delimiter="\t"))
IDS = [row["id"] for row in ROWS]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition that `regesta demo` makes."""
    place = tmp_path_factory.mktemp("demo") / "vologda.regesta"
    done = CliRunner().invoke(main, ["demo", "--no-serve", "--to", str(place)])
    assert done.exit_code == 0, done.output
    return Edition.open(place)


def test_title_and_counts(edition: Edition) -> None:
    """Sixty documents under their title, four undated, nothing unread and nothing lost."""
    report = edition.report()
    assert edition.info().title == "The Vologda affair, 1918"
    assert (report["documents"], report["undated"]) == (60, 4)
    assert (report["unread"], report["unaccounted_characters"]) == ([], 0)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_date_is_never_more_certain_than_known(row: dict[str, str], edition: Edition) -> None:
    """After describing, every date still has the bounds of the table; undated stays undated."""
    date = edition.document(row["id"]).date
    bounds = (date.earliest or "", date.latest or "") if date else ("", "")
    assert bounds == (row["earliest"], row["latest"])


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_numbers_and_receipt(row: dict[str, str], edition: Edition) -> None:
    """Numbers, file numbers and days of receipt are those of the table, or abstained from."""
    document = edition.document(row["id"])
    assert document.word("number") in (row["number"], "")
    assert document.word("file_number") in (row["file_number"], "")
    received = document.first("received")
    day = getattr(received.value, "day", "") if received else ""
    assert day in (row["received"], "")


def test_most_numbers_are_found(edition: Edition) -> None:
    """Nearly every printed number is found: abstaining is no excuse for finding nothing."""
    wanted = [row for row in ROWS if row["number"]]
    found = [row["id"] for row in wanted if edition.document(row["id"]).word("number")]
    assert len(found) >= 0.9 * len(wanted)


def test_each_side_has_its_column(edition: Edition) -> None:
    """The day of the Ambassador's reply shows the American and the Allied papers apart."""
    sides = dict(edition.on("1918-07-11").sides)
    assert set(sides) == {"United States", "Allied Powers"}
    (american,), (allied,) = sides["United States"], sides["Allied Powers"]
    assert american.number == "328"
    assert allied.id.endswith("corps-to-chicherin")


def test_a_first_question(edition: Edition) -> None:
    """The question that README and tutorial ask has the answer that they print."""
    found = edition.search("guards", first="1918-07-13", last="1918-07-15", sort="date")
    assert "soviet-papers-on-vologda/1918-07-14-telegram-to-francis" in {
        hit.regest.id for hit in found.hits
    }
    assert found.undated_excluded == 1
