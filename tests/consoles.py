"""Runs the console blocks of a page in order, in one folder, as a reader would type them.

In comes a Markdown page; out go its commands with what they print. `python tests/consoles.py PAGE`
writes the outputs into the page; the test compares them. A command without output in the page is
run, and what it prints is passed over; a line "…" stands for lines left out.
"""

import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
FILE = re.compile(r"^`([\w./-]+)`:\n\n```\w*\n(.*?)^```$", re.M | re.S)
#: What differs from run to run: times, and the folder.
VARIES = re.compile(r"\d+(?:\.\d+)?(?= ms| s\b| seconds| documents a second)|(?<=Seconds)\s+[\d.]+")


@dataclass(slots=True)
class Typed:
    """A command, and what the page says it prints."""

    command: str
    expected: list[str] = field(default_factory=list)


def commands(block: str) -> list[Typed]:
    """The commands of a block; a backslash at the end of a line continues it."""
    typed: list[Typed] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            typed.append(Typed(line[2:]))
        elif typed and typed[-1].command.endswith("\\"):
            typed[-1].command = f"{typed[-1].command[:-1].rstrip()} {line.strip()}"
        elif typed:
            typed[-1].expected.append(line)
    return typed


def printed(command: str, folder: Path) -> list[str]:
    """What a command prints to standard output; fails where it fails."""
    scripts = sysconfig.get_path("scripts")
    environment = {
        **os.environ,
        "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}",
        "COLUMNS": "88",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True,
        check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        raise AssertionError(f"{command}: status {done.returncode}: {done.stderr}")
    return [line.rstrip() for line in done.stdout.rstrip().splitlines()]


def same(expected: list[str], got: list[str]) -> bool:
    """Compare line by line; "…" stands for any lines, times for any time."""
    pattern = "\n".join(
        r"(?:.*\n)*?.*" if line.strip() == "…" else re.escape(VARIES.sub("N", line.rstrip()))
        for line in expected
    )
    return re.fullmatch(pattern, "\n".join(VARIES.sub("N", line) for line in got)) is not None


def files(page: str, folder: Path) -> None:
    """Write the files that a page shows (a name in backticks, a colon, a block) to a folder."""
    for name, text in FILE.findall(page):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def rewrite(path: Path) -> None:
    """Put what the commands print today into a page; elided outputs are left to the writer."""
    page = path.read_text("utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files(page, folder)

        def block(match: re.Match[str]) -> str:
            lines: list[str] = []
            for typed in commands(match[1]):
                got = printed(typed.command, folder)
                keep = not typed.expected or "…" in [line.strip() for line in typed.expected]
                lines += [f"$ {typed.command}", *(typed.expected if keep else got)]
            return "```console\n" + "\n".join(lines) + "\n```"

        path.write_text(BLOCK.sub(block, page), encoding="utf-8")


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        rewrite(Path(argument))
