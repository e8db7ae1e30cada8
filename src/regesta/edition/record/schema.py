"""The record's tables, as SQLite sees them: open `record.sqlite` with any program and read them.

A document's number ``n`` is its source's number times 1,048,576 plus its place in that source.
"""

#: Raised whenever a table changes its meaning; an edition of another number is built again.
SCHEMA_VERSION = 3
#: A source's documents have the numbers ``n << SOURCE_BITS`` and following.
SOURCE_BITS = 20

TABLES = """
-- What the edition says of itself: one value a key, some of them JSON.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- A file as the user has it, or a file inside an archive. status: read; unread (no reader could);
-- clash (another source holds what it holds: read again at the next change); unreachable (tried at
-- every build). `gathered` is the Collection as this file gives it (msgpack, zlib): collections,
-- sections, persons and registered_places are made of it.
CREATE TABLE sources (
  n INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,        -- as given to the build; inside an archive a.zip!/inner/path
  file TEXT NOT NULL,               -- absolute, on the machine that built the edition
  size INTEGER NOT NULL,            -- bytes
  mtime_ns INTEGER NOT NULL,        -- modified, nanoseconds since 1970
  sha256 TEXT NOT NULL,             -- of the bytes, hexadecimal
  status TEXT NOT NULL,
  reason TEXT NOT NULL,             -- why it is not read
  collection TEXT NOT NULL,
  standalone INTEGER NOT NULL,      -- 1: one document of a set, 0: a whole volume
  documents INTEGER NOT NULL,
  unaccounted INTEGER NOT NULL,     -- visible characters that stand nowhere
  warnings TEXT NOT NULL,           -- JSON list
  gathered BLOB
);

CREATE TABLE collections (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  short_title TEXT NOT NULL,
  side TEXT NOT NULL,               -- the power whose papers they are, where it is known
  rank INTEGER NOT NULL,            -- order of the middle paper's day, then title, from 0
  documents INTEGER NOT NULL,
  undated INTEGER NOT NULL,
  first TEXT,                       -- first and last day of its dates
  last TEXT,
  gathered BLOB NOT NULL            -- Collection without sections and registers (msgpack)
) WITHOUT ROWID;

CREATE TABLE sections (
  collection TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  heading TEXT NOT NULL,
  parent TEXT NOT NULL,
  place INTEGER NOT NULL,           -- counted with the documents of the collection, from 0
  text TEXT NOT NULL,               -- its own text, in no document and no other section
  PRIMARY KEY (collection, id)
) WITHOUT ROWID;

-- The sources' own lists of persons, and registers of places.
CREATE TABLE persons (
  id TEXT PRIMARY KEY,              -- collection#key
  collection TEXT NOT NULL,
  place INTEGER NOT NULL,           -- in the list, from 0
  name TEXT NOT NULL,               -- as the list prints it
  note TEXT NOT NULL,
  refs TEXT NOT NULL,               -- authority URIs, JSON list
  key TEXT NOT NULL                 -- id of the index entry
) WITHOUT ROWID;
CREATE TABLE registered_places (
  id TEXT PRIMARY KEY,
  collection TEXT NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  note TEXT NOT NULL,
  latitude REAL,
  longitude REAL,
  refs TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE documents (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL,                 -- collection/local-id
  collection TEXT NOT NULL,
  heading TEXT NOT NULL,
  kind TEXT NOT NULL,               -- telegram, note, letter…
  number TEXT NOT NULL,             -- as printed, without "No."
  file_number TEXT NOT NULL,
  language TEXT NOT NULL,           -- ISO 639
  edtf TEXT,                        -- date of writing, ISO 8601-2
  earliest TEXT,                    -- its first and last possible day
  latest TEXT,
  day TEXT,                         -- the one day it can be
  time TEXT,                        -- HH:MM as printed
  calendar TEXT,
  date_origin TEXT NOT NULL,        -- given, derived, decided, or empty: undated
  received TEXT,                    -- the one day it arrived
  place TEXT NOT NULL,              -- of writing
  place_key TEXT NOT NULL,          -- id of the index entry
  place_origin TEXT NOT NULL,
  latitude REAL,
  longitude REAL,
  senders TEXT NOT NULL,            -- labels, separated by semicolons
  sender_origin TEXT NOT NULL,
  recipients TEXT NOT NULL,
  recipient_origin TEXT NOT NULL,
  parent TEXT NOT NULL,             -- id of the enclosing document
  section TEXT NOT NULL,
  given_place INTEGER NOT NULL,     -- in its collection, as its source counts
  characters INTEGER NOT NULL,      -- of its text
  place_in_collection INTEGER NOT NULL DEFAULT 0,
  rank INTEGER NOT NULL DEFAULT 0   -- by date among all documents, undated last, from 1
);

-- text: UTF-8, zlib. voices: what snippets are cut from (msgpack, zlib). rest: the whole Document
-- but its text (msgpack, zlib). regest: the document in one line (msgpack).
CREATE TABLE texts (
  n INTEGER PRIMARY KEY, text BLOB NOT NULL, voices BLOB NOT NULL, rest BLOB NOT NULL
);
CREATE TABLE regests (n INTEGER PRIMARY KEY, regest BLOB NOT NULL);

-- Everything described, nothing overwritten. start and stop are code points in the text.
CREATE TABLE facts (
  document INTEGER NOT NULL,
  place INTEGER NOT NULL,           -- among the document's facts, from 0
  field TEXT NOT NULL,
  value TEXT NOT NULL,              -- dates in EDTF, parties, places and subjects as words
  origin TEXT NOT NULL,             -- given, derived, decided
  rule TEXT NOT NULL,
  start INTEGER,
  stop INTEGER,
  confidence REAL NOT NULL,
  PRIMARY KEY (document, place)
) WITHOUT ROWID;

-- The resolved senders and recipients, and the resolved subjects.
CREATE TABLE parties (
  document INTEGER NOT NULL,
  role TEXT NOT NULL,               -- author, recipient
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  office TEXT NOT NULL,
  power TEXT NOT NULL,
  person TEXT NOT NULL,             -- id in persons, or an authority's URI
  key TEXT NOT NULL,                -- id of the index entry
  label TEXT NOT NULL,
  PRIMARY KEY (document, role, place)
) WITHOUT ROWID;
CREATE TABLE subjects (
  document INTEGER NOT NULL,
  place INTEGER NOT NULL,
  key TEXT NOT NULL,
  label TEXT NOT NULL,              -- with its broader headings before it
  PRIMARY KEY (document, place)
) WITHOUT ROWID;

-- What a document's foot and dateline say of its parties: source is signature, addressee or house.
CREATE TABLE signs (
  document INTEGER NOT NULL,
  place INTEGER NOT NULL,
  role TEXT NOT NULL,               -- author, recipient
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  office TEXT NOT NULL,
  PRIMARY KEY (document, place)
) WITHOUT ROWID;

-- Persons and bodies over all collections, each with an id of its own. `reasons`: why its names are
-- one (JSON list of rule, one, other, why, confidence).
CREATE TABLE authorities (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,               -- person, body
  label TEXT NOT NULL,
  sort TEXT NOT NULL,
  rank INTEGER NOT NULL,            -- in the order of an index, from 0
  first TEXT,                       -- first and last day of its documents
  last TEXT,
  written INTEGER NOT NULL,         -- documents that name it as author; as recipient
  received INTEGER NOT NULL,
  by_office INTEGER NOT NULL,       -- documents that print its office alone
  refs TEXT NOT NULL,               -- authority URIs, JSON list
  note TEXT NOT NULL,               -- what a list of persons says
  reasons TEXT NOT NULL
);
-- Its names as printed. listed: id in persons, where a list has it.
CREATE TABLE authority_names (
  authority INTEGER NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  fuller TEXT NOT NULL,             -- as signed
  office TEXT NOT NULL,             -- id in offices
  collection TEXT NOT NULL,
  listed TEXT NOT NULL,
  count INTEGER NOT NULL,
  first TEXT,
  last TEXT,
  PRIMARY KEY (authority, place)
) WITHOUT ROWID;
-- Which party is whom: rule is name, signature (the heading has the office alone), or tenure.
CREATE TABLE attributed (
  document INTEGER NOT NULL,
  role TEXT NOT NULL,               -- author, recipient
  place INTEGER NOT NULL,
  authority INTEGER NOT NULL,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL,
  PRIMARY KEY (document, role, place)
) WITHOUT ROWID;
-- The persons under an entry of the authors or recipients: those of the most documents.
CREATE TABLE entry_persons (
  role TEXT NOT NULL,               -- author, recipient
  key TEXT NOT NULL,                -- id of the index entry
  place INTEGER NOT NULL,           -- from 1
  authority INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  PRIMARY KEY (role, key, place)
) WITHOUT ROWID;
-- Offices over all collections, all printed forms of one under one id.
CREATE TABLE offices (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  power TEXT NOT NULL,              -- for which it speaks, where its words say so
  acting INTEGER NOT NULL,          -- 1: held in another's stead
  single INTEGER NOT NULL,          -- 1: one person at a time
  count INTEGER NOT NULL
) WITHOUT ROWID;
-- Office and person seen together on a day, and the stretches in which they are.
CREATE TABLE held (
  office TEXT NOT NULL,
  day INTEGER NOT NULL,             -- proleptic Gregorian ordinal, 1 is 0001-01-01
  document INTEGER NOT NULL,
  authority INTEGER NOT NULL,
  PRIMARY KEY (office, day, document, authority)
) WITHOUT ROWID;
CREATE TABLE tenures (
  office TEXT NOT NULL,
  place INTEGER NOT NULL,
  authority INTEGER NOT NULL,
  first TEXT NOT NULL,              -- first and last day seen
  last TEXT NOT NULL,
  documents INTEGER NOT NULL,
  gap INTEGER NOT NULL,             -- longest time between two of them, days
  first_document INTEGER NOT NULL,
  last_document INTEGER NOT NULL,
  PRIMARY KEY (office, place)
) WITHOUT ROWID;
-- Documents of powers: who speaks for one writes or hears there.
CREATE TABLE powers (
  power TEXT NOT NULL,
  role TEXT NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (power, role, document)
) WITHOUT ROWID;

-- Which documents carry decisions, and a digest of them.
CREATE TABLE decisions (
  document TEXT NOT NULL, n INTEGER NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (document, n)
) WITHOUT ROWID;

-- The indexes: author, recipient, place, subject; date (as far as known), month, year; and two
-- series of all documents: collection, dated.
CREATE TABLE entries (
  n INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  key TEXT NOT NULL,                -- its id
  label TEXT NOT NULL,
  sort TEXT NOT NULL,               -- order of a printed index
  rank INTEGER NOT NULL,            -- in its index, from 0
  count INTEGER NOT NULL,
  note TEXT NOT NULL
);
-- Which documents stand under an entry: by date, undated last; position from 1.
CREATE TABLE listed (
  entry INTEGER NOT NULL,
  position INTEGER NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (entry, position)
) WITHOUT ROWID;
"""

