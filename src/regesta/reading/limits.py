"""Bounds that keep hostile or mistaken input from eating memory and time, each with its reason.

Two workers read at once and a build may use 1 GB: a source in memory costs its bytes, their
decoded text (up to four bytes a character) and what is made of it.
"""

MB = 1_000_000

#: A file above this is declined unread. The largest volume of the corpora has 16 MB.
MAX_FILE_BYTES = 256 * MB

#: Plain text above this is no one document (12,000 pages): it is declined.
MAX_TEXT_BYTES = 24 * MB

#: A saved page above this is declined: its tree takes ten times its bytes.
MAX_HTML_BYTES = 16 * MB

#: Elements of one HTML page; more are a machine's, and each may become a mark.
MAX_ELEMENTS = 400_000

#: Unpacked XML of a .docx: its two trees take thirty times its bytes.
MAX_DOCX_XML_BYTES = 16 * MB

#: Pages of a PDF, and characters of its text.
MAX_PDF_PAGES = 5_000
MAX_PDF_CHARACTERS = 16 * MB

#: Folders within one another: a walk that goes deeper has lost its way.
MAX_DEPTH = 200

#: Elements within one another in a record of an object; the deepest of LIDO's own has 20.
MAX_NESTING = 200

#: Members of an archive; unpacked bytes of all of them.
MAX_MEMBERS = 200_000
MAX_ARCHIVE_BYTES = 8_000 * MB

#: A member above the first number that unpacks to more than the second times its packed size is a
#: bomb: TEI packs 5 to 12 times, tables of repeated mark-up 60 times; deflate cannot do over 1,032.
BOMB_BYTES = 16 * MB
BOMB_RATIO = 150


def megabytes(size: int) -> str:
    """A size in bytes for people ("12 MB", "0.4 MB")."""
    value = size / MB
    return f"{value:,.0f} MB" if value >= 10 else f"{value:.1f} MB"
