"""Text reuse in three stages: SQL over the tables before, then a pure function over batches.

Texts become ``anchors``, these become ``seeds``, these ``passages``. The SQL is such as DuckDB and
 Apache Spark both speak, and no engine hashes anything itself, so that both give the same rows.
"""

from collections.abc import Iterable, Iterator

from regesta.documents.base import Value
from regesta.linking.reuse.align import aligned
from regesta.linking.reuse.anchors import anchors
from regesta.linking.reuse.base import Batch, Step
from regesta.linking.reuse.chains import seeds
from regesta.linking.reuse.grow import AROUND

#: An anchor in more places than this is a formula and leads nowhere: it bounds what is compared,
#: since so many places make at most 190 pairs.
MOST_PLACES = 20
#: Columns of the table that the stages begin with; both numbers rise with the order of documents.
TEXTS = {
    "stretch": "int32", "doc": "int32", "id": "string", "start": "int32", "text": "string",
}  # fmt: skip


class Stage(Value, frozen=True):
    """One stage.

    Attributes:
        name: Of the table that it makes.
        sql: What it reads, from ``texts`` and the tables made before.
        step: The function over batches of those rows.
        columns: Name and type of what it makes.
        together: Columns of rows that one call of the function must see together.
        order: Columns by which those rows are sorted.
        sliced: The table, a row of which is a row of ``sql``, that an engine may take in parts by
            the first column of ``together``; "" where it takes all at once.
    """

    name: str
    sql: str
    step: Step
    columns: dict[str, str]
    together: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    sliced: str = ""


def _anchors(batches: Iterable[Batch]) -> Iterator[Batch]:
    for batch in batches:
        hashes, rows, places, beside = anchors(range(len(batch["text"])), batch["text"])
        yield {
            "hash": hashes,
            "stretch": batch["stretch"][rows],
            "doc": batch["doc"][rows],
            "place": places,
            "beside": beside,
        }


_PAIRS = f"""
WITH rare AS (
  SELECT hash, CAST(count(*) AS INT) AS df FROM anchors
  GROUP BY hash HAVING count(*) BETWEEN 2 AND {MOST_PLACES}
), kept AS (
  SELECT anchors.hash, stretch, doc, place, beside, df
  FROM anchors JOIN rare ON anchors.hash = rare.hash
)
SELECT p.stretch AS a, q.stretch AS b, p.place AS x, q.place AS y, p.df AS df,
  p.beside AS p, q.beside AS q
FROM kept p JOIN kept q ON p.hash = q.hash WHERE p.doc < q.doc
"""
_WINDOWS = f"""
SELECT a, b, x0, x1, y0, y1, df, rank,
  greatest(x0 - {AROUND}, 0) AS u0, greatest(y0 - {AROUND}, 0) AS v0,
  substring(p.text, CAST(greatest(x0 - {AROUND}, 0) + 1 AS INT),
            CAST(x1 + {AROUND} - greatest(x0 - {AROUND}, 0) AS INT)) AS u,
  substring(q.text, CAST(greatest(y0 - {AROUND}, 0) + 1 AS INT),
            CAST(y1 + {AROUND} - greatest(y0 - {AROUND}, 0) AS INT)) AS v
FROM seeds JOIN texts p ON p.stretch = seeds.a JOIN texts q ON q.stretch = seeds.b
"""

STAGES = (
    Stage(
        name="anchors",
        sql="SELECT stretch, doc, text FROM texts",
        step=_anchors,
        columns={
            "hash": "int64",
            "stretch": "int32",
            "doc": "int32",
            "place": "int32",
            "beside": "int64",
        },
    ),
    Stage(
        name="seeds",
        sql=_PAIRS,
        step=seeds,
        columns=dict.fromkeys(("a", "b", "x0", "x1", "y0", "y1", "df", "rank"), "int32"),
        together=("a", "b"),
        order=("a", "b", "x", "y"),
    ),
    Stage(
        name="passages",
        sql=_WINDOWS,
        step=aligned,
        columns=dict.fromkeys(("a", "b", "x0", "x1", "y0", "y1", "edits", "df"), "int32"),
        together=("a", "b"),
        order=("a", "b", "rank"),
        sliced="seeds",
    ),
)

#: What comes of it: passages by the ids of their documents, in the documents' own code points.
RESULT = """
SELECT p.id AS a, p.start + x0 AS a_start, p.start + x1 AS a_stop,
  q.id AS b, q.start + y0 AS b_start, q.start + y1 AS b_stop, edits, df
FROM passages JOIN texts p ON p.stretch = passages.a
  JOIN texts q ON q.stretch = passages.b
ORDER BY p.doc, q.doc, a_start, b_start, a_stop, b_stop
"""
