"""Discovery of sources: files, folders and archives into references, hostile ones into one line."""

import hashlib
import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from regesta.errors import SourceError
from regesta.reading import archives, limits
from regesta.reading.sources import SourceRef, Unread, find_sources, open_source


def names(path: Path, **options: object) -> list[str]:
    """Paths of the references below a folder, relative to it."""
    return [
        item.path.removeprefix(f"{path}/")
        for item in find_sources([path], **options)  # type: ignore[arg-type]
        if isinstance(item, SourceRef)
    ]


def reasons(path: Path) -> dict[str, str]:
    """Unread files below a path with their reasons."""
    return {
        item.path.removeprefix(f"{path}/").removeprefix(f"{path}!/"): item.reason
        for item in find_sources([path])
        if isinstance(item, Unread)
    }


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    """Write an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_folders_are_walked_in_sorted_order(tmp_path: Path) -> None:
    """The order of a listing is that of the names, whatever order the files were made in."""
    for name in ("b/2.txt", "a/z.txt", "c.txt", "b/1.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words")
    assert names(tmp_path) == ["a/z.txt", "b/1.txt", "b/2.txt", "c.txt"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """What a link leads to elsewhere is reported, not read; the folder itself may be a link."""
    folder, other = tmp_path / "papers", tmp_path / "papers-of-others"
    for place in (folder, other):
        place.mkdir()
        (place / "a.txt").write_text(f"words of {place.name}")
    (folder / "b.txt").symlink_to(other / "a.txt")
    (folder / "c").symlink_to(other, target_is_directory=True)
    assert names(folder) == ["a.txt"]
    assert set(reasons(folder)) == {"b.txt", "c"}
    assert all("leads out of the folder" in reason for reason in reasons(folder).values())
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    assert names(tmp_path / "link") == ["a.txt"]
    both = [i.file for i in find_sources([folder, other]) if isinstance(i, SourceRef)]
    assert len(both) == 2  # what is given too may be linked to


@pytest.mark.parametrize(
    "litter",
    [".DS_Store", ".hidden.txt", "Thumbs.db", "~$letter.docx", "letter.txt~", "old.bak",
     "edition.toml", "__MACOSX/letter.txt", ".git/config", "out.regesta/record.sqlite",
     "letter_files/x.txt", "a.css"],
)  # fmt: skip
def test_litter_is_passed_over_in_silence(tmp_path: Path, litter: str) -> None:
    """Files that systems, editors and Regesta itself leave behind are neither read nor reported."""
    (tmp_path / litter).parent.mkdir(exist_ok=True)
    (tmp_path / litter).write_text("words")
    (tmp_path / "letter.html").write_text("words")
    assert names(tmp_path) == ["letter.html"]
    assert reasons(tmp_path) == {}


def test_a_readme_is_passed_over_with_a_word_and_read_when_named(tmp_path: Path) -> None:
    """A README speaks of its folder; the user who names it gets it read."""
    readme = tmp_path / "README.md"
    readme.write_text("About these letters")
    (item,) = find_sources([tmp_path])
    assert isinstance(item, Unread)
    assert item.deliberate
    (named,) = find_sources([readme])
    assert isinstance(named, SourceRef)


def test_a_reference_knows_its_folder_size_and_digest(tmp_path: Path) -> None:
    """What a build compares comes with the listing; the digest with the bytes."""
    file = tmp_path / "letters" / "a.txt"
    file.parent.mkdir()
    file.write_bytes(b"words")
    (ref,) = find_sources([tmp_path])
    assert isinstance(ref, SourceRef)
    assert (ref.folder, ref.size, ref.name) == ("letters", 5, "a.txt")
    assert ref.mtime_ns == file.stat().st_mtime_ns
    loaded = ref.load()
    assert loaded.data == b"words"
    assert loaded.sha256 == hashlib.sha256(b"words").hexdigest()


def test_links_that_loop_end(tmp_path: Path) -> None:
    """A link to a folder above is followed once at most."""
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "again.txt").symlink_to(tmp_path / "a.txt")
    assert names(tmp_path) == ["a.txt"]


def test_arguments_that_overlap_give_each_file_once(tmp_path: Path) -> None:
    """A folder and a file in it are one listing."""
    (tmp_path / "a.txt").write_text("words")
    found = list(find_sources([tmp_path / "a.txt", tmp_path]))
    assert len(found) == 1


def test_what_is_excluded_is_left_out_whole(tmp_path: Path) -> None:
    """The folder that a build writes to is no source of it."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "record.txt").write_text("words")
    (tmp_path / "a.txt").write_text("words")
    assert names(tmp_path, exclude=[tmp_path / "out"]) == ["a.txt"]


