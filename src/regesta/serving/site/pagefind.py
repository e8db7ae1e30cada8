"""Pagefind, where it is installed: an index with passages and ranking, for sites on a web host.

What comes in is a folder with the pages of all documents; out goes its ``pagefind`` folder. From
disk a browser lets no page load it, and our own search stands in.
"""

import importlib.util
import subprocess
import sys
from pathlib import Path

from regesta.errors import EditionError, MissingExtra

CURE = "pip install 'regesta[site]'"
#: Only pages of documents are indexed; to read the others as well takes as long again.
PAGES = "documents/**/*.html"
#: What a document's page says about it or repeats: a neighbour's name would find it, too.
LEFT_OUT = (".crumbs", ".rail", ".frame", ".side", ".card", ".key", ".fn", ".acts-list")


def pagefind(folder: Path, *, wanted: bool | None) -> bool:
    """Index a site.

    Args:
        folder: The site; only what is marked ``data-pagefind-body`` is indexed.
        wanted: True or False; None: where it is installed.

    Returns:
        Whether it was done.

    Raises:
        MissingExtra: It is wanted and not installed.
        EditionError: It failed; its last words are told.
    """
    if wanted is False:
        return False
    if importlib.util.find_spec("pagefind_bin") is None:
        if wanted:
            raise MissingExtra("Pagefind is not installed", CURE)
        return False
    left_out = [part for selector in LEFT_OUT for part in ("--exclude-selectors", selector)]
    asked = ["--site", str(folder), "--glob", PAGES, *left_out, "--quiet"]
    done = subprocess.run(
        [sys.executable, "-m", "pagefind", *asked],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no reason given"]
        raise EditionError(f"Pagefind failed: {last[0]}", "--search own does without it")
    return True
