"""A stand-in for what finds acts: every "X protests|proposes|refuses … to Y" is one."""

import re

from regesta.describing.base import Context
from regesta.documents import Act, Document

GROUPS = {"protest": "judge", "propose": "ask", "refuse": "answer"}
_ACT = re.compile(
    r"(?:The )?(?P<actor>(?!The )[A-Z][\w’ ]+?) (?P<would>would )?(?P<not>does not )?"
    r"(?P<act>protest|propose|refuse)s? (?P<about>[^.]*?)(?: to (?P<to>[A-Z][\w ]+?))?\."
)


def find_acts(document: Document, context: Context) -> list[Act]:
    """The acts of a made-up document."""
    return [
        Act(
            actor=m["actor"],
            act=m["act"],
            addressee=m["to"] or "",
            about=m["about"],
            polarity="negated" if m["not"] else "affirmed",
            modality="conditional" if m["would"] else "actual",
            span=m.span(),
            plover="ACCUSE" if m["act"] == "protest" else "",
            cameo="114" if m["act"] == "protest" else "",
            confidence=0.9,
            tier="probable" if m["would"] else "certain",
            group=GROUPS[m["act"]],
            language="en",
            rule="fake",
        )
        for m in _ACT.finditer(document.text)
    ]
