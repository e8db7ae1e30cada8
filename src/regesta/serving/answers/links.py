"""Links, threads and silences as JSON, and what agreed in words: one shape for all doors."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from regesta.documents import parse_edtf
from regesta.documents.display import display

if TYPE_CHECKING:
    from regesta.edition.links.compare import Counterpart
    from regesta.edition.links.lists import SilenceResult
    from regesta.edition.links.shelf import Step, ThreadOfDocuments
    from regesta.edition.links.store import StoredLink
    from regesta.edition.results import Regest
    from regesta.linking.silences import Silence

#: What agreed, as words; the order is that of the sentence.
_AGREES = {
    "number": "number", "date": "date", "hour": "hour", "near date": "date within three days",
    "received": "day of receipt", "sender": "sender", "recipient": "recipient", "page": "page",
    "kind": "kind",
}  # fmt: skip
_TELLS = {
    "target": "the editors’ own reference", "edition number": "the edition’s own number",
}  # fmt: skip
STANDINGS = {
    "asserted": "enough agrees",
    "candidate": "perhaps",
    "absent": "not in this edition",
    "not printed": "not printed, say the editors",
    "open": "it says too little",
}


class StoredLinkLine(msgspec.Struct):
    """A link, with the document it starts from; spans are code points of its text, or of a note."""

    document: str
    kind: str
    target: str | None
    standing: str
    span: tuple[int, int] | None
    note: int | None
    printed: str | None
    confidence: float
    evidence: dict[str, str]


class AnsweredLine(msgspec.Struct):
    """A document that is answered, and after how many days."""

    document: str
    days: int | None


class StepLine(msgspec.Struct):
    """One document of a thread."""

    document: str
    heading: str | None
    date: str | None
    senders: list[str]
    recipients: list[str]
    answers: list[AnsweredLine]
    continues: list[str]


class CounterpartLine(msgspec.Struct):
    """A document that tells the same from another side, and what shows it."""

    document: str
    heading: str | None
    date: str | None
    senders: list[str]
    recipients: list[str]
    standing: str
    reason: str
    confidence: float
    evidence: dict[str, str]


class ThreadAnswer(msgspec.Struct):
    """Documents that answer and continue one another, by date."""

    id: str
    documents: list[StepLine]


class SilenceLine(msgspec.Struct):
    """A document that should exist and is not here, with those that bear witness to it."""

    kind: str
    sender: str | None
    recipient: str | None
    numbers: list[str]
    count: int
    first: str | None
    last: str | None
    time: str | None
    document_kind: str | None
    file: str | None
    not_printed: bool
    witnesses: list[str]
    printed: str | None


def link_answer(stored: "StoredLink") -> StoredLinkLine:
    """A link as JSON has it."""
    link = stored.link
    return StoredLinkLine(
        document=stored.document,
        kind=link.kind,
        target=link.target or None,
        standing=stored.standing,
        span=link.span,
        note=link.note,
        printed=link.printed or None,
        confidence=link.confidence,
        evidence={k: v for k, v in link.evidence.items() if k != "standing"},
    )


def counterpart_lines(
    found: "Sequence[Counterpart]", regests: Mapping[str, "Regest"]
) -> list[CounterpartLine]:
    """Counterparts as JSON has them; those that are no longer here are left out."""
    return [
        CounterpartLine(
            document=one.document,
            heading=regest.heading or None,
            date=regest.date.edtf if regest.date else None,
            senders=[party.label for party in regest.senders],
            recipients=[party.label for party in regest.recipients],
            standing=one.standing,
            reason=one.reason,
            confidence=one.confidence,
            evidence=one.evidence,
        )
        for one in found
        if (regest := regests.get(one.document)) is not None
    ]


def thread_answer(thread: "ThreadOfDocuments", regests: Mapping[str, "Regest"]) -> ThreadAnswer:
    """A thread as JSON has it.

    Args:
        thread: The thread.
        regests: Its documents in one line each, by id.
    """
    return ThreadAnswer(
        thread.id, [_step(step, regests.get(step.document)) for step in thread.steps]
    )


def _step(step: "Step", regest: "Regest | None") -> StepLine:
    return StepLine(
        document=step.document,
        heading=regest.heading or None if regest else None,
        date=regest.date.edtf if regest and regest.date else None,
        senders=[party.label for party in regest.senders] if regest else [],
        recipients=[party.label for party in regest.recipients] if regest else [],
        answers=[AnsweredLine(id, days) for id, days in step.answers],
        continues=list(step.continues),
    )


def silence_line(silence: "Silence") -> SilenceLine:
    """A silence as JSON has it."""
    return SilenceLine(
        kind=silence.kind,
        sender=silence.sender or None,
        recipient=silence.recipient or None,
        numbers=list(silence.numbers),
        count=silence.count,
        first=silence.first or None,
        last=silence.last or None,
        time=silence.time or None,
        document_kind=silence.document_kind or None,
        file=silence.file or None,
        not_printed=silence.not_printed,
        witnesses=list(silence.witnesses),
        printed=silence.printed or None,
    )


def silence_lines(result: "SilenceResult") -> list[SilenceLine]:
    """A page of silences as JSON has it."""
    return [silence_line(silence) for silence in result.silences]


def evidence_words(evidence: Mapping[str, str]) -> str:
    """What agreed, in words: "number, date and hour agree"."""
    if "there" in evidence:
        return _reuse_words(evidence)
    if reason := evidence.get("reason"):
        sure = evidence.get("standing", "asserted") == "asserted"
        return reason if sure else f"Perhaps: {reason}"
    told = [words for name, words in _TELLS.items() if name in evidence]
    if "beside" in evidence:
        told.append(f"the document just {evidence['beside']}")
    agreeing = [words for name, words in _AGREES.items() if name in evidence]
    if agreeing:
        told.append(f"{listed(agreeing)} {'agree' if len(agreeing) > 1 else 'agrees'}")
    if "enclosure" in evidence:
        told.append("it is enclosed there")
    if against := evidence.get("against"):
        told.append(f"{listed(against.split(', '))} would not")
    if "rank" in evidence:
        told.append("a candidate, not decided")
    return "; ".join(told)


def _reuse_words(evidence: Mapping[str, str]) -> str:
    """Why two passages belong together: "the same words; it stands between quotation marks"."""
    identity = float(evidence.get("identity", "1"))
    told = ["the same words"]
    if identity < 0.9995:
        told = [f"{min(99, round(100 * identity))}% of the letters agree"]
    form = evidence.get("class", "")
    if form in ("draft", "treaty clause"):
        told.append("two states of one text" if form == "draft" else "a clause of treaties")
    if passages := evidence.get("passages"):
        told.append(f"{passages} passages")
    told.append(evidence.get("reason", "") or "which came first is not told")
    return "; ".join(told)


def listed(words: Sequence[str]) -> str:
    """Words as a list: "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def silence_heading(result: "SilenceResult", kinds: Sequence[str] = ()) -> str:
    """How much is known to be missing, in words; of some kinds only where they were asked for."""
    told = [
        kind_words(kind, *result.by_kind[kind])
        for kind in kinds or ("mentioned", "number")
        if kind in result.by_kind
    ]
    return listed(told) or "nothing is known to be missing"


