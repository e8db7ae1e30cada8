"""Carrying a query out: a tree of nodes in, tantivy queries out.

tantivy's own parser is not used, because it misreads prefixes and fuzzy words without a word of
warning. Terms are folded and stemmed here exactly as the entries were.
"""

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Sequence

import tantivy
from tantivy import Occur, Query

from regesta.edition.search.forms import Vocabulary
from regesta.edition.search.query import (
    And,
    Dates,
    Leaf,
    Missing,
    Named,
    Near,
    Node,
    Not,
    Or,
    Value,
    sought,
)
from regesta.edition.search.schema import (
    FIRST_DAY,
    IN_THREES,
    LACKS,
    LAST_DAY,
    LAYERS,
    PAIRED,
)
from regesta.edition.search.spelling import variants
from regesta.edition.search.words import fold, paired_phrase, phrase_of_threes
from regesta.errors import QueryError

#: What a found word weighs by its layer: developed on half of 1,702 editors' summaries.
WEIGHTS = {"document": 1.0, "headings": 0.4, "notes": 0.2, "sources": 0.2}
#: What a word weighs that stands in a document's subject headings.
SUBJECTS = 0.2
#: Most documents have a word that stands in so many of all.
MOST_HAVE = 0.8
#: Where one document in so many has all words, the best with any of them have all.
MANY_HAVE = 16
#: Beginnings and alternatives of NEAR stand for at most so many words.
MOST_FORMS, MOST_RANKED_FORMS, MOST_PAIRS = 3000, 40, 400


