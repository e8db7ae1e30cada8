"""Zip archives as untrusted input: members listed without unpacking, bytes read one member a time.

A member's bytes are found by its offset, so that loading one does not read the archive's directory
again; nothing is ever written to disk.
"""

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from regesta.errors import SourceError
from regesta.reading import file_kinds
from regesta.reading.limits import (
    BOMB_BYTES,
    BOMB_RATIO,
    MAX_ARCHIVE_BYTES,
    MAX_FILE_BYTES,
    MAX_MEMBERS,
    megabytes,
)

#: Between an archive's path and a member's.
SEPARATOR = "!/"

_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: where its bytes lie and what they must be when unpacked.

    Attributes:
        name: Its path inside the archive, with ``/``.
        size: Unpacked bytes.
        packed: Packed bytes.
        offset: Of its local header in the archive.
        method: 0 stored, 8 deflated.
        crc: CRC-32 of the unpacked bytes.
    """

    name: str
    size: int
    packed: int
    offset: int
    method: int
    crc: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A member that is not read, with the reason; ``deliberate`` as in ``Unread``."""

    name: str
    reason: str
    deliberate: bool = False


def members(file: str) -> list[Member | Refused]:
    """List an archive's files, sorted by name; folders and litter are left out.

    Raises:
        SourceError: It is no zip archive, damaged, or larger than the bounds.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    except zipfile.BadZipFile:
        raise SourceError("is no zip archive, or a damaged one") from None
    except (OSError, ValueError, NotImplementedError, struct.error, OverflowError) as error:
        raise SourceError(f"cannot be opened as a zip archive: {_short(error)}") from None
    if len(infos) > MAX_MEMBERS:
        raise SourceError(f"holds {len(infos):,} files, more than {MAX_MEMBERS:,}; split it")
    total = sum(info.file_size for info in infos)
    if total > MAX_ARCHIVE_BYTES:
        raise SourceError(
            f"would unpack to {megabytes(total)}, more than {megabytes(MAX_ARCHIVE_BYTES)}"
        )
    listed = [_judge(info) for info in infos if not _passed_over(info)]
    return sorted(_once(listed), key=lambda item: item.name)


def _once(listed: list[Member | Refused]) -> Iterator[Member | Refused]:
    """Of several files of one name the last, which whoever unpacks the archive gets."""
    last = {item.name: item for item in listed}
    for item in listed:
        if last[item.name] is item:
            yield item
        else:
            yield Refused(item.name, "stands in its archive again; the last of that name counts")


def load(file: str, member: Member) -> bytes:
    """Unpack one member in memory.

    Raises:
        SourceError: The archive has changed, or the member is not what the archive promised.
    """
    try:
        with open(file, "rb") as stream:
            stream.seek(member.offset)
            header = stream.read(_LOCAL_HEADER.size)
            if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
                raise SourceError("is damaged or has changed since it was listed")
            fields = _LOCAL_HEADER.unpack(header)
            stream.seek(fields[9] + fields[10], os.SEEK_CUR)
            packed = stream.read(member.packed)
    except OSError as error:
        raise SourceError((error.strerror or str(error)).lower()) from None
    except (ValueError, OverflowError):
        raise SourceError("is damaged: its archive is shorter than it says") from None
    return _unpack(packed, member)


def _unpack(packed: bytes, member: Member) -> bytes:
    if member.method == zipfile.ZIP_STORED:
        data = packed
    else:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = unpacker.decompress(packed, member.size + 1)
        except zlib.error:
            raise SourceError("is damaged in its archive") from None
    if len(data) != member.size or zlib.crc32(data) != member.crc:
        raise SourceError("is damaged in its archive: size or checksum is not as promised")
    return data


def _passed_over(info: zipfile.ZipInfo) -> bool:
    parts = _name(info).strip("/").split("/")
    litter = any(file_kinds.is_litter(part) for part in parts if part not in ("..", "."))
    return info.is_dir() or litter or file_kinds.is_settings(parts[-1])


def _judge(info: zipfile.ZipInfo) -> Member | Refused:
    name = _name(info)
    reason = _refusal(info, name)
    if reason:
        return Refused(name, reason)
    if file_kinds.is_about(name.rpartition("/")[2]):
        return Refused(name, "speaks of the folder, is none of its documents", True)
    return Member(
        name, info.file_size, info.compress_size, info.header_offset, info.compress_type, info.CRC
    )


def _refusal(info: zipfile.ZipInfo, name: str) -> str:
    """Why a member is not read, or an empty string."""
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        return "has a path that leads out of its archive"
    if info.flag_bits & _ENCRYPTED_FLAG:
        return "is encrypted; unpack the archive first"
    if info.file_size == 0:
        return "is empty"
    if name.lower().endswith(".zip"):
        return "is an archive inside an archive; unpack it first"
    if (size := max(info.file_size, info.compress_size)) > MAX_FILE_BYTES:
        return f"is too large ({megabytes(size)}, at most {megabytes(MAX_FILE_BYTES)})"
    if info.file_size > BOMB_BYTES and info.file_size > BOMB_RATIO * max(info.compress_size, 1):
        ratio = info.file_size // max(info.compress_size, 1)
        return f"unpacks to {ratio} times its size ({megabytes(info.file_size)}), like a zip bomb"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed by a method not read here; pack it as an ordinary zip"
    return ""


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; UTF-8 names that an archiver did not flag come as code page 437."""
    name = info.orig_filename if "\\" in info.orig_filename else info.filename
    name = name.split("\0")[0].replace("\\", "/")
    if not info.flag_bits & _UTF8_FLAG and not name.isascii():
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            return name
    return name


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__
