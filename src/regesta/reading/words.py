"""Word lists and profiles of the readers: a vocabulary's name in, its data out, read once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """Give the data of ``vocabularies/{name}.toml``."""
    return tomllib.loads(files("regesta.vocabularies").joinpath(f"{name}.toml").read_text("utf-8"))