def test_a_path_that_does_not_exist_is_an_error_at_once(tmp_path: Path) -> None:
    """A misspelt argument stops the build before it begins."""
    with pytest.raises(SourceError, match="no such file or folder"):
        find_sources([tmp_path / "nowhere"])


def test_odd_files_get_a_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Empty files, pipes, broken links and huge files are one line each."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(limits.MAX_FILE_BYTES + 1)
    (tmp_path / "letter.txt").write_text("words")
    found = reasons(tmp_path)
    assert set(found) == {"pipe", "empty.txt", "broken.txt", "huge.txt"}
    assert "empty" in found["empty.txt"]
    assert "nowhere" in found["broken.txt"]
    assert "too large" in found["huge.txt"]
    assert "ordinary" in found["pipe"]
    assert names(tmp_path) == ["letter.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_that_may_not_be_read_get_a_reason(tmp_path: Path) -> None:
    """A folder or file without permission is named, the rest is listed."""
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "a.txt").chmod(0)
    assert "permission" in reasons(tmp_path)["closed"]
    (ref,) = (item for item in find_sources([tmp_path]) if isinstance(item, SourceRef))
    with pytest.raises(SourceError, match="permission"):
        ref.load()


def test_permission_denied_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever the system refuses to open is one line that says why."""
    (tmp_path / "a.txt").write_text("words")
    (ref,) = find_sources([tmp_path])

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    assert isinstance(ref, SourceRef)
    with pytest.raises(SourceError, match="permission denied"):
        ref.load()


def test_a_file_that_vanishes_is_one_line(tmp_path: Path) -> None:
    """Between listing and loading a file may go."""
    (tmp_path / "a.txt").write_text("words")
    (ref,) = find_sources([tmp_path])
    (tmp_path / "a.txt").unlink()
    assert isinstance(ref, SourceRef)
    with pytest.raises(SourceError, match="no longer there"):
        ref.load()


def test_archives_are_listed_with_their_folders(tmp_path: Path) -> None:
    """Members come sorted, with the folder they lie in, and load by themselves."""
    path = zipped(
        tmp_path / "box.zip",
        {
            "b/two.txt": b"second",
            "one.txt": b"first",
            "__MACOSX/._one.txt": b"x",
            ".DS_Store": b"x",
        },
    )
    found = [item for item in find_sources([path]) if isinstance(item, SourceRef)]
    assert [(ref.path.partition("!/")[2], ref.folder) for ref in found] == [
        ("b/two.txt", "b"),
        ("one.txt", "box"),
    ]
    assert [ref.load().data for ref in found] == [b"second", b"first"]


def test_a_source_is_opened_again_by_its_path(tmp_path: Path) -> None:
    """The path that a document carries finds its bytes again, in archives too."""
    path = zipped(tmp_path / "box.zip", {"in/one.txt": b"first"})
    assert open_source(f"{path}!/in/one.txt").data == b"first"
    assert open_source("box.zip!/in/one.txt", base=tmp_path).folder == "in"
    with pytest.raises(SourceError, match="no longer there"):
        open_source(f"{path}!/in/two.txt")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../outside.txt", "leads out"),
        ("a/../../outside.txt", "leads out"),
        ("/etc/passwd", "leads out"),
        ("C:\\windows\\x.txt", "leads out"),
        ("..\\outside.txt", "leads out"),
        ("inner.zip", "archive inside an archive"),
        ("nothing.txt", "empty"),
    ],
)
def test_members_that_do_not_belong_are_refused(tmp_path: Path, name: str, reason: str) -> None:
    """A member whose path leads out, a nested archive, an empty one: one line, the rest is read."""
    data = b"" if reason == "empty" else b"words"
    path = zipped(tmp_path / "box.zip", {"good.txt": b"words", name: data})
    assert [reason in said for said in reasons(path).values()] == [True]
    assert [item.path for item in find_sources([path]) if isinstance(item, SourceRef)] == [
        f"{path}!/good.txt"
    ]


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    """A member that unpacks to hundreds of times its size is not unpacked."""
    path = zipped(tmp_path / "box.zip", {"bomb.txt": b"\0" * (limits.BOMB_BYTES + 1)})
    assert "zip bomb" in reasons(path)["bomb.txt"]


def test_an_archive_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sum of all members is bounded before any is read."""
    monkeypatch.setattr(archives, "MAX_ARCHIVE_BYTES", 10)
    path = zipped(tmp_path / "box.zip", {"a.txt": b"words", "b.txt": b"words, more"})
    assert "would unpack to" in reasons(tmp_path)[path.name]


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    """The flag of encryption is enough."""
    path = zipped(tmp_path / "box.zip", {"secret.txt": b"words"})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        data[at] |= 1
    path.write_bytes(bytes(data))
    assert "encrypted" in reasons(path)["secret.txt"]


