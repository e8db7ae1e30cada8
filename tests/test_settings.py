"""`edition.toml`: taken over from a folder of sources, then the user's."""

from pathlib import Path

import pytest

from regesta.edition.settings import FILE, adopt_settings, read_settings
from regesta.errors import EditionError

BROUGHT = 'title = "The lagoon papers"\n\n[collections.lagoon]\nside = "Alba"\n'


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """An edition's empty folder, and a folder of sources with settings."""
    edition, sources = tmp_path / "edition", tmp_path / "sources"
    edition.mkdir()
    sources.mkdir()
    (sources / FILE).write_text(BROUGHT)
    return edition, sources


def test_settings_come_with_the_sources(folders: tuple[Path, Path]) -> None:
    """A new edition is called what its folder of sources says, sides included."""
    edition, sources = folders
    assert adopt_settings(edition, [sources])
    settings = read_settings(edition)
    assert settings.title == "The lagoon papers"
    assert settings.collections == {"lagoon": {"side": "Alba"}}


def test_given_title_wins(folders: tuple[Path, Path]) -> None:
    """A title given on the command line stands above the file's own; the rest stays."""
    edition, sources = folders
    assert adopt_settings(edition, [sources], title='Lagoon "papers"')
    settings = read_settings(edition)
    assert settings.title == 'Lagoon "papers"'
    assert settings.collections == {"lagoon": {"side": "Alba"}}


def test_own_settings_stay(folders: tuple[Path, Path]) -> None:
    """An edition that has settings keeps them."""
    edition, sources = folders
    (edition / FILE).write_text('title = "Mine"\n')
    assert not adopt_settings(edition, [sources])
    assert read_settings(edition).title == "Mine"


def test_a_mark_of_the_byte_order_is_no_word(folders: tuple[Path, Path]) -> None:
    """Settings saved with a byte order mark, as some editors do, are read and taken over."""
    edition, sources = folders
    (sources / FILE).write_text(BROUGHT, encoding="utf-8-sig")
    assert read_settings(sources).title == "The lagoon papers"
    assert adopt_settings(edition, [sources], title="Mine")
    assert read_settings(edition).title == "Mine"


def test_broken_settings_are_named(folders: tuple[Path, Path]) -> None:
    """A broken file among the sources is named with its place, and nothing is taken over."""
    edition, sources = folders
    (sources / FILE).write_text("title = Lagoon")
    with pytest.raises(EditionError, match=r"sources.*edition\.toml"):
        adopt_settings(edition, [sources])
    assert not (edition / FILE).exists()
