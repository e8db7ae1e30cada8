"""`regesta holder`: an office and a day in, who held it and the documents that show it out."""

import click

from regesta.serving.cli.options import TEXT, command, edition_argument, json_option, opened
from regesta.serving.cli.output import number, out, out_json, remark, safe, style, table


@command(
    "holder",
    """
regesta holder my.regesta "Secretary of State" --on 1918-07-25
regesta holder my.regesta "Ambassador in Russia"
regesta holder my.regesta "Secretary of State" --on 1918-07-25 --json | jq .person
""",
)
@edition_argument
@click.argument("office", type=TEXT)
@click.option("--on", "day", metavar="DAY", type=TEXT, help="The day, YYYY-MM-DD; else all days.")
@json_option
def holder_command(edition: str, office: str, day: str | None, as_json: bool) -> None:
    """Tell who held an OFFICE, as the headings and signatures of EDITION show it.

    With --on: on that day, with the nearest documents before and after; nobody is named where they
    do not decide. Without: everyone who is seen in the office, from when to when.
    """
    from regesta.serving.answers.authorities import holder_answer, office_answer

    with opened(edition) as shelf:
        if day is None:
            found = shelf.authorities.office(office)
            if as_json:
                out_json(office_answer(found))
                return
            out(style(safe(found.summary.label), bold=True))
            table(
                [
                    (t.first, t.last, number(t.documents), safe(t.person_label), safe(t.person))
                    for t in found.tenures
                ],
                right=[2],
            )
            return
        holder = shelf.authorities.office_holder(office, day)
        if as_json:
            out_json(holder_answer(office, day, holder))
            return
        if holder is None:
            remark(f"the documents do not decide who was {office!r} on {day}")
            return
        out(f"{style(safe(holder.label), bold=True)}  {safe(holder.person)}")
        out(f"confidence {holder.confidence:.2f}; seen in the office")
        seen = [(holder.before_day, holder.before), (holder.after_day, holder.after)]
        table([(when, safe(id)) for when, id in dict.fromkeys(seen) if id])
