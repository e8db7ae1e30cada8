"""`regesta verify`: a quotation in; out whether it is verbatim, and if not, what is printed."""

import sys

import click

from regesta.edition.citing.quotations import Difference, Verification
from regesta.serving.cli.options import (
    TEXT,
    command,
    document_argument,
    edition_argument,
    here,
    json_option,
    opened,
)
from regesta.serving.cli.output import out, out_json, safe, style, wrapped

AROUND = 40
"""Characters of the print shown before and after the quoted words."""


@command(
    "verify",
    """
regesta verify my.regesta frus1918Russiav01/d101 "the departure of the diplomats"
regesta verify my.regesta frus1918Russiav01/d101 'It "regrets … the departure [of the envoys]"'
pbpaste | regesta verify my.regesta frus1918Russiav01/d101 -
regesta verify my.regesta frus1918Russiav01/d101 "a quotation" --json | jq .verbatim
""",
)
@edition_argument
@document_argument
@click.argument("quotation", type=TEXT)
@json_option
def verify_command(edition: str, id: str, quotation: str, as_json: bool) -> None:
    """Check a QUOTATION against a document of EDITION, to the letter.

    Words may be left out with an ellipsis and put in between brackets; quotation marks, dashes,
    spaces and the ends of lines do not matter, everything else does. "-" reads the quotation from
    standard input. Where it does not stand in the document, the nearest passage is shown with the
    differences, and the documents in which it does stand.
    """
    if quotation == "-":
        quotation = sys.stdin.read()
    with opened(edition) as shelf:
        id = here(shelf, id)
        found = shelf.verify(id, quotation)
        if as_json:
            from regesta.serving.answers.documents import verify_answer

            out_json(verify_answer(found))
            return
        document = shelf.document(id)
        text = document.text
        if found.note is not None:
            text = next((n.text for n in document.notes if n.n == found.note), text)
        _write(found, text)


def _write(found: Verification, text: str) -> None:
    where = f" in note {found.note}" if found.note is not None else ""
    if found.verbatim:
        voice = f", in the {found.voice}" if found.voice not in ("", "body", "note") else ""
        out(f"{style('verbatim', bold=True)}{where}{voice}")
        for start, end in found.spans:
            _write_passage(text, start, end)
        return
    out(style("not verbatim", bold=True) + f" in {safe(found.id)}")
    if found.nearest:
        out(f"nearest{where}: {found.nearest.similarity:.0%} of the words")
        for start, end in found.nearest.spans:
            _write_passage(text, start, end)
        for difference in found.differences:
            out(f"  {_difference_words(difference)}")
    else:
        out("nothing like it stands there")
    for id in found.elsewhere:
        out(f"verbatim in {safe(id)}")


def _write_passage(text: str, start: int, end: int) -> None:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    words = " ".join(f"{before}»{text[start:end]}«{after}".split())
    out(wrapped(words, indent=f"  [{start}:{end}] ", hanging="    "))


def _difference_words(difference: Difference) -> str:
    quoted, printed = (safe(" ".join(w.split())) for w in (difference.quoted, difference.printed))
    if difference.kind == "added":
        return f"added: “{quoted}” is not printed"
    if difference.kind == "omitted":
        return f"omitted: “{printed}” is printed"
    return f"changed: “{quoted}”, printed “{printed}”"
