"""The acts on disk: `acts.sqlite`, which any program can open, and the state they belong to.

It stands beside the record, which the finding of acts never changes, and is put in place in one
step. The comments in its schema are its reference.
"""

from collections.abc import Iterable
from functools import cache

from regesta.describing.acts.powers import cow_codes
from regesta.documents import Act, Value
from regesta.documents.ledger import StoredAct
from regesta.edition.kept import digest_of_files, plain

FILE = "acts.sqlite"
BUILDING = "acts.building"
TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- The acts of a source's documents, as found by the rules of that digest (msgpack, zlib): kept so
-- that only what changed is read again.
CREATE TABLE IF NOT EXISTS found (
  source INTEGER PRIMARY KEY, digest TEXT NOT NULL, documents INTEGER NOT NULL, packed BLOB NOT NULL
);

-- The ledger: one row an act, in order of date, undated documents last.
CREATE TABLE IF NOT EXISTS acts (
  n INTEGER PRIMARY KEY,            -- its bit in `sets`; the number after a document's last is free
  document TEXT NOT NULL,
  place INTEGER NOT NULL,           -- among the document's acts, from 0
  act TEXT NOT NULL,                -- protest, propose, refuse…
  family TEXT NOT NULL,             -- the group of the act: tell, judge, ask, bind, answer…
  actor TEXT NOT NULL,              -- as an index would name him
  actor_power TEXT NOT NULL,        -- the powers he speaks for, parted by "; ", where known
  addressee TEXT NOT NULL,          -- toward whom, or empty
  addressee_power TEXT NOT NULL,
  about TEXT NOT NULL,
  polarity TEXT NOT NULL,           -- affirmed, negated
  modality TEXT NOT NULL,           -- actual, intended, conditional, requested
  tier TEXT NOT NULL,               -- certain, probable
  confidence REAL NOT NULL,
  reported_by TEXT NOT NULL,        -- empty: the document's own sender
  start INTEGER NOT NULL,           -- its words in the document's text, in code points
  stop INTEGER NOT NULL,
  words TEXT NOT NULL,              -- those words
  plover TEXT NOT NULL,             -- codes of event data, empty where the schemes have none
  cameo TEXT NOT NULL,
  language TEXT NOT NULL,
  rule TEXT NOT NULL                -- what found it
);

-- The documents that have acts, by date; their acts are the rows `first` to `last`.
CREATE TABLE IF NOT EXISTS documents (
  rank INTEGER PRIMARY KEY,         -- as in the record
  document TEXT NOT NULL UNIQUE,
  collection TEXT NOT NULL,
  earliest TEXT,                    -- first and last possible day; NULL: undated, or open
  latest TEXT,
  dated INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL
);

-- Powers with their numbers in the Correlates of War project, where it has them.
CREATE TABLE IF NOT EXISTS powers (
  power TEXT PRIMARY KEY, cow INTEGER NOT NULL, letters TEXT NOT NULL
) WITHOUT ROWID;

-- Which acts have a value (actor, power, act, year…): packed sets of their numbers, see bitsets.py.
CREATE TABLE IF NOT EXISTS sets (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  label TEXT NOT NULL,
  count INTEGER NOT NULL,
  low INTEGER NOT NULL,             -- the first and the last act that has it
  high INTEGER NOT NULL,
  packed BLOB NOT NULL,
  PRIMARY KEY (name, value)
) WITHOUT ROWID;
"""
VIEWS = """
CREATE VIEW IF NOT EXISTS ledger AS
  SELECT d.earliest, d.latest, a.document, a.actor, a.actor_power, p.cow AS actor_cow,
    a.act, a.polarity, a.modality, a.addressee, a.addressee_power, q.cow AS addressee_cow,
    a.about, a.reported_by, a.tier, a.confidence, a.words, a.plover, a.cameo
  FROM acts a JOIN documents d ON d.document = a.document
  LEFT JOIN powers p ON p.power = a.actor_power
  LEFT JOIN powers q ON q.power = a.addressee_power
  ORDER BY a.n;
"""
COLUMNS = (
    "document", "place", "act", "family", "actor", "actor_power", "addressee", "addressee_power",
    "about", "polarity", "modality", "tier", "confidence", "reported_by", "start", "stop", "words",
    "plover", "cameo", "language", "rule",
)  # fmt: skip
#: Between the names of several powers.
BETWEEN = "; "
_DECIDING = ("describing/acts/*.py", "vocabularies/act*", "vocabularies/powers.tsv",
             "describing/powers/*.py", "vocabularies/party_words.toml",
             "vocabularies/states.tsv", "vocabularies/own_offices.toml", "vocabularies/cow.tsv",
             *(f"edition/acts/{name}.py" for name in
               ("stage", "deciding", "ledger", "bitsets", "store")),  # the others only ask
             "documents/links.py")  # fmt: skip


class FoundActs(Value, frozen=True):
    """What was found in one document.

    Attributes:
        id: The document.
        acts: Its acts, in the order of their words.
        words: The words of each.
        parties: Name, office and power of its senders and recipients.
    """

    id: str
    acts: tuple[Act, ...] = ()
    words: tuple[str, ...] = ()
    parties: tuple[tuple[str, str, str], ...] = ()


@cache
def fingerprint() -> str:
    """Give a digest of the code and words that find acts and say whose they are."""
    return digest_of_files(*_DECIDING)


def act_row(n: int, stored: StoredAct) -> tuple[object, ...]:
    """The row of an act."""
    act = stored.act
    assert act.span is not None
    return (
        n, stored.document, stored.place, act.act, act.group, plain(act.actor),
        BETWEEN.join(stored.actor_powers), plain(act.addressee),
        BETWEEN.join(stored.addressee_powers), plain(act.about), act.polarity, act.modality,
        act.tier, act.confidence, plain(act.reported_by), *act.span, plain(stored.words),
        act.plover, act.cameo, act.language, act.rule,
    )  # fmt: skip


def of_row(row: tuple[object, ...]) -> StoredAct:
    """An act of its row: :data:`COLUMNS`, then ``earliest`` and ``latest``."""
    said = dict(zip((*COLUMNS, "earliest", "latest"), row, strict=True))
    text = {name: str(value) for name, value in said.items() if isinstance(value, str)}
    start, stop, place = (int(str(said[name])) for name in ("start", "stop", "place"))
    actors, addressees = (
        tuple(filter(None, text[name].split(BETWEEN)))
        for name in ("actor_power", "addressee_power")
    )
    return StoredAct(
        document=text["document"],
        place=place,
        act=Act(
            actor=text["actor"],
            act=text["act"],
            addressee=text["addressee"],
            about=text["about"],
            polarity=text["polarity"],
            modality=text["modality"],
            reported_by=text["reported_by"],
            span=(start, stop),
            plover=text["plover"],
            cameo=text["cameo"],
            confidence=float(str(said["confidence"])),
            tier=text["tier"],
            group=text["family"],
            language=text["language"],
            rule=text["rule"],
        ),
        words=text["words"],
        actor_powers=actors,
        addressee_powers=addressees,
        actor_cow=_numbers(actors),
        addressee_cow=_numbers(addressees),
        earliest=text.get("earliest"),
        latest=text.get("latest"),
    )


def _numbers(powers: Iterable[str]) -> tuple[int, ...]:
    codes = cow_codes()
    return tuple(codes[power].number for power in powers if power in codes)
