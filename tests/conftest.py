"""Shared fixtures: where the real documents are."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from regesta.edition import Edition


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real documents, or a skip with the reason."""
    named = os.environ.get("REGESTA_CORPORA")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip(f"no corpora at {folder}; set REGESTA_CORPORA")
    return folder


@pytest.fixture(scope="session")
def demo_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the bundled edition, built and linked once; do not write into it."""
    from regesta.edition import Edition
    from regesta.serving.cli.main import main

    place = tmp_path_factory.mktemp("bundled") / "vologda.regesta"
    main(["demo", "--no-serve", "--quiet", "--to", str(place)], standalone_mode=False)
    edition = Edition.open(place)
    edition.links.find()
    edition.close()
    return place


@pytest.fixture
def demo(demo_path: Path) -> Iterator["Edition"]:
    """The bundled edition, open."""
    from regesta.edition import Edition

    edition = Edition.open(demo_path)
    yield edition
    edition.close()
