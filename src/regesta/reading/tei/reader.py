"""The reader of TEI: looks at a file, decides its dialect, walks it once, and checks the result.

The check: characters that came out of the parser against characters of documents, notes, sections
and hidden readings. What differs is reported as unaccounted.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from regesta.errors import SourceError
from regesta.reading.base import Reading, SourceFile, Verdict
from regesta.reading.tei.count import weight
from regesta.reading.tei.divisions import unit_types
from regesta.reading.tei.rules import TEI_NS
from regesta.reading.tei.single import Single
from regesta.reading.tei.text import Walker, visible
from regesta.reading.tei.volume import Volume
from regesta.reading.xmlsafe import Parser, looks_like_xml, root_name


class TeiReader:
    """Reads TEI P5 (and P4 as far as its elements have the same names)."""

    name = "tei"

    def judge(self, source: SourceFile) -> Verdict:
        """Look at the root element."""
        if not looks_like_xml(source.data):
            return Verdict(0.0, "is not XML")
        name, namespace = root_name(source.data)
        if name in ("TEI", "teiCorpus") and namespace in (TEI_NS, ""):
            return Verdict(1.0 if namespace else 0.9, f"root element is {name}")
        if name == "TEI.2":
            return Verdict(0.9, "root element is TEI.2 (TEI P4)")
        return Verdict(0.0, f"root element is {name or 'not there'}, not TEI")

    def read(self, source: SourceFile) -> Reading:
        """Read a volume or a single document.

        Raises:
            SourceError: The file is no well-formed XML, or it is not safe to read.
        """
        units = unit_types(source.data)
        parser = Parser(source.name)
        made: list[tuple[Walker, Volume | Single]] = []

        def begin() -> tuple[object, object, object]:
            assembler = Volume(source, units, self.name) if units else Single(source, self.name)
            walker = Walker(parser, assembler)
            made[:] = [(walker, assembler)]
            return walker.handlers()

        with _without_collector():
            parser.run(source.data, begin)  # type: ignore[arg-type]
            walker, assembler = made[0]
            reading = assembler.reading(walker.root)
        if not reading.documents and not reading.collection.sections:
            raise SourceError(f"{source.name}: a TEI file without any text")
        reading.warnings += parser.warnings
        reading.unaccounted = walker.visible + assembler.added - characters(reading)
        return reading


@contextmanager
def _without_collector() -> Iterator[None]:
    """Spare the garbage collector the spans of a file: a quarter of the time, nothing to free."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def characters(reading: Reading) -> int:
    """Count the visible characters that a reading holds, each where it stands first."""
    count = sum(map(weight, reading.documents))
    for section in reading.collection.sections:
        count += visible(section.heading) + visible(section.text)
    return count