class Planner:
    """Makes tantivy queries for one state of an index."""

    def __init__(
        self, schema: tantivy.Schema, vocabulary: Vocabulary, *, among: Query | None = None
    ) -> None:
        self.schema = schema
        self.vocabulary = vocabulary
        self.among = among

    def narrowed(self, among: Query) -> "Planner":
        """A planner whose words and phrases are only looked for among some documents.

        What it finds among them is right, what it finds elsewhere is not: join it with ``among``.
        Without this a union of words or phrases would be worked out for all documents.
        """
        return Planner(self.schema, self.vocabulary, among=among)

    def query(self, node: Node) -> Query:
        """Make the query that finds what a node means.

        Raises:
            QueryError: A beginning or NEAR stands for too many words of this edition.
        """
        if isinstance(node, And):
            return self._all(node.parts)
        if isinstance(node, Or):
            return any_of([self.query(part) for part in node.parts])
        if isinstance(node, Not):
            return self._all((node,))
        if isinstance(node, Leaf):
            return self._leaf(node)
        if isinstance(node, Named):
            return silent(any_of([self._leaf(node.leaf), self.documents(node.documents)]))
        if isinstance(node, Near):
            return all_of([self._near(pair, node) for pair in itertools.pairwise(node.operands)])
        if isinstance(node, Dates):
            return self.dates(node.first, node.last)
        if isinstance(node, Missing):
            return self.missing(node.field)
        if isinstance(node, Value):
            return self.value(node.field, node.value)
        return Query.all_query()

    def dates(self, first: str | None, last: str | None, *, within: bool = False) -> Query:
        """Documents whose date overlaps a range of days, or lies in it as a whole."""
        start, end = days(first, last)
        bounds = (
            [("earliest", start, LAST_DAY), ("latest", FIRST_DAY, end)]
            if within
            else [("earliest", FIRST_DAY, end), ("latest", start, LAST_DAY)]
        )
        return silent(all_of([self._range(*bound) for bound in bounds]))

    def missing(self, field: str) -> Query:
        """Documents that have no date, author, recipient, place, subject, kind or language."""
        return silent(Query.term_query(self.schema, "lacks", LACKS[field]))

    def value(self, field: str, value: str) -> Query:
        """Documents with a value of a field, whatever its case; an asterisk leaves its end open."""
        if field == "id":
            if value.endswith("*"):
                return silent(Query.regex_query(self.schema, "id", re.escape(value[:-1]) + ".*"))
            return silent(Query.term_query(self.schema, "id", value))
        wanted = _plain(value.removesuffix("*"))
        found = [
            known
            for known in self.vocabulary.values(field)
            if _plain(known) == wanted or (value.endswith("*") and _plain(known).startswith(wanted))
        ]
        return self.keys(field, found)

    def documents(self, ids: Sequence[str]) -> Query:
        """These documents."""
        return silent(Query.term_set_query(self.schema, "id", list(ids)))

    def keys(self, field: str, values: Sequence[str]) -> Query:
        """Documents with any of these values exactly."""
        terms = [Query.term_query(self.schema, field, value, "basic") for value in values]
        return silent(any_of(terms))

    def ranked(self, query: Query, node: Node) -> Query:
        """The same documents, better where the words asked for stand in their headings."""
        scores = self._scores(node)
        if not scores:
            return query
        return Query.boolean_query([(Occur.Must, query), *((Occur.Should, q) for q in scores)])

    def ranked_loosely(self, node: Node, filters: Sequence[Query], *, total: int) -> Query | None:
        """A quicker query that finds the same and more, scored the same; None where there is none.

        Of an AND it leaves out words that most documents have, which add next to nothing to a
        score; one word always stays. Of one word and of a union all forms and headings are one
        union, so that documents whose subjects alone have a word are found too; so they are of an
        AND that finds many (``total``), as a union passes over what cannot be among the best.
        """
        lighter = self._lighter(node)
        many = not filters and total * MANY_HAVE >= self.vocabulary.searcher.num_docs
        flat = (Or, And) if many else (Or,)
        parts = lighter.parts if isinstance(lighter, flat) else (lighter,)
        if all(isinstance(p, Leaf) and p.kind == "word" and not p.field for p in parts):
            forms = [self._spoken("anywhere", p.words, 1.0) for p in parts if isinstance(p, Leaf)]
            union = any_of([*itertools.chain(*forms), *self._scores(node)])
            return all_of([union, *map(silent, filters)])
        if lighter is node:
            return None
        return self.ranked(all_of([self.query(lighter), *map(silent, filters)]), node)

    def _scores(self, node: Node) -> list[Query]:
        """What the words asked for add in headings and subject headings."""
        words = {leaf.words[0] for leaf in sought(node) if leaf.kind in ("word", "exact")}
        count = self.vocabulary.count
        scores: list[Query] = []
        # Where all words must stand, the frequent ones are gone through for their headings alone.
        every = self.vocabulary.searcher.num_docs
        most = max(every // 20, 100) if isinstance(node, And) else every
        for word in sorted(words):
            if 0 < count("subject_words", word) <= most:
                scores.append(self._term("subject_words", word, SUBJECTS))
            scores += self._spoken("headings", (word,), WEIGHTS["headings"], rare=True)
        for leaf in sought(node):
            if leaf.kind == "fuzzy" and leaf.field in ("", "document"):
                scores += self._slips(leaf.words[0])
        return scores

    def _slips(self, word: str) -> list[Query]:
        """The word and those with one letter other, each as rare as all together.

        What a word spelt almost so finds has one score; by these it is better where it has more.
        """
        counts = {other: self.vocabulary.count("document_exact", other) for other in variants(word)}
        meant = self.vocabulary.rarity(sum(counts.values()))
        return [
            self._term("document_exact", other, meant / self.vocabulary.rarity(count))
            for other, count in counts.items()
            if count
        ]

    def _lighter(self, node: Node) -> Node:
        """The same without words that most documents have; itself where there are none."""
        if not isinstance(node, And):
            return node
        least = self.vocabulary.searcher.num_docs * MOST_HAVE
        counts = [
            self.vocabulary.documents(part.words[0])
            if isinstance(part, Leaf) and part.kind == "word" and not part.field
            else 0
            for part in node.parts
        ]
        rarest = counts.index(min(counts))
        kept = [
            part
            for i, (part, count) in enumerate(zip(node.parts, counts, strict=True))
            if count < least or i == rarest
        ]
        if len(kept) == len(node.parts):
            return node
        return And(tuple(kept)) if len(kept) > 1 else kept[0]

    def _spoken(
        self, field: str, words: Sequence[str], weight: float, *, rare: bool = False
    ) -> list[Query]:
        """Words side by side in a stemmed field, in every language that has them.

        With ``rare`` those are left out that every twentieth document has.
        """
        count, most = self.vocabulary.count, self.vocabulary.searcher.num_docs // 20
        return [
            self._phrase(field, stems, weight=weight * factor)
            for stems, factor in self.vocabulary.spoken(field, words)
            if not rare or count(field, stems[0]) <= max(most, 100)
        ]

    def _all(self, parts: Iterable[Node]) -> Query:
        wanted, unwanted = [], []
        for part in parts:
            if isinstance(part, Not):
                unwanted.append((Occur.MustNot, self.query(part.part)))
            else:
                wanted.append((Occur.Must, self.query(part)))
        if not wanted:
            wanted.append((Occur.Must, silent(Query.all_query())))
        if len(wanted) == 1 and not unwanted:
            return wanted[0][1]
        return Query.boolean_query([*wanted, *unwanted])

    def _leaf(self, leaf: Leaf) -> Query:
        if leaf.field and leaf.field not in LAYERS:
            name = leaf.field if leaf.field == "number" else f"{leaf.field}_words"
            return silent(self._forms_in(name, leaf, 1.0))
        layers = (leaf.field,) if leaf.field else LAYERS
        if leaf.kind == "word" and not leaf.field:
            return any_of(self._spoken("anywhere", leaf.words, 1.0))
        if leaf.kind in ("word", "joined"):
            return any_of([q for layer in layers for q in self._stemmed(layer, leaf)])
        return any_of([self._forms_in(f"{x}_exact", leaf, WEIGHTS[x]) for x in layers])

    def _stemmed(self, layer: str, leaf: Leaf) -> list[Query]:
        """Any form of a word, or of words joined by hyphens, also printed as one."""
        queries = self._spoken(layer, leaf.words, WEIGHTS[layer])
        if len(leaf.words) > 1 and all(word.isalpha() and len(word) > 1 for word in leaf.words):
            queries += self._spoken(layer, ("".join(leaf.words),), WEIGHTS[layer])
        return queries

    def _forms_in(self, field: str, leaf: Leaf, weight: float) -> Query:
        """The forms of a leaf in an unstemmed field."""
        if leaf.kind == "prefix":
            return self._beginning(field, leaf, weight)
        if leaf.kind == "fuzzy":
            fuzzy = Query.fuzzy_term_query(self.schema, field, leaf.words[0], leaf.number)
            return weighted(fuzzy, weight)
        if leaf.open_end:
            return self._open_phrase(field, leaf, weight)
        if leaf.number:
            pairs = itertools.pairwise(leaf.words)
            return all_of([self._either_order(field, a, b, leaf.number, weight) for a, b in pairs])
        return self._as_written(field, leaf.words, weight)

    def _as_written(self, field: str, words: Sequence[str], weight: float) -> Query:
        """Forms side by side: by threes or pairs where all are common words, which is quicker."""
        layer = field.removesuffix("_exact")
        if layer == field or layer not in PAIRED or len(words) < 2:
            return self._phrase(field, list(words), weight=weight)
        threes = len(words) > 2 and layer in IN_THREES
        pieces = phrase_of_threes(words) if threes else paired_phrase(words)
        if not pieces:
            return self._phrase(field, list(words), weight=weight)
        return self._phrase(f"{layer}_{'threes' if threes else 'pairs'}", pieces, weight=weight)

    def _beginning(self, field: str, leaf: Leaf, weight: float) -> Query:
        forms = self._expand(leaf, [field])
        if len(forms) <= MOST_RANKED_FORMS:
            return any_of([self._term(field, word, weight) for word in forms])
        return weighted(Query.regex_query(self.schema, field, f"{leaf.words[0]}.*"), weight)

    def _open_phrase(self, field: str, leaf: Leaf, weight: float) -> Query:
        last = Leaf("prefix", leaf.words[-1:], position=leaf.position)
        forms = self._expand(last, [field])
        begun = leaf.words[:-1]
        if len(forms) <= MOST_RANKED_FORMS or not field.endswith("_exact"):
            return any_of([self._as_written(field, (*begun, form), weight) for form in forms])
        return self._pattern(field, [*begun, f"{last.words[0]}.*"], weight)

    def _pattern(self, field: str, patterns: list[str], weight: float) -> Query:
        if len(patterns) == 1:
            return weighted(Query.regex_query(self.schema, field, patterns[0]), weight)
        query = Query.regex_phrase_query(self.schema, field, list(patterns))
        return weighted(query, weight)

    def _expand(self, leaf: Leaf, fields: list[str], *, limit: int = 0) -> list[str]:
        """Words of the edition that begin so, refused where they are too many."""
        limit = limit or MOST_FORMS
        word = leaf.words[0]
        forms = self.vocabulary.beginning_with(word, fields, limit=limit)
        if len(forms) > limit:
            raise QueryError(
                f"more than {limit:,} different words of this edition begin with {word}",
                f"write more letters before the asterisk, as in {word}{'…' * (len(word) < 4)}*",
                leaf.position,
            )
        return [form for form, _ in forms]

    def _near(self, pair: tuple[Node, Node], node: Near) -> Query:
        sides = [part.parts if isinstance(part, Or) else (part,) for part in pair]
        leaves = [[leaf for leaf in side if isinstance(leaf, Leaf)] for side in sides]
        named = leaves[0][0].field
        if named and named not in LAYERS:
            return silent(self._near_in([f"{named}_words"], leaves, node))
        layers = [named] if named else list(LAYERS)
        if all(leaf.kind == "word" for side in leaves for leaf in side):
            return any_of([q for x in layers for q in self._near_stems(x, leaves, node)])
        return self._near_in([f"{layer}_exact" for layer in layers], leaves, node)

    def _near_stems(self, layer: str, sides: list[list[Leaf]], node: Near) -> list[Query]:
        queries = []
        for language in self.vocabulary.languages:
            stems = [
                [self.vocabulary.stem(leaf.words[0], language) for leaf in side] for side in sides
            ]
            for a, b in itertools.product(*stems):
                if a == b:
                    raise QueryError(
                        "NEAR needs two words that are not forms of one",
                        "write =word NEAR/5 =other for the forms themselves",
                        node.position,
                    )
                queries.append(self._either_order(layer, a, b, node.number, WEIGHTS[layer]))
        return queries

    def _near_in(self, fields: list[str], sides: list[list[Leaf]], node: Near) -> Query:
        """NEAR between forms as they stand; a bare word there stands for all its forms."""
        forms = []
        for side in sides:
            found: list[str] = []
            for leaf in side:
                if leaf.kind == "prefix":
                    found += self._expand(leaf, fields, limit=MOST_PAIRS)
                elif leaf.kind == "word" and fields[0].endswith("_exact"):
                    found += [form for form, _ in self.vocabulary.forms(leaf.words[0])]
                else:
                    found += leaf.words
            forms.append(list(dict.fromkeys(found)))
        pairs = [(a, b) for a, b in itertools.product(*forms) if a != b]
        if len(pairs) > MOST_PAIRS:
            raise QueryError(
                f"this NEAR stands for more than {MOST_PAIRS} pairs of words",
                "write more letters before the asterisk, or fewer alternatives",
                node.position,
            )
        n = node.number
        return any_of([self._either_order(f, a, b, n, 1.0) for f in fields for a, b in pairs])

    def _either_order(self, field: str, a: str, b: str, between: int, weight: float) -> Query:
        """Two words with at most so many others between.

        tantivy counts two moves for turning a pair round, and miscounts three words or more: so
        only pairs are asked, in both orders.
        """
        return any_of(
            [
                self._phrase(field, [a, b], slop=between, weight=weight),
                self._phrase(field, [b, a], slop=between, weight=weight),
            ]
        )

    def _phrase(
        self,
        field: str,
        words: Sequence[str] | Sequence[tuple[int, str]],
        *,
        slop: int = 0,
        weight: float,
    ) -> Query:
        """Words side by side, or at their places from 0."""
        if len(words) == 1:
            word = words[0]
            return self._term(field, word if isinstance(word, str) else word[1], weight)
        phrase = weighted(Query.phrase_query(self.schema, field, list(words), slop=slop), weight)
        return phrase if self.among is None else all_of([phrase, self.among])

    def _term(self, field: str, word: str, weight: float) -> Query:
        term = weighted(Query.term_query(self.schema, field, word, "freq"), weight)
        return term if self.among is None else all_of([term, self.among])

    def _range(self, field: str, first: int, last: int) -> Query:
        kind = tantivy.FieldType.Integer
        return Query.range_query(self.schema, field, kind, first, last)


def all_of(queries: Sequence[Query]) -> Query:
    """Documents that every query finds."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(queries: Sequence[Query]) -> Query:
    """Documents that any query finds; none where there is no query."""
    if not queries:
        return Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def silent(query: Query) -> Query:
    """The same documents, adding nothing to their scores."""
    return Query.const_score_query(query, 0.0)


def weighted(query: Query, weight: float) -> Query:
    """The same documents with their scores multiplied."""
    return query if weight == 1.0 else Query.boost_query(query, weight)


def days(first: str | None, last: str | None) -> tuple[int, int]:
    """A range of days ``YYYY-MM-DD`` as ordinals; an open end is the first or last day there is."""
    return _day(first, FIRST_DAY), _day(last, LAST_DAY)


def _day(day: str | None, otherwise: int) -> int:
    return dt.date.fromisoformat(day).toordinal() if day else otherwise


def _plain(value: str) -> str:
    return fold(value.strip()) or value.strip()