def kind_words(kind: str, silences: int, documents: int) -> str:
    """How many silences of a kind there are and what they stand for."""
    if kind == "mentioned":
        return f"{documents:,} document{'s' * (documents != 1)} that others mention"
    if kind == "file":
        return (
            f"{documents:,} paper{'s' * (documents != 1)} of files that the edition did not print"
        )
    gaps = f"{silences:,} gap{'s' * (silences != 1)} of senders’ own series"
    return f"{documents:,} number{'s' * (documents != 1)} left out in {gaps}"


def day_of_no_year(edtf: str) -> str:
    """XXXX-07-11 as "11 July, year unknown"; "" for any other date."""
    if not edtf.startswith("XXXX-") or len(edtf) != 10:
        return ""
    day = parse_edtf(f"2000{edtf[4:]}")  # a year with every day
    return f"{display(day).rpartition(' ')[0]}, year unknown" if day else ""


def when_words(silence: "Silence") -> str:
    """The day, or the days between; a day of no known year in words."""
    if silence.first == silence.last:
        return f"{day_of_no_year(silence.first) or silence.first} {silence.time}".strip()
    return f"{silence.first} – {silence.last}"


def what_words(silence: "Silence") -> str:
    """What is missing, in words."""
    parties = silence.sender
    if silence.recipient:
        parties = f"{silence.sender or '?'} to {silence.recipient}"
    numbers = "–".join(silence.numbers)
    kind = silence.document_kind
    if silence.file:
        return f"file {silence.file}, no. {numbers}"
    what = f"{kind} no. {numbers}".strip() if numbers else kind
    note = " (not printed)" if silence.not_printed else ""
    return ", ".join(part for part in (parties, what) if part) + note
