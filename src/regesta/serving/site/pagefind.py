"""Pagefind, where it is installed: an index with passages and ranking, for sites on a web host.

What comes in are documents; out goes a site's ``pagefind`` folder. From disk a browser lets no page
load it, and our own search stands in.

Pagefind reads HTML. It gets what a document says and nothing else, in files of its own: of a page
of the reading room it would have to read all that is around the words, which takes twice as long,
and the number of a printed page would run into the word behind it.
"""

import importlib.util
import subprocess
import sys
from pathlib import Path

from regesta.documents import Document
from regesta.errors import EditionError, MissingExtra
from regesta.serving.pages.escaping import escaped

CURE = "pip install 'regesta[site]'"


def has_pagefind(wanted: bool | None) -> bool:
    """Whether Pagefind shall index a site.

    Args:
        wanted: True or False; None: where it is installed.

    Raises:
        MissingExtra: It is wanted and not installed.
    """
    if wanted is False:
        return False
    is_here = importlib.util.find_spec("pagefind_bin") is not None
    if wanted and not is_here:
        raise MissingExtra("Pagefind is not installed", CURE)
    return is_here


def words_page(document: Document, title: str) -> str:
    """What Pagefind reads of a document: its title, which a result shows, text and notes."""
    heading = "" if document.heading in document.text else document.heading
    paragraphs = [heading, *document.text.split("\n"), *(note.text for note in document.notes)]
    body = "".join(f"<p>{escaped(words)}</p>" for words in paragraphs if words)
    return f'<!doctype html><html lang="en"><h1>{escaped(title)}</h1>{body}</html>\n'


def pagefind(words: Path, folder: Path) -> None:
    """Index a site.

    Args:
        words: A folder with the pages that :func:`words_page` makes, named as those of the site.
        folder: The site.

    Raises:
        EditionError: It failed; its last words are told.
    """
    asked = ["--site", str(words), "--output-path", str(folder / "pagefind"), "--quiet"]
    done = subprocess.run(
        [sys.executable, "-m", "pagefind", *asked],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no reason given"]
        raise EditionError(f"Pagefind failed: {last[0]}", "--search own does without it")
