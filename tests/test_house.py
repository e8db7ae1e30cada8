"""The house rules that a reader of the code relies on, checked over every file of the project."""

import ast
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import regesta
import regesta.errors

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "regesta"
MODULES = sorted(PACKAGE.rglob("*.py"))
VOCABULARIES = sorted(p for p in (PACKAGE / "vocabularies").rglob("*") if p.suffix != ".py")
LONGEST_MODULE = 600

#: What a folder of one machine or a registry's address looks like. In pieces, so that this file
#: does not find itself.
MACHINE = re.compile(
    r"(?<![\w.])/(?:"
    + "|".join(["wo" + "rk", "home/" + r"(?!someone)\w+", "Us" + "ers", "opt/" + r"\w+"])
    + r")/"
    r"|pypi\." + r"org/simple|files\.python" + "hosted",
)


def _paths(kinds: tuple[str, ...]) -> list[Path]:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("no git repository: which files belong to the project is not known")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [p for p in paths if p.is_file() and (p.suffix in kinds or p.parent.name == ".ci")]


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=_relative)
def test_module_opens_with_its_purpose(path: Path) -> None:
    """Every module begins with a docstring and stays within its length."""
    source = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(source)), "no docstring"
    assert source.count("\n") <= LONGEST_MODULE


@pytest.mark.parametrize("path", [*MODULES, *sorted(PACKAGE.rglob("*.html"))], ids=_relative)
def test_no_figure_that_is_no_number(path: Path) -> None:
    """Figures are asked for by `isdecimal` or `whole_number`: `int` fails on "²", a digit too."""
    assert ".isdigit(" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", VOCABULARIES, ids=_relative)
def test_vocabulary_names_its_provenance(path: Path) -> None:
    """Every file of knowledge says at its top where the knowledge comes from, and can be read."""
    if path.suffix not in (".toml", ".tsv", ".txt", ".csv"):
        pytest.skip("not a file of words")
    text = path.read_text("utf-8")
    head = "".join(line for line in text.splitlines(keepends=True)[:40] if line.startswith("#"))
    assert re.search(r"provenance|source|from ", head, re.IGNORECASE), "no provenance at the top"
    if path.suffix == ".toml":
        assert tomllib.loads(text)


def test_no_word_of_one_machine() -> None:
    """No file of the project holds a path of somebody's machine or a registry's address."""
    kinds = (".py", ".md", ".toml", ".html", ".css", ".js", ".cff", ".yml", ".yaml", ".txt")
    found = [
        f"{_relative(path)}: {match.group()}"
        for path in _paths(kinds)
        if (match := MACHINE.search(path.read_text("utf-8", "replace")))
    ]
    assert not found


def test_public_names() -> None:
    """What `import regesta` promises is exactly this."""
    types = ["Collection", "Document", "Edition", "HistoricalDate", "Regest"]
    types += ["RegestaError", "SearchResult"]
    assert regesta.__all__ == [*types, "build", "describe", "export", "read", "__version__"]
    for name in regesta.__all__:
        assert getattr(regesta, name) is not None
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = regesta.nothing_of_the_kind


def test_every_error_stands_in_the_tree() -> None:
    """The error tree that errors.py draws names every error, and all share one base."""
    errors = [v for v in vars(regesta.errors).values() if isinstance(v, type)]
    assert errors
    for error in errors:
        assert issubclass(error, regesta.errors.RegestaError)
        assert error.__name__ in (regesta.errors.__doc__ or "")


def test_entry_points_exist() -> None:
    """Every reader, describer and exporter that the project declares can be loaded."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [v for group in declared["entry-points"].values() for v in group.values()]
    named += declared["scripts"].values()
    for reference in named:
        module, _, attribute = reference.partition(":")
        loaded = __import__(module, fromlist=[attribute])
        assert callable(getattr(loaded, attribute)), reference