VIEWS = """
CREATE VIEW authors AS SELECT key, label, count, note FROM entries WHERE name = 'author' ORDER BY rank;
CREATE VIEW recipients AS SELECT key, label, count, note FROM entries WHERE name = 'recipient' ORDER BY rank;
CREATE VIEW subject_index AS SELECT key, label, count FROM entries WHERE name = 'subject' ORDER BY rank;
CREATE VIEW dates AS SELECT key AS edtf, count FROM entries WHERE name = 'date' ORDER BY rank;
CREATE VIEW places AS
  SELECT e.key, e.label, e.count, min(d.latitude) AS latitude, min(d.longitude) AS longitude
  FROM entries e JOIN documents d ON d.place_key = e.key
  WHERE e.name = 'place' GROUP BY e.n ORDER BY e.rank;
CREATE VIEW holders AS
  SELECT o.id AS office, o.label, a.id AS person, a.label AS name, t.first, t.last, t.documents
  FROM tenures t JOIN offices o ON o.id = t.office JOIN authorities a ON a.n = t.authority
  ORDER BY o.id, t.first, t.last;
"""  # noqa: E501

#: Dropped before documents come in or go, made again at the end: one sorted pass each.
INDEXES = {
    "documents_id": "UNIQUE INDEX documents_id ON documents (id)",
    "documents_collection": "INDEX documents_collection ON documents (collection, place_in_collection)",  # noqa: E501
    "documents_day": "INDEX documents_day ON documents (day) WHERE day IS NOT NULL",
    "documents_received": "INDEX documents_received ON documents (received) WHERE received IS NOT NULL",  # noqa: E501
    "documents_wide": "INDEX documents_wide ON documents (earliest, latest) WHERE day IS NULL AND edtf IS NOT NULL",  # noqa: E501
    "documents_parent": "INDEX documents_parent ON documents (parent) WHERE parent <> ''",
    "documents_place": "INDEX documents_place ON documents (place_key, latitude) WHERE place_key <> ''",  # noqa: E501
    "documents_lie": "INDEX documents_lie ON documents (latitude, longitude, place_key) WHERE latitude IS NOT NULL",  # noqa: E501
    "parties_person": "INDEX parties_person ON parties (person) WHERE person <> ''",
    "attributed_authority": "INDEX attributed_authority ON attributed (authority, role)",
    "tenures_authority": "INDEX tenures_authority ON tenures (authority)",
    "entries_key": "UNIQUE INDEX entries_key ON entries (name, key)",
    "entries_rank": "UNIQUE INDEX entries_rank ON entries (name, rank)",
    "entries_sort": "INDEX entries_sort ON entries (name, sort)",
    "listed_document": "INDEX listed_document ON listed (document, entry)",
}
