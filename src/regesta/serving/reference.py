"""The reference pages of the command line and the API, written from the commands and endpoints.

Run it as `python -m regesta.serving.reference [FOLDER]`; a test holds docs/reference to it.
"""

import inspect
import sys
from pathlib import Path
from typing import Any

import click

from regesta.serving.api.openapi import ABOUT, openapi
from regesta.serving.cli.main import COMMANDS, GUIDE, main

_COMPLETION = """\
## Shell completion

Commands and options complete with the tab key after one line in the shell's start file:

```sh
eval "$(_REGESTA_COMPLETE=bash_source regesta)"          # ~/.bashrc
eval "$(_REGESTA_COMPLETE=zsh_source regesta)"           # ~/.zshrc
_REGESTA_COMPLETE=fish_source regesta | source           # ~/.config/fish/completions/regesta.fish
```
"""
_HABITS = """\
## Habits of all commands

- Results go to standard output; progress, remarks and warnings to standard error. On a terminal
  progress is a bar, elsewhere a plain line every few seconds, with `--quiet` nothing.
- Exit status: 0 it is done; 1 it failed, and one line on standard error says why; 2 it was not
  understood: an unknown option, a malformed query, a name that does not exist. 130 after Ctrl-C.
- A build that could not read some files is done (0): the report names each with its reason. It
  failed (1) when there is no document at all.
- `--json` writes one JSON value; what is not known is `null` or `[]`. `describe` writes one line of
  JSON a document. The keys are [those of the API](api.md), and they stay.
- Colour only on a terminal; `NO_COLOR=1` turns it off, `FORCE_COLOR=1` on.
- `REGESTA_DEBUG=1` shows where in the program a failure arose.
- An edition built by `open` or `demo` is kept in your cache folder (`$XDG_CACHE_HOME/regesta` or
  `~/.cache/regesta`, `~/Library/Caches/regesta`, `%LOCALAPPDATA%\\regesta`); it may be deleted at
  any time.
"""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _takes(option: click.Option) -> str:
    """What an option takes: a word for a value, its choices, or nothing for a flag."""
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return " | ".join(f"`{choice}`" for choice in option.type.choices)
    if isinstance(option.type, click.IntRange):
        low, high = option.type.min, option.type.max
        if low is not None and high is not None:
            return f"number {low}–{high}"
        return "number" if low is None else f"number from {low}"
    word = option.metavar or "text"
    return f"{word}, several" if option.multiple else word


def _option_row(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in sorted(option.opts, key=len, reverse=True))
    default = option.default
    shown = str(default) if isinstance(default, str | int) and not option.is_flag else ""
    needed = " Required." if option.required else ""
    return (
        f"| {names} | {_cell(_takes(option)) or 'nothing'} | "
        f"{_cell((option.help or '') + needed)} | {shown} |"
    )


def command_section(name: str) -> str:
    """A command as a section of the page: usage, what it does, options, examples."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    words = [
        p.make_metavar(click.Context(command))
        for p in command.params
        if isinstance(p, click.Argument)
    ]
    options = [p for p in command.params if isinstance(p, click.Option)]
    examples = "\n".join(line.strip() for line in (command.epilog or "").splitlines()[1:])
    rows = "\n".join(_option_row(option) for option in options)
    return (
        f"## regesta {name}\n\n```\nregesta {' '.join([name, '[OPTIONS]', *words])}\n```\n\n"
        f"{inspect.cleandoc(command.help or '')}\n\n"
        f"| option | takes | means | default |\n|---|---|---|---|\n{rows}\n\n"
        f"```sh\n{examples}\n```\n"
    )


def cli_page() -> str:
    """The page of the command line, in Markdown."""
    summaries = "\n".join(
        f"| [`{name}`](#regesta-{name}) | {_cell(summary)} |"
        for name, (_, summary) in COMMANDS.items()
    )
    return (
        "# Command line\n\n<!-- Written by python -m regesta.serving.reference. -->\n\n"
        f"```\n{GUIDE}\n```\n\n| command | does |\n|---|---|\n{summaries}\n\n{_HABITS}\n"
        + "\n".join(command_section(name) for name in COMMANDS)
        + f"\n{_COMPLETION}"
    )


def _type(schema: dict[str, Any]) -> str:
    """A schema in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(f"`{value}`" for value in schema["enum"] if value not in ("", None)) + (
            " or null" if None in schema["enum"] else ""
        )
    kind = schema.get("type")
    if kind == "array":
        items = schema.get("items") or {}
        return f"list of {_type(items)}" if isinstance(items, dict) and items else "list"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"object of {_type(inner)}" if isinstance(inner, dict) and inner else "object"
    words = {"string": "text", "integer": "number", "number": "number", "boolean": "true or false"}
    bounds = [str(schema[key]) for key in ("minimum", "maximum") if key in schema]
    plain = "null" if kind == "null" else words.get(str(kind), "any value")
    return f"{plain} {'–'.join(bounds)}" if len(bounds) == 2 else plain


def _endpoint_section(path: str, operation: dict[str, Any]) -> str:
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    rows = "\n".join(
        f"| `{p['name']}` | {_cell(p['description'])} | {_cell(_type(p['schema']))} | "
        f"{_shown(p['schema'].get('default'))} |"
        for p in operation["parameters"]
    )
    table = (
        f"| parameter | means | takes | default |\n|---|---|---|---|\n{rows}\n\n" if rows else ""
    )
    return f"## GET {path}\n\n{operation['summary']}\n\n{table}Answers with {_type(answer)}.\n"


def _shown(default: Any) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    return str(default) if default not in (None, "", [], ()) else ""


def _shape_section(name: str, schema: dict[str, Any]) -> str:
    rows = "\n".join(
        f"| `{key}` | {_cell(_type(value))} | {_cell(value.get('description', ''))} |"
        for key, value in schema.get("properties", {}).items()
    )
    about = inspect.cleandoc(schema.get("description", ""))
    return f"### {name}\n\n{about}\n\n| key | holds | |\n|---|---|---|\n{rows}\n"


def api_page() -> str:
    """The page of the API, in Markdown."""
    described = openapi()
    shapes = sorted(described["components"]["schemas"].items())
    return (
        "# HTTP API\n\n<!-- Written by python -m regesta.serving.reference. -->\n\n"
        f"{ABOUT}\n\n`regesta serve EDITION` answers under `/api`; `/api` itself lists in the "
        "browser what can be asked, and `/api/openapi.json` describes it for programs.\n\n"
        "```sh\ncurl 'http://127.0.0.1:8000/api/search?q=departure&from=1918-07&facets=author'\n"
        "```\n\nA failure has its status and one form:\n\n```json\n"
        '{"error": {"status": 404, "message": "…", "hint": "…"}}\n```\n\n'
        + "\n".join(
            _endpoint_section(path, ops["get"])
            for path, ops in described["paths"].items()
            if not path.startswith("/api/dts")  # see protocols.md
        )
        + "\n## Shapes\n\n"
        + "\n".join(_shape_section(name, schema) for name, schema in shapes)
    )


PAGES = {"cli.md": cli_page, "api.md": api_page}


def write(folder: Path) -> None:
    """Write both pages into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference"))
