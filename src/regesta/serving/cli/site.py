"""`regesta export --format site`: the reading room as files, and what was made said in words."""

from pathlib import Path
from typing import TYPE_CHECKING

from regesta.serving.cli.options import failed
from regesta.serving.cli.output import counted, number, out_json, remark, warn

if TYPE_CHECKING:
    from regesta.edition import Edition

#: Dead links, and pages that could not be made, that are told one by one.
SHOWN = 10


def write_site(
    edition: "Edition",
    target: str,
    *,
    force: bool,
    search: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write a site and say what was made."""
    from regesta.serving.cli.progress import told
    from regesta.serving.site.site import export_site

    if target == "-":
        raise failed("a site is a folder of files", "name one after --to")
    with told("Exporting", unit="pages", quiet=quiet) as tell:
        report = export_site(
            edition,
            Path(target),
            force=force,
            address=edition.info().address,
            with_pagefind={"auto": None, "pagefind": True, "own": False}[search],
            progress=tell,
        )
    for link in report.dead_links[:SHOWN]:
        warn(f"dead link: {link}")
    for page in report.without[:SHOWN]:
        warn(f"left out: {page}")
    if as_json:
        out_json(report)
    elif not quiet:
        remark(
            f"{counted(report.documents, 'document')}, {counted(report.pages, 'page')} in "
            f"{counted(report.files, 'file')} ({report.bytes / 1e6:,.1f} MB) written to {target} "
            f"in {report.seconds:,.1f} s"
        )
        remark(
            f"{number(report.links)} links checked, {number(len(report.dead_links))} dead; "
            f"search: {report.search}"
        )
        remark(f"Open {target}/index.html, or copy the folder to a web host.")