def test_a_lying_size_is_found_out(tmp_path: Path) -> None:
    """A member that unpacks to more than it promised is not unpacked further."""
    path = zipped(tmp_path / "box.zip", {"a.txt": b"words " * 1000})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<L", 10)
    path.write_bytes(bytes(data))
    (ref,) = find_sources([path])
    assert isinstance(ref, SourceRef)
    with pytest.raises(SourceError, match="not as promised"):
        ref.load()


@pytest.mark.parametrize(
    "data", [b"words", b"PK\x03\x04 and nothing more", b"PK\x05\x06" + b"\xff" * 18]
)
def test_a_damaged_archive_is_one_line(tmp_path: Path, data: bytes) -> None:
    """What is no archive says so."""
    (tmp_path / "box.zip").write_bytes(data)
    assert len(reasons(tmp_path)) == 1


def test_a_cut_archive_loses_what_was_cut(tmp_path: Path) -> None:
    """An archive that has changed since it was listed is one line, never wrong bytes."""
    path = zipped(tmp_path / "box.zip", {"a.txt": os.urandom(2000)})
    (ref,) = find_sources([path])
    path.write_bytes(path.read_bytes()[:500])
    assert isinstance(ref, SourceRef)
    with pytest.raises(SourceError, match=r"damaged|promised"):
        ref.load()


@pytest.mark.parametrize("encoding", ["cp437", "utf-8"])
def test_names_without_the_flag_are_understood(tmp_path: Path, encoding: str) -> None:
    """Old archivers write code page 437, others UTF-8 without saying so."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("Xxxxxx.txt", "words")
    name = "éé.txt".encode(encoding).rjust(10, b"_")
    (tmp_path / "box.zip").write_bytes(made.getvalue().replace(b"Xxxxxx.txt", name))
    (ref,) = find_sources([tmp_path])
    assert ref.path.endswith("éé.txt")


def test_name_that_is_not_utf8(tmp_path: Path) -> None:
    """A file whose name is no Unicode is named so that it can be shown; its neighbours are read."""
    strange = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(strange, "w") as stream:
            stream.write("Paris, 3 May 1919")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (tmp_path / "plain.txt").write_text("Paris, 4 May 1919")
    strange_one, plain = find_sources([tmp_path])
    assert isinstance(strange_one, Unread)
    assert strange_one.path.endswith("caf\\xe9.txt")
    assert "not UTF-8" in strange_one.reason
    assert isinstance(plain, SourceRef)
