"""Bytes into text: byte-order marks, declared and detected character sets; no binary data."""

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from regesta.errors import SourceError
from regesta.reading.file_kinds import known_unread

_MARKS: Sequence[tuple[bytes, str]] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: Single-byte sets that transcripts come in, by region: Western and Central Europe, Cyrillic,
#: Greek, Turkish. UTF-8 and UTF-16 are settled before these are weighed.
_CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp866", "iso8859_5", "cp1253", "cp1254", "mac_roman",
    "mac_cyrillic",
]  # fmt: skip

_CYRILLIC = ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")

#: The letters that make up 70 % of running Russian, Bulgarian and Serbian text.
_COMMON_CYRILLIC = "оеаинтсрвлмукд"

#: Share of the high bytes that must become common letters: running text has .7, lists of names .6.
_MIN_CYRILLIC = 0.5

#: Letters of Western languages that stand, in the Central European set, for letters hardly used;
#: and Western letters hardly used without them, which there stand for ě, ř, ő, ű, đ, ň.
_WESTERN = frozenset("àâãäåæçêëîïñ")
_CENTRAL = frozenset("ìøõûðò")

#: A small letter; a capital that no small letter is before; quotation marks, dashes, ° and §.
_WESTERN_SIGNS = re.compile(
    "[ß-öø-ÿœ]|(?<![a-zß-öø-ÿœ])[À-ÖØ-ÞŒ](?=[a-zß-öø-ÿœ]|[A-ZÀ-ÖØ-ÞŒ])|[“”„‘’‚«»–—…°§£]"
)

#: Bytes looked at to guess a character set, and to tell text from binary data.
_SAMPLE = 65_536

#: More control characters than this share are no text (form feeds and escapes happen).
_MAX_CONTROLS = 0.01

_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


#: Codecs of Python's own that turn bytes into text and are no character set of a file.
_NO_CHARSETS = frozenset(
    ("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7", "mbcs",
     "oem")
)  # fmt: skip
#: Beginnings of the names of sets with two or four bytes a character.
_WIDE = ("utf-16", "utf16", "utf-32", "utf32", "ucs-", "iso-10646-ucs")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the character set it came in; ``guessed`` where nothing declared it."""

    text: str
    charset: str
    guessed: bool = False


def decode(data: bytes, *, declared: str = "", name: str = "") -> Decoded:
    """Turn bytes into text.

    Args:
        data: The whole file.
        declared: What the file says of itself (``<meta charset>``), tried after byte-order marks.
        name: The file's name, to say what binary data is.

    Raises:
        SourceError: It is binary data, or no character set fits.
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, charset), charset.removesuffix("-sig"))
    wide = _wide(data)
    if wide:
        return Decoded(_strictly(data, wide), wide, guessed=True)
    refuse_binary(data, name)
    if declared and not is_wide(declared) and is_charset(declared):
        try:
            return Decoded(data.decode(_web_name(declared)), declared.lower())
        except UnicodeError:
            pass
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(data, error):
            return Decoded(data.decode("utf-8", "replace"), "utf-8 with damaged bytes", True)
    charset = _guess(data)
    return Decoded(data.decode(charset, "replace"), charset, guessed=True)


def is_charset(declared: str) -> bool:
    """Tell whether a declared name is that of a character set known here."""
    try:
        b"<?xm".decode(declared)
    except (LookupError, ValueError):
        return False
    return codecs.lookup(declared).name.replace("_", "-") not in _NO_CHARSETS


def is_wide(declared: str) -> bool:
    """Tell whether a declared set has two or four bytes a character.

    Where the declaration could be read byte by byte, it is wrong; HTML's standard says so too.
    """
    plain = declared.strip().lower().replace("_", "-")
    return plain == "unicode" or plain.startswith(_WIDE)


def refuse_binary(data: bytes, name: str = "") -> None:
    """Raise :class:`SourceError` where bytes are no text, whatever the file is called."""
    reason = binary_reason(data, name)
    if reason:
        raise SourceError(reason)


