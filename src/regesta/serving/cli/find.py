"""`regesta find`: pasted citations in; out the documents that they mean, with what agrees."""

import sys

import click

from regesta.edition.citing.finding import Finding, Match
from regesta.errors import QueryError
from regesta.serving.cli.options import TEXT, command, edition_argument, json_option, opened
from regesta.serving.cli.output import out, out_json, safe, style, wrapped


@command(
    "find",
    """
regesta find my.regesta "Francis to Lansing, telegram no. 521, 25 Oct. 1918, p. 80"
regesta find my.regesta "FRUS 1918, Russia, vol. III, doc. 101; ibid., 1917, p. 12"
regesta find my.regesta - < footnotes.txt
regesta find my.regesta - --json < footnotes.txt | jq -r '.[].match.id'
""",
)
@edition_argument
@click.argument("citation", type=TEXT)
@json_option
def find_command(edition: str, citation: str, as_json: bool) -> None:
    """Find the documents of EDITION that a pasted CITATION means.

    Any style will do; every number, date, name and title in it is held against the documents.
    Several citations stand a line each or are parted by semicolons; "-" reads them from standard
    input. Where too little agrees, or several documents fit as well, none is named as the one, and
    the likely ones are listed.
    """
    if citation == "-":
        citation = sys.stdin.read()
    if not citation.strip() and not as_json:
        raise QueryError("no citation was given", "paste one, or - for standard input")
    with opened(edition) as shelf:
        found = shelf.find(citation)
    if as_json:
        from regesta.serving.answers.documents import citation_lines

        out_json(citation_lines(found))
        return
    for finding in found:
        _write(finding, named=len(found) > 1)


def _write(finding: Finding, *, named: bool) -> None:
    if named:
        out(wrapped(finding.citation, indent="", hanging="  "))
    if finding.match:
        out(f"{style(safe(finding.match.id), bold=True)}  {_told(finding.match)}")
        if now := finding.understood.get("moved to"):
            out(f"  {safe(finding.understood['id'])} is {safe(now)} now")
        if "version" in finding.match.differs:
            out("  its text or notes have changed since it was cited")
    elif finding.candidates:
        out("not sure; it may be")
    else:
        out("no document of this edition fits")
        if finding.understood:
            told = ", ".join(f"{name} {words}" for name, words in finding.understood.items())
            out(wrapped(f"it was read as {told}", indent="  ", hanging="    "))
    if not finding.match:
        for match in finding.candidates:
            out(f"  {safe(match.id)}  {_told(match)}")
    if named:
        out()


def _told(match: Match) -> str:
    told = f"{match.confidence:.0%}: {', '.join(match.agrees)}"
    return f"{told}; not {', '.join(match.differs)}" if match.differs else told
