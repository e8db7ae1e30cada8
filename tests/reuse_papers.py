"""Made-up papers for the tests of text reuse: prose, misprints, and a short way in."""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from regesta.documents import Document, Source
from regesta.linking.reuse.base import Result
from regesta.linking.reuse.text import texts_of

#: Syllables by script, from which words are made.
SYLLABLES = {
    name: syllables.split()
    for name, syllables in (
        ("latin", "ba con der ges harb lim min nor per que ral sto tur ven wis"),
        ("german", "Über schluß trag möch bünd nis Köni gli ßen fahr zeug rück säch"),
        ("cyrillic", "при каз дол жен мир ный до го вор пра ви тель ство нот"),
        ("greek", "πρα συν θη κη βασ ιλευ ειρη νη λογ ον δημ"),
    )
}


def prose(seed: object, words: int = 60, script: str = "latin") -> str:
    """So many words that no other seed makes."""
    chance = random.Random(f"{seed} {script}")
    made = [
        "".join(chance.choices(SYLLABLES[script], k=chance.randint(1, 4))) for _ in range(words)
    ]
    for n in range(0, words, 13):
        made[n] = made[n].capitalize()
        made[n - 1] += "."
    return " ".join(made)


def misread(text: str, rate: float, seed: int = 1) -> str:
    """A text with every so-manyeth letter changed, lost or doubled."""
    chance = random.Random(seed)
    made = []
    for sign in text:
        kind = chance.random() if chance.random() < rate else 1.0
        made.append("x" if kind < 0.6 else "" if kind < 0.8 else sign * 2 if kind < 1 else sign)
    return "".join(made)


def paper(id: str, text: str) -> Document:
    """A document of nothing but text."""
    return Document(id=f"c/{id}", collection="c", source=Source("", ""), text=text)


def found(documents: Iterable[Document], folder: Path, threads: int = 1) -> list[Result]:
    """The passages that documents share, by DuckDB."""
    from regesta.linking.engines.duckdb import run, write_texts

    write_texts(folder, texts_of(documents, 3))
    return list(run(folder, threads=threads))


def cut(documents: Sequence[Document], row: Result) -> tuple[str, str]:
    """The words of a passage on both sides."""
    texts = {document.id: document.text for document in documents}
    return texts[row[0]][row[1] : row[2]], texts[row[3]][row[4] : row[5]]
