"""What a harvester asks, by the Open Archives Initiative's Protocol for Metadata Harvesting 2.0.

What comes in are the arguments of a request; out goes a checked question, or one of the errors
that the protocol names. Nothing of a harvest is kept here: its token says where it stands, sealed.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import quote, unquote

import msgspec

from regesta.documents import Value
from regesta.edition.changes import ChangeFilter

#: Metadata prefix → (schema, namespace).
FORMATS = {
    "oai_dc": (
        "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
        "http://www.openarchives.org/OAI/2.0/oai_dc/",
    ),
    "tei": (
        "https://www.tei-c.org/release/xml/tei/custom/schema/xsd/tei_all.xsd",
        "http://www.tei-c.org/ns/1.0",
    ),
}
#: Verb → (arguments that it needs, arguments that it may have).
VERBS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": (
        frozenset({"metadataPrefix"}),
        frozenset({"from", "until", "set", "resumptionToken"}),
    ),
    "ListRecords": (
        frozenset({"metadataPrefix"}),
        frozenset({"from", "until", "set", "resumptionToken"}),
    ),
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
#: Bytes of a seal: enough that nobody guesses one.
_SEAL = 12


class OaiError(Exception):
    """An error that the protocol names.

    Args:
        code: As the protocol spells it.
        message: For people.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class Harvest(Value, frozen=True):
    """Where a harvest stands.

    Attributes:
        verb, prefix: What is listed, and in which format.
        first, last: Stamps, inclusive; "" for open.
        set: Set as the harvester names it, or "".
        after: Id of the last record that was given.
        given: Records given so far.
    """

    verb: str
    prefix: str
    first: str = ""
    last: str = ""
    set: str = ""
    after: str = ""
    given: int = 0


def arguments(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Check a verb and its arguments.

    Raises:
        OaiError: badVerb or badArgument.
    """
    found: dict[str, str] = {}
    repeated = ""
    for name, value in pairs:
        repeated = name if name in found else repeated
        found[name] = value
    verb = found.get("verb", "")
    if repeated == "verb" or verb not in VERBS:
        raise OaiError("badVerb", f"the verb is one of {', '.join(VERBS)}")
    if repeated:
        raise OaiError("badArgument", f"{repeated} is given twice")
    needed, possible = VERBS[verb]
    for name in found:
        if name not in needed | possible | {"verb"}:
            raise OaiError("badArgument", f"{verb} takes no argument {name[:60]!r}")
    if "resumptionToken" in found:
        if len(found) > 2:
            raise OaiError("badArgument", "resumptionToken stands alone")
        return found
    for name in sorted(needed - found.keys()):
        raise OaiError("badArgument", f"{verb} needs {name}")
    return found


def harvest(found: dict[str, str], secret: str) -> Harvest:
    """What a list is asked for, from its arguments or from its token.

    Raises:
        OaiError: badArgument, badResumptionToken or cannotDisseminateFormat.
    """
    verb = found["verb"]
    if "resumptionToken" in found:
        told = unseal(found["resumptionToken"], secret)
        if told is None or told.verb != verb:
            raise OaiError("badResumptionToken", "that token was not given out for this list")
        return told
    check_prefix(found["metadataPrefix"])
    first, last = _moments(found.get("from", ""), found.get("until", ""))
    return Harvest(verb, found["metadataPrefix"], first, last, found.get("set", ""))


def check_prefix(prefix: str) -> None:
    """Refuse a format that is not here. Raises OaiError."""
    if prefix not in FORMATS:
        known = ", ".join(FORMATS)
        raise OaiError("cannotDisseminateFormat", f"the formats are {known}")


def _moments(first: str, last: str) -> tuple[str, str]:
    """A range of days or of seconds as seconds."""
    for value in filter(None, (first, last)):
        if not _real(value):
            raise OaiError("badArgument", "a date is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ")
    if first and last and len(first) != len(last):
        raise OaiError("badArgument", "from and until have the same granularity")
    if first and last and first > last:
        raise OaiError("badArgument", "from is later than until")
    if first and _DAY.match(first):
        first += "T00:00:00Z"
    if last and _DAY.match(last):
        last += "T23:59:59Z"
    return first, last


def _real(value: str) -> bool:
    if not _DAY.match(value) and not _SECOND.match(value):
        return False
    try:
        datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return False
    return value.isascii()


def seal(told: Harvest, secret: str) -> str:
    """A token for where a harvest stands."""
    content = msgspec.json.encode(told)
    return urlsafe_b64encode(_seal(content, secret) + content).decode().rstrip("=")


def unseal(token: str, secret: str) -> Harvest | None:
    """Where a harvest stands, or None for a token that we did not give out."""
    try:
        data = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    sealed, content = data[:_SEAL], data[_SEAL:]
    if not hmac.compare_digest(sealed, _seal(content, secret)):
        return None
    return msgspec.json.decode(content, type=Harvest)


def _seal(content: bytes, secret: str) -> bytes:
    return hmac.digest(secret.encode(), content, hashlib.sha256)[:_SEAL]


def now() -> str:
    """This moment, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def set_name(group: str, value: str) -> str:
    """A setSpec of a collection or kind; what it cannot hold is spelt ``~XX``."""
    return f"{group}:{quote(value.replace('~', '%7E'), safe='').replace('%', '~')}"


def set_filter(told: Harvest) -> ChangeFilter:
    """The changes that a harvest asks for; a set that cannot be lets nothing through."""
    group, _, spelt = told.set.partition(":")
    value = unquote(spelt.replace("~", "%")).replace("%7E", "~")
    everything = ChangeFilter(told.first, told.last)
    if told.set in ("", "collection"):
        return everything
    if told.set == "kind":
        return msgspec.structs.replace(everything, with_kind=True)
    if value and group in ("collection", "kind"):
        return msgspec.structs.replace(everything, **{group: value})
    return ChangeFilter("9", "0")
