"""Safe XML: bytes in, events out; no network, no DTD, no external entity, no bomb.

Limited are: a file's length (``MAX_BYTES``); the length of an entity that the file declares, and of
an attribute's value that it declares for elements without one (``MAX_ENTITY``); what an entity is
made of (characters and their numbers, no other entity); and by how much all of these together make
the file longer (``MAX_GROWTH``, by references and elements counted in its bytes). Beyond a limit
the file is refused. Not limited are the number and the depth of elements.

expat reads the file in pieces, so memory grows with what the caller keeps, not with the file. The
white space of the source is folded before it is parsed where that cannot change a word, which
makes the common case (indented mark-up in UTF-8) half as long.
"""

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator
from html.entities import html5
from typing import Any
from xml.parsers import expat

from regesta.errors import SourceError
from regesta.reading.decode import is_charset, is_wide

#: Separates namespace from local name in tags and attributes.
SEPARATOR = "}"

#: Larger files are refused: two workers must stay under a gigabyte together.
MAX_BYTES = 100 * 1024 * 1024
#: An internal entity stands for a character or a short phrase; more is refused.
MAX_ENTITY = 400
#: Text may not grow by more than this over the file's own length.
MAX_GROWTH = 8 * 1024 * 1024
_CHUNK = 1 << 20
#: A declaration of the encoding stands within this many first bytes or characters.
_HEAD = 400

_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_DECLARATION = re.compile(r"""(?<=<\?xml)([^>]*?)\sencoding\s*=\s*["'][^"']*["']""")
_ROOT = re.compile(rb"<[A-Za-z_]")
_SPACE_REFERENCE = re.compile(rb"&#(?:0*(?:9|10|13|32)|[xX]0*(?:9|[aAdD]|20));")
#: A reference to an entity that is no character's number, in whatever letters its name is.
_REFERENCE = re.compile(r"&(?!#)")
#: Names of the entities that a file refers to, and of its elements.
_REFERRED = re.compile(rb"&([^;&#<\s]+);")
_OPENED = re.compile(rb"<([^\s<>&/!?]+)")
#: The root element stands within this many first bytes.
_ROOT_WITHIN = 1 << 18

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Data = Callable[[str], None]


def declared_encoding(data: bytes) -> str:
    """Give the encoding a file shows by its first bytes, else the one it declares, in lower case.

    A declaration that can be read byte by byte is not in two bytes a character, whatever it says:
    programs write "utf-16" into files that they save in UTF-8.
    """
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    if data[:2] in (b"<\0", b"\0<"):
        return "utf-16-le" if data[:1] == b"<" else "utf-16-be"
    match = _DECLARED.search(data[:_HEAD])
    if match is None or data.startswith(codecs.BOM_UTF8):
        return "utf-8"
    encoding = match[1].decode("ascii").lower()
    return "utf-8" if is_wide(encoding) else encoding


def as_utf8(data: bytes, name: str) -> bytes:
    """Give a file in UTF-8, its declaration changed where it declares another encoding.

    Raises:
        SourceError: The bytes are not what the file declares, or nobody knows that encoding.
    """
    encoding = declared_encoding(data)
    if encoding in ("utf-8", "utf8", "us-ascii", "ascii"):
        return data
    if not is_charset(encoding):
        raise SourceError(f"{name}: declares the encoding '{encoding}', which is not known")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise SourceError(_wrong_bytes(name, encoding, data, wrong.start)) from None
    text = text.removeprefix("\ufeff")
    return (_DECLARATION.sub(r"\1", text[:_HEAD], count=1) + text[_HEAD:]).encode()


def _wrong_bytes(name: str, encoding: str, data: bytes, at: int) -> str:
    line = data.count(b"\n", 0, at) + 1
    return (
        f"{name}, line {line}: the bytes are not {encoding.upper()}, "
        "which the file declares or, without a declaration, must be"
    )


