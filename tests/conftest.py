"""Shared fixtures: where the real documents are."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real documents, or a skip with the reason."""
    named = os.environ.get("REGESTA_CORPORA")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip(f"no corpora at {folder}; set REGESTA_CORPORA")
    return folder
