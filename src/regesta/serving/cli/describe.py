"""`regesta describe`: bare text in, its facts out, without any edition.

With --jsonl every line of the input is one document, and every line of the output its described
line, in the same order, written as soon as it is known.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

import click
import msgspec

from regesta.errors import RegestaError
from regesta.serving.cli.options import TEXT, command, failed, json_option
from regesta.serving.cli.output import out, remark, style, table, warn

if TYPE_CHECKING:
    from regesta.documents import Document

Describe = Callable[..., "Document"]


class BareLine(msgspec.Struct):
    """A line of the input: an id (a text or a number) and a text; further keys are passed over."""

    text: str
    id: str | int = ""


@command(
    "describe",
    """
regesta describe letter.txt
cat letter.txt | regesta describe
regesta describe --json letter.txt minutes.docx | jq .date.edtf
regesta describe --jsonl < bare.jsonl > described.jsonl
""",
)
@click.argument("files", nargs=-1, type=TEXT, metavar="[FILE...|-]")
@click.option(
    "--jsonl", is_flag=True, help='Read {"id", "text"} lines, write described lines in order.'
)
@json_option
def describe_command(files: tuple[str, ...], jsonl: bool, as_json: bool) -> None:
    """Describe bare text: its date, parties, place, number and kind, each with the words it is
    read from.

    FILE may be of any kind that build reads; - or nothing is text on standard input. With --json
    each document is one line of JSON. With --jsonl a line that cannot be read is named on standard
    error and passed over; the exit status is 1 then, when all others are written.
    """
    if jsonl:
        _describe_lines(files or ("-",))
        return
    good = bad = 0
    for document in _documents(files or ("-",)):
        if isinstance(document, RegestaError):
            remark(f"regesta: {document}")
            bad += 1
            continue
        if as_json:
            _write_line(document)
        else:
            _write(document, first=not good)
        good += 1
    if bad:
        raise click.exceptions.Exit(1)


def _documents(files: Iterable[str]) -> "Iterator[Document | RegestaError]":
    """The documents of each file; an error in the place of a file that cannot be read."""
    from regesta.edition import describe, read

    for name in files:
        if name == "-":
            yield describe(_standard_input(), id="-")
            continue
        try:
            yield from read(name)
        except RegestaError as error:
            yield error


def _standard_input() -> str:
    if sys.stdin.isatty():
        remark("Reading text from the terminal; Ctrl-D on a line of its own ends it.")
    data = sys.stdin.buffer.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise failed(
            f"standard input is not UTF-8 at byte {error.start}",
            "give the file by its name: its encoding is found out then",
        ) from None
    if not text.strip():
        raise failed("standard input is empty", "give a text, or the name of a file")
    return text


def _write_line(document: "Document") -> None:
    from regesta.edition.building.pipeline import described_line

    sys.stdout.buffer.write(msgspec.json.encode(described_line(document)) + b"\n")
    sys.stdout.buffer.flush()


def _write(document: "Document", *, first: bool) -> None:
    """A document's facts in a table: field, value, origin and rule, the words."""
    from regesta.serving.cli.document import fact_rows

    if not first:
        out()
    out(style(document.id, bold=True))
    table(fact_rows(document, proof=True), indent="  ")


def _describe_lines(files: Iterable[str]) -> None:
    from regesta.edition import describe

    good = bad = 0
    for name in files:
        if name == "-":
            result = _stream(sys.stdin.buffer, "standard input", describe)
        else:
            with open(name, "rb") as stream:
                result = _stream(stream, name, describe)
        good, bad = good + result[0], bad + result[1]
    if bad:
        remark(f"regesta: {bad} of {good + bad} lines passed over")
        raise click.exceptions.Exit(1)


def _stream(lines: BinaryIO, name: str, describe: Describe) -> tuple[int, int]:
    """Describe line by line; give how many were good and bad.

    Each line is flushed at once: a program at the other end may wait for the answer before it
    sends the next.
    """
    from regesta.edition.building.pipeline import described_line

    decoder, encoder = msgspec.json.Decoder(BareLine), msgspec.json.Encoder()
    write, flush = sys.stdout.buffer.write, sys.stdout.buffer.flush
    good = bad = 0
    for n, line in enumerate(lines, 1):
        if n == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            asked = decoder.decode(line)
            answer = encoder.encode(described_line(describe(asked.text, id=str(asked.id))))
        except (msgspec.MsgspecError, RegestaError, ValueError, RecursionError) as error:
            warn(f"{name}, line {n}: {_reason(error)}")
            bad += 1
            continue
        write(answer + b"\n")
        flush()
        good += 1
    return good, bad


def _reason(error: Exception) -> str:
    if isinstance(error, msgspec.ValidationError):
        return f'not {{"id", "text"}}: {error}'
    if isinstance(error, msgspec.DecodeError):
        return f"not JSON: {error}"
    return str(error)