def binary_reason(data: bytes, name: str = "") -> str:
    """Say why bytes are no text, or give an empty string."""
    sample = data[:_SAMPLE]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _wide(sample):
        return ""
    if data.startswith(b"%PDF-"):
        return "is a PDF under another name"
    if data.startswith(b"PK\x03\x04"):
        return "is a zip archive or an office document under another name"
    if len(_CONTROLS.findall(sample)) > _MAX_CONTROLS * len(sample):
        return known_unread("", sample[:32]) or "is binary data, not text"
    return ""


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: one side of the byte pairs knows two or three values, zero among them.

    The high bytes of a text are those of its script and, for spaces and digits, zero.
    """
    sample = data[: _SAMPLE // 2 * 2]
    pairs = len(sample) // 2
    if pairs < 8 or len(data) % 2:
        return ""
    for high, low, charset in ((1, 0, "utf-16-le"), (0, 1, "utf-16-be")):
        common = Counter(sample[high::2]).most_common(3)
        other = sum(count for _, count in Counter(sample[low::2]).most_common(3))
        zeros = dict(common).get(0, 0)
        few = sum(count for _, count in common) > 0.97 * pairs
        if few and zeros > 0.08 * pairs and other < 0.7 * pairs and not sample[low::2].count(0):
            return charset
    return ""


def _strictly(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset)
    except UnicodeError:
        raise SourceError(f"begins like {charset.upper()} text and is not") from None


def _web_name(declared: str) -> str:
    """The set that browsers use for a declared name: "latin-1" on the web means Windows-1252."""
    plain = declared.strip().lower().replace("_", "-")
    return "cp1252" if plain in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii") else plain


def _mostly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Tell damaged UTF-8 (valid sequences far outnumber broken ones) from another set."""
    replaced = data[:_SAMPLE].decode("utf-8", "replace")
    broken = replaced.count("�")
    wide = sum(1 for character in replaced if character > "\x7f") - broken
    return error.end > error.start and wide > 20 * broken


def _guess(data: bytes) -> str:
    return _cyrillic(data[:_SAMPLE]) or _any(data)


def _cyrillic(sample: bytes) -> str:
    """The Cyrillic set that turns the bytes into the most lower-case common letters, if any does.

    The sets hold the same letters in other places, so a wrong one shows rare letters or capitals.
    """
    high = sum(byte > 0x7F for byte in sample)
    if high * 2 < sum(bytes((byte,)).isalpha() or byte > 0x7F for byte in sample):
        return ""
    scores = {}
    for charset in _CYRILLIC:
        text = sample.decode(charset, "replace")
        common = sum(text.count(letter) for letter in _COMMON_CYRILLIC)
        inner_capitals = len(re.findall(r"(?<=\w)[А-ЯЁ]", text))
        scores[charset] = (common - inner_capitals) / high
    best = max(scores, key=lambda charset: scores[charset])
    return best if scores[best] > _MIN_CYRILLIC else ""


def _any(data: bytes) -> str:
    from charset_normalizer import from_bytes

    matches = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES, enable_fallback=False)
    best = matches.best()
    if best is None:
        return "cp1252" if _decodes(data, "cp1252") else "latin-1"
    tied = {
        str(match.encoding)
        for match in matches
        if (match.chaos, match.coherence) == (best.chaos, best.coherence)
    } | set(best.could_be_from_charset)
    if best.encoding == "mac_roman" and not _is_mac(data[:_SAMPLE]):
        return "cp1252"
    if {"cp1250", "cp1252"} <= tied:
        return _west_or_centre(data[:_SAMPLE].decode("cp1252", "replace"))
    return str(best.encoding)


def _is_mac(sample: bytes) -> bool:
    """Whether the old Macintosh set makes more Western letters and quotation marks than Windows'.

    A few letters among plain ones fit either set; the Macintosh's is the seldom one.
    """
    mac, windows = (_western(sample.decode(one, "replace")) for one in ("mac_roman", "cp1252"))
    return mac > windows


def _western(text: str) -> int:
    """Characters beyond ASCII that stand where Western writing has them."""
    return len(_WESTERN_SIGNS.findall(text))


def _west_or_centre(western: str) -> str:
    """Settle a tie between the Western and the Central European set by letters of either."""
    letters = set(western.lower())
    return "cp1250" if letters & _CENTRAL and not letters & _WESTERN else "cp1252"


def _decodes(data: bytes, charset: str) -> bool:
    try:
        data.decode(charset)
    except UnicodeError:
        return False
    return True
