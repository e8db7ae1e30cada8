"""`regesta mcp`: an edition as tools for a language model, over standard input and output."""

import click

from regesta.serving.cli.options import TEXT, command, edition_argument, opened


@command(
    "mcp",
    """
regesta mcp my.regesta
regesta mcp my.regesta --address https://edition.example.org
""",
)
@edition_argument
@click.option(
    "--address",
    default="",
    type=TEXT,
    metavar="URL",
    help="Where the edition is served, for whole permalinks; else as edition.toml says.",
)
def mcp_command(edition: str, address: str) -> None:
    """Give EDITION to a language model as tools: search, read, verify, cite…

    A client of the Model Context Protocol starts this command and speaks with it over standard
    input and output; docs/howto/let-programs-read.md has a configuration to copy. The same tools
    are at /mcp while an edition is served.
    """
    from regesta.serving.mcp.answers import Addresses
    from regesta.serving.mcp.server import run_stdio

    with opened(edition) as shelf:
        run_stdio(shelf, Addresses.at(address or shelf.info().address))
