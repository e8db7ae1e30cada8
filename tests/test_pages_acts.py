"""The pages of acts: the ledger, two powers on a line, acts in a text, positions on a day."""

import itertools
import re
from collections.abc import Iterator

import pytest
from fake_edition import FakeEdition
from starlette.testclient import TestClient

from regesta.documents import Act
from regesta.documents.ledger import StoredAct
from regesta.edition.acts.asked import ActSpan
from regesta.serving.answers.acts import verb_words
from regesta.serving.app import create_app
from regesta.serving.pages.acts_chart import ActMark, bars_plate, marks_plate, shape_of
from regesta.serving.pages.acts_document import letters


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A client of the made-up edition."""
    with TestClient(create_app(FakeEdition())) as made:
        yield made


def test_the_ledger(client: TestClient) -> None:
    """Each row has its actor, its verb, its words, and leads to them; counts say of how many."""
    page = client.get("/acts?tier=all").text
    assert "2 acts in 1 document, of 4 that were read" in page
    assert '<span class="verb">refuses</span>' in page
    assert '<span class="verb">would not request</span>' in page
    assert "probable, as Berg reports" in page
    assert "/documents/white/d1#act-1" in page
    assert "<b>for</b>" not in page


def test_the_ledger_opens_with_what_is_certain(client: TestClient) -> None:
    """Unasked, only certain acts are shown; the page says how many are not, and one click gives
    all.
    """
    page = client.get("/acts").text
    assert "1 act in 1 document" in page
    assert "probable, as Berg reports" not in page
    assert "1 further act is <i>probable</i>" in page
    assert 'href="/acts?tier=all"' in page
    assert "certain <span" in page, "a filter in force is shown as one"


def test_nothing_certain_shows_the_rest(client: TestClient) -> None:
    """Where no act of a choice is certain, the probable ones are shown, and said to be so."""
    page = client.get("/acts?actor=Secretary+of+State").text
    assert "would not request" in page
    assert "1 act of this choice is <i>probable</i>" in page


def test_two_powers_on_a_line(client: TestClient) -> None:
    """Acts each way stand above and below a line, and lead to their rows."""
    page = client.get("/acts?between=Norland&between=United+States&tier=all").text
    assert "<h1>Norland and United States</h1>" in page
    assert page.count('<svg class="chart-') == 2
    for anchor in re.findall(r'<a href="#([^"]+)"><title>', page):
        assert f'<tr id="{anchor}">' in page


def test_nothing_found_says_so(client: TestClient) -> None:
    """A name that no act has is named, with names near it."""
    page = client.get("/acts?actor=Nobody").text
    assert "No act has the name “Nobody”; near it" in page
    assert 'aria-label="Filters in force"' in page


@pytest.mark.parametrize(
    "query",
    ["from=soon", "from=1919&to=1918", "offset=x", "polarity=maybe"],
)
def test_malformed_addresses(client: TestClient, query: str) -> None:
    """A malformed question is answered by a page that says what is wrong, never by a fault."""
    assert client.get(f"/acts?{query}").status_code in (200, 400, 404)


def test_acts_in_a_text(client: TestClient) -> None:
    """Acts are underlined in the text, with a note in the margin and a list for narrow pages."""
    page = client.get("/documents/white/d1").text
    assert '<span class="act" id="act-1">' in page
    assert '<span class="act probable" id="act-2">' in page
    assert 'class="side a"' in page
    assert 'id="acts"' in page
    assert "would <i>not</i> request" in page
    assert "2 acts in the ledger" in page


def test_positions_on_a_day(client: TestClient) -> None:
    """A day shows what each power did, in columns; what is probable only, with its words."""
    page = client.get("/on/1912-06-03").text
    assert "in the words of these papers" in page
    assert "<h3>Norland</h3>" in page
    likely = page.partition("<h3>United States</h3>")[2].partition("</section>")[0]
    assert "probable, as Berg reports" in likely
    assert "<q>" in likely


@pytest.mark.parametrize(
    ("modality", "polarity", "words"),
    [
        ("actual", "affirmed", "attacks"),
        ("actual", "negated", "does not attack"),
        ("intended", "affirmed", "intends to attack"),
        ("intended", "negated", "intends not to attack"),
        ("conditional", "affirmed", "would attack"),
        ("conditional", "negated", "would not attack"),
        ("requested", "affirmed", "is asked to attack"),
        ("requested", "negated", "is asked not to attack"),
    ],
)
def test_verb_says_how_far_it_is_done(modality: str, polarity: str, words: str) -> None:
    """A verb that is only meant, supposed or asked for never reads as done."""
    act = Act("Kell", "attack", polarity=polarity, modality=modality)
    assert verb_words(StoredAct("grey/d1", 0, act, "")) == words


def test_letters() -> None:
    """Keys go on after z."""
    assert [letters(n) for n in (0, 25, 26, 27, 701, 702)] == ["a", "z", "aa", "ab", "zz", "aaa"]


@pytest.mark.parametrize(
    ("group", "cameo", "shape"),
    [("ask", "020", "square"), ("bind", "057", "disc"), ("answer", "120", "lozenge"),
     ("tell", "010", "tick"), ("judge", "", "tick")],
)  # fmt: skip
def test_shapes(group: str, cameo: str, shape: str) -> None:
    """What is asked, granted, refused or told has a mark of its own."""
    assert shape_of(group, cameo) == shape


def _mark(day: str, there: bool) -> ActMark:
    return ActMark(day, there, "disc", False, "accepts", "a <title>", "#x")


def test_marks_never_touch() -> None:
    """Days that lie near each other in time stay apart on the line."""
    days = [f"1912-06-{d:02d}" for d in range(1, 13)] + ["1914-01-01"]
    svg = str(marks_plate([_mark(d, n % 2 == 0) for n, d in enumerate(days)], ("A", "<B>")))
    assert "&lt;B&gt;" in svg
    assert "<title>a &lt;title&gt;</title>" in svg
    narrow = svg[svg.index("chart-s") :]
    places = sorted({float(x) for x in re.findall(r'cx="([\d.]+)"', narrow)})
    assert all(b - a > 9.5 for a, b in itertools.pairwise(places))
    assert marks_plate([], ("A", "B")) == ""
    assert "<svg" in marks_plate([_mark("1912-06-03", True)], ("A", "B"))


def test_bars_keep_empty_months() -> None:
    """Months without acts keep their room; both ways share one scale."""
    svg = str(bars_plate([ActSpan("1912-11", 4, 1), ActSpan("1913-02", 0, 2)], ("A", "B"),
                         lambda s: f"/acts?from={s.date}"))  # fmt: skip
    assert svg.count('href="/acts?from=1912-11"') == 2
    assert "from=1912-12" not in svg
    heights = [float(h) for h in re.findall(r'class="bar"[^>]* height="([\d.]+)"', svg)]
    assert heights[:2] == [76.0, 19.0]