def fold(data: bytes) -> tuple[bytes, bool]:
    """Fold runs of white space of a UTF-8 file into one space, where no word can be lost.

    Returns:
        The bytes, and whether every run is folded (else whoever takes the text folds it).
    """
    root = _ROOT.search(data)
    if root is None or b"<!ENTITY" in data[: root.start()]:
        return data, False
    # Lines are indented; within them runs are rare. This is five times as fast as a pattern.
    flat = b" ".join(filter(None, map(bytes.strip, data.split(b"\n"))))
    flat = flat.replace(b"\t", b" ").replace(b"\r", b" ")
    length = 0
    while len(flat) != length:
        length = len(flat)
        flat = flat.replace(b"  ", b" ")
    if _SPACE_REFERENCE.search(flat):
        return data, False
    return flat, True


class Parser:
    """One pass over a file.

    Args:
        name: The file's name, for messages.

    Attributes:
        warnings: What had to be mended, each with its line.
        folded: Whether the text that arrives has no two spaces in a row.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.warnings: list[str] = []
        self.folded = False
        self._expat: Any = None
        self._bytes = b""
        self._growth = 0
        self._referred: Counter[bytes] | None = None
        self._opened: Counter[bytes] | None = None
        self._undeclared: set[str] = set()

    def handle(self, start: Start, end: End, data: Data) -> None:
        """Send the events from here on to other functions."""
        parser = self._expat
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = data

    def handlers(self) -> tuple[Start, End, Data]:
        """Give the functions that take the events now."""
        parser = self._expat
        return parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler

    def run(self, data: bytes, begin: Callable[[], tuple[Start, End, Data]]) -> None:
        """Parse it all.

        Args:
            data: The file's bytes.
            begin: Gives the handlers; called again where a mended file is parsed anew.

        Raises:
            SourceError: Not well-formed, wrongly encoded, too large, or dangerous.
        """
        if len(data) > MAX_BYTES:
            raise SourceError(
                f"{self.name}: {len(data) // 2**20} MB of XML in one file is more than "
                f"{MAX_BYTES // 2**20} MB",
                "split it",
            )
        data = as_utf8(data, self.name)
        flat, self.folded = fold(data)
        try:
            self._parse(flat, begin())
            return
        except expat.ExpatError:
            mended = mend_comments(data)
        try:
            if mended is not None:
                self.folded = False
                self._parse(mended, begin())
                line = _first_bad_comment(data)
                self.warnings.append(f"line {line}: a comment holds '--'; read as if it did not")
                return
            # Once more without folding, for the line in the message.
            self._parse(data, (_ignore, _ignore, _ignore))
        except expat.ExpatError as error:
            raise SourceError(self._explain(error, data)) from None
        raise SourceError(f"{self.name}: not well-formed XML")

    def _parse(self, data: bytes, handlers: tuple[Start, End, Data]) -> None:
        parser = expat.ParserCreate("utf-8", SEPARATOR)
        parser.buffer_text = True
        parser.buffer_size = 65536
        # With these set, text is handed over at a comment and not joined across it.
        parser.CommentHandler = parser.ProcessingInstructionHandler = _ignore
        parser.StartCdataSectionHandler = parser.EndCdataSectionHandler = _ignore
        parser.EntityDeclHandler = self._declare
        parser.AttlistDeclHandler = self._declare_attribute
        parser.ExternalEntityRefHandler = self._external
        parser.SkippedEntityHandler = self._skipped
        self._expat, self._bytes, self._growth = parser, data, 0
        self._referred = self._opened = None
        self._undeclared.clear()
        self.handle(*handlers)
        try:
            view = memoryview(data)
            for at in range(0, len(view), _CHUNK):
                parser.Parse(view[at : at + _CHUNK], False)
            parser.Parse(b"", True)
        finally:
            self._expat, self._bytes = None, b""

    def _declare(
        self, name: str, is_parameter: int, value: str | None, base: Any, *outside: Any
    ) -> None:
        if value is None or is_parameter:
            return
        if _REFERENCE.search(value):
            raise SourceError(
                f"{self.name}, line {self._expat.CurrentLineNumber}: entity '{name}' is made of "
                "other entities; refused as a possible entity bomb"
            )
        if self._referred is None:  # counted once: a file may declare as many as it has room for
            self._referred = Counter(match[1] for match in _REFERRED.finditer(self._bytes))
        self._growth += len(value) * self._referred[name.encode()]
        if len(value) > MAX_ENTITY or self._growth > MAX_GROWTH:
            raise SourceError(
                f"{self.name}, line {self._expat.CurrentLineNumber}: entity '{name}' stands for "
                f"{max(len(value), self._growth)} characters; refused as a possible entity bomb"
            )

    def _declare_attribute(
        self, element: str, name: str, kind: str, default: str | None, required: int
    ) -> None:
        if default is None:
            return
        if self._opened is None:
            self._opened = Counter(match[1] for match in _OPENED.finditer(self._bytes))
        self._growth += len(default) * self._opened[element.encode()]
        if len(default) > MAX_ENTITY or self._growth > MAX_GROWTH:
            raise SourceError(
                f"{self.name}, line {self._expat.CurrentLineNumber}: every '{element}' without "
                f"'{name}' would get {len(default)} characters; refused as a possible entity bomb"
            )

    def _external(self, context: str, base: Any, system: str | None, public: Any) -> int:
        raise SourceError(
            f"{self.name}, line {self._expat.CurrentLineNumber}: refers to the external entity "
            f"'{system}'; refused, as nothing outside the file is read",
            "put its text into the file",
        )

    def _skipped(self, name: str, is_parameter: int) -> None:
        if is_parameter:
            return
        known = html5.get(name + ";")
        if known is None and name not in self._undeclared:
            self._undeclared.add(name)
            self.warnings.append(
                f"line {self._expat.CurrentLineNumber}: entity '&{name};' is not declared; "
                "kept as it stands"
            )
        self._expat.CharacterDataHandler(known or f"&{name};")

    def _explain(self, error: expat.ExpatError, data: bytes) -> str:
        try:
            data.decode()
        except UnicodeDecodeError as wrong:
            return _wrong_bytes(self.name, "utf-8", data, wrong.start)
        reason = expat.ErrorString(error.code)
        if error.code == expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]:
            reason = "the file ends before its root element does (truncated?)"
        elif error.code == expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN]:
            reason = "the file ends inside a tag or comment (truncated?)"
        return f"{self.name}, line {error.lineno}: not well-formed XML: {reason}"


def _ignore(*_: Any) -> None:
    return


def mend_comments(data: bytes) -> bytes | None:
    """Give the file with the hyphens of its ill-formed comments spread, or None if all are well."""
    pieces, done = [], 0
    for start, end in _bad_comments(data):
        pieces += [data[done:start], data[start:end].replace(b"-", b" ")]
        done = end
    return b"".join([*pieces, data[done:]]) if pieces else None


def _first_bad_comment(data: bytes) -> int:
    start, _ = next(_bad_comments(data), (0, 0))
    return data.count(b"\n", 0, start) + 1


def _bad_comments(data: bytes) -> Iterator[tuple[int, int]]:
    """Where comments with a hyphen too many have their words; each byte is looked at once.

    A pattern would look for the end of a comment again from every beginning of one.
    """
    at = 0
    while (start := data.find(b"<!--", at)) >= 0:
        start += len(b"<!--")
        end = data.find(b"-->", start)
        if end < 0:
            return
        if data.find(b"--", start, end) >= 0 or data[start:end].endswith(b"-"):
            yield start, end
        at = end + len(b"-->")


def looks_like_xml(data: bytes) -> bool:
    """Tell whether a file begins like XML, whatever its encoding."""
    head = data[:200].replace(b"\x00", b"")
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.lstrip()[:1] == b"<"


def root_name(data: bytes) -> tuple[str, str]:
    """Give the root element's local name and namespace, from the file's first bytes.

    Both are empty strings where the beginning is no well-formed XML.
    """
    found: list[str] = []

    def start(tag: str, attrs: dict[str, str]) -> None:
        found.append(tag)
        parser.StartElementHandler = None

    parser = expat.ParserCreate("utf-8", SEPARATOR)
    parser.StartElementHandler = start
    head = data[:_ROOT_WITHIN]
    encoding = declared_encoding(head)
    if is_charset(encoding) and encoding != "utf-8":
        head = head.decode(encoding, "replace").removeprefix("\ufeff").encode()
    view = memoryview(head)
    try:
        for at in range(0, len(view), 4096):
            parser.Parse(view[at : at + 4096], False)
            if found:
                break
    except expat.ExpatError:
        pass
    if not found:
        return "", ""
    namespace, _, name = found[0].rpartition(SEPARATOR)
    return name, namespace
