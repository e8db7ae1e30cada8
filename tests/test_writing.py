"""Small files of an edition: written whole, one at a time."""

import os
from pathlib import Path

import pytest

from regesta.edition.writing import replace_file


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """The new text takes the old one's place and its rights; nothing else is left."""
    path = tmp_path / "a.toml"
    path.write_text("old")
    path.chmod(0o640)
    replace_file(path, "new\n")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new\n", 0o640)
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the new text cannot be put in place, the old one stays and nothing lies about."""

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.toml"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """A file that is kept elsewhere is written there."""
    (tmp_path / "kept.toml").write_text("old")
    (tmp_path / "a.toml").symlink_to(tmp_path / "kept.toml")
    replace_file(tmp_path / "a.toml", "new")
    assert (tmp_path / "a.toml").is_symlink()
    assert (tmp_path / "kept.toml").read_text() == "new"
