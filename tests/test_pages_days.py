"""The calendar and the day: dates in, weeks and columns out."""

from urllib.parse import quote

import pytest
from fake_edition import FakeEdition, notes_of_a_day, telegram
from msgspec.structs import replace
from starlette.applications import Starlette
from starlette.testclient import TestClient

from regesta.edition.results import Day, IndexEntry, Regest
from regesta.serving.pages.dates import calendar
from regesta.serving.pages.routes import routes


def test_calendar_has_whole_weeks() -> None:
    """A month is set in whole weeks from Monday, each day once."""
    month = calendar(1912, 2, {"1912-02-03": 4}, 4)
    assert all(len(week) == 7 for week in month.weeks)
    days = [cell for week in month.weeks for cell in week if cell]
    assert [day for day, _ in days] == list(range(1, 30))
    assert month.weeks[0].index((3, 4)) == 5
    assert (month.name, month.most) == ("February", 4)


class _FullDay(FakeEdition):
    """A day with five sides, one of them with many documents."""

    def on(self, date: str) -> Day:
        regest = Regest("white/d1", "white", "A paper", telegram().date)
        sides = [("Norland", (regest,) * 40)]
        sides += [(name, (regest,)) for name in ("Avon", "Breda", "Corinth", "Delft")]
        return Day(date, tuple(sides), month={3: 44})


def test_full_day_has_three_columns() -> None:
    """Three sides stand as columns, the fullest first; further ones follow, and nothing is cut
    without its number.
    """
    app = Starlette(routes=routes)
    app.state.edition = _FullDay()
    page = TestClient(app).get("/on/1912-06-03").text
    assert page.count('<h2 class="top') == 3
    assert page.index('<h2 class="top c1">Norland') < page.index('<h2 class="top">Avon')
    assert '<h2 class="label">Corinth</h2>' in page
    assert "and 28 more" in page
    assert "44 documents of this day" in page


def test_other_documents_of_the_day() -> None:
    """A document names the others of its day and leads to the day."""
    other = replace(telegram(), id="grey/d2", collection="grey")
    app = Starlette(routes=routes)
    app.state.edition = FakeEdition([telegram(), other, notes_of_a_day()])
    page = TestClient(app).get("/documents/white/d1").text
    aside = page[page.index("The same day") :]
    assert 'href="/documents/grey/d2"' in aside
    assert 'href="/on/1912-06-03"' in aside


class _Stretches(FakeEdition):
    """An edition whose one telegram bears a date that is no day, month or year."""

    bears = ""

    def entry(self, name: str, id: str, *, documents: bool = True) -> IndexEntry:
        if name == "date" and id == self.bears:
            return IndexEntry("", id, 1, ("white/d1",))
        return super().entry(name, id, documents=documents)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("[1710..1720]", "between 1710 and 1720"),
        ("1719/1720", "1719–1720"),
        ("[1720-01-03..1720-01-12]", "between 3 and 12 January 1720"),
        ("[..1720-05]", "before"),
        ("192X", "1920s"),
    ],
)
def test_stretch_of_time_has_a_page(edtf: str, words: str) -> None:
    """A date that is an interval, a set or a decade has a page with the documents that bear it."""
    app = Starlette(routes=routes)
    app.state.edition = edition = _Stretches()
    edition.bears = edtf
    client = TestClient(app)
    for address in (f"/dates/{quote(edtf, safe='')}", f"/dates/{edtf}"):
        answer = client.get(address)
        assert answer.status_code == 200, answer.text[-500:]
        assert 'href="/documents/white/d1"' in answer.text
        assert "1 document<" in answer.text
        assert words in answer.text
    answer = client.get("/dates/[1810..1820]", follow_redirects=False)
    assert answer.headers["location"] == "/search?from=1810-01-01&to=1820-12-31&sort=date"
    assert client.get("/dates/1810..").status_code == 404
