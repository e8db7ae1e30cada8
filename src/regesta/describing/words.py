"""Word lists of the vocabularies, loaded once: a file's name in, its tables out."""

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=32)
def vocabulary(name: str) -> dict[str, Any]:
    """Load ``vocabularies/<name>.toml``."""
    path = resources.files("regesta.vocabularies") / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8"))


@lru_cache(maxsize=32)
def rows(name: str) -> list[list[str]]:
    """Load ``vocabularies/<name>.tsv``: its rows without comments and the header line."""
    path = resources.files("regesta.vocabularies") / f"{name}.tsv"
    lines = [x for x in path.read_text("utf-8").splitlines() if x and not x.startswith("#")]
    return [line.split("\t") for line in lines[1:]]
