"""Data: months, offices, powers, kinds; each file says where it comes from.

A table's name comes in, its data goes out, loaded once. Every room reads its words here.
"""

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=64)
def vocabulary(name: str) -> dict[str, Any]:
    """Load ``vocabularies/<name>.toml``."""
    return tomllib.loads((resources.files(__name__) / f"{name}.toml").read_text("utf-8"))
