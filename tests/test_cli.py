"""The command line: what it says, where it says it, and with which exit status."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from door_fake import FakeEdition

from regesta.edition import Edition
from regesta.edition.results import IndexEntry
from regesta.errors import NotAnEdition
from regesta.serving.cli.main import COMMANDS, main


@pytest.fixture(name="edition")
def _edition(monkeypatch: pytest.MonkeyPatch) -> FakeEdition:
    """Every edition that is opened is the fake one, unless its name begins with "no"."""
    fake = FakeEdition()

    def opened(path: str | Path) -> Edition:
        if Path(path).name.startswith("no"):
            raise NotAnEdition(f"{path} is no edition", "build one")
        return fake

    monkeypatch.setattr(Edition, "open", opened)
    return fake


def run(*args: str, given: str | bytes | None = None) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, list(args), input=given)


def command_of(name: str) -> click.Command:
    """A command by its name."""
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_text_has_examples_that_parse(name: str) -> None:
    """Each command's help says what it does and ends with examples whose options exist."""
    command = command_of(name)
    assert command.help
    lines = [line.strip() for line in (command.epilog or "").splitlines()[1:]]
    assert lines
    options = {opt for p in command.params for opt in (*p.opts, *p.secondary_opts)} | {"--help"}
    for line in lines:
        assert f"regesta {name}" in line
        words = line.split(f"regesta {name}", 1)[1].split(" | ")[0].split()
        assert {w for w in words if w.startswith("--")} <= options


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_they_do(name: str) -> None:
    """The one-line summary exists for each command and every option is explained."""
    assert COMMANDS[name][1].endswith((".", "…"))
    for parameter in command_of(name).params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("name", ["search", "show", "index", "describe", "cite", "export", "build"])
def test_reading_commands_take_json(name: str) -> None:
    """Every command that gives a result gives it as JSON too."""
    assert any("--json" in p.opts for p in command_of(name).params)


def test_help_loads_nothing_heavy() -> None:
    """Help is written without importing any command, the edition, or a web library."""
    code = (
        "import sys\nfrom regesta.serving.cli.main import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print([m for m in sys.modules if m.split('.')[0] in "
        "('tantivy','starlette','lxml','rich','uvicorn','msgspec') "
        "or m.startswith(('regesta.edition','regesta.documents','regesta.serving.cli_'))],"
        " file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stderr.strip() == b"[]"


def test_a_bare_call_shows_the_help() -> None:
    """Who types nothing but the name is shown what there is."""
    result = run()
    assert result.exit_code == 0
    assert "regesta demo" in result.stdout


def test_version() -> None:
    """The version is one line on standard output."""
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("regesta ")


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (["serch", "x"], 2, "did you mean search"),
        (["search"], 2, "missing argument 'EDITION'"),
        (["search", "e", "--limit", "9999"], 2, "--limit"),
        (["search", "e", "--colour", "x"], 2, "--colour"),
        (["search", "e", "--autor", "x"], 2, "did you mean one of: '--author'"),
        (["search", "e", "grain", "-relief"], 2, "as in 'grain -relief'"),
        (["search", "e", "--limit", "ten"], 2, "not a whole number"),
        (["search", "e", '"open'], 2, "is not closed"),
        (["search", "e", "--facets", "year,colour"], 2, "colour"),
        (["search", "e", "a\0b"], 2, "NUL"),
        (["search", "e", "\udcff"], 2, "UTF-8"),
        (["search", "nothing", "x"], 1, "nothing is no edition (build one)"),
        (["show", "e", "harbour/d9"], 1, "near: harbour/d"),
        (["show", "e", "harbour/d2,ü.a", "--format", "tei"], 1, "no longer there"),
        (["index", "e", "colour"], 2, "subject"),
        (["cite", "e", "harbour/d1", "--style", "baroque"], 2, "baroque"),
        (["export", "e", "--format", "parchment", "--to", "-"], 2, "parchment"),
        (["build", "x"], 2, "--to"),
    ],
)
@pytest.mark.usefixtures("edition")
def test_what_is_wrong_is_said_in_one_line(args: list[str], status: int, words: str) -> None:
    """A failure gives one line on standard error, nothing on standard output, and its status."""
    result = run(*args)
    assert result.exit_code == status
    assert result.stdout == ""
    assert result.stderr.startswith("regesta: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr


def test_a_fault_is_one_line_unless_asked_for(
    edition: FakeEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours is one line and status 1; REGESTA_DEBUG shows the traceback."""
    edition.search = lambda *_, **__: 1 / 0  # type: ignore[assignment]
    result = run("search", "e", "x")
    assert result.exit_code == 1
    assert "ZeroDivisionError" in result.stderr
    assert result.stderr.count("\n") == 1
    monkeypatch.setenv("REGESTA_DEBUG", "1")
    assert isinstance(run("search", "e", "x").exception, ZeroDivisionError)


def test_interruption_is_quiet(edition: FakeEdition) -> None:
    """Ctrl-C gives status 130 and no traceback."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    edition.search = interrupted  # type: ignore[assignment]
    result = run("search", "e", "x")
    assert result.exit_code == 130
    assert "Traceback" not in result.output


def test_search_for_people(edition: FakeEdition) -> None:
    """A search shows its tally, each regest with its id, the passage and the facets."""
    text = run("search", "e", "grain", "--facets", "author").stdout
    assert text.startswith("2 documents, 1 of them undated")
    assert "25 July 1918 · Arnesen to The Harbour Master · Archangel · note · No. 7" in text
    assert "  harbour/d1\n" in text
    assert "grain ships" in text
    assert "By author" in text
    assert edition.searches == 1


@pytest.mark.usefixtures("edition")
def test_nothing_found_names_the_word() -> None:
    """Where nothing is found the term that killed it is named, and the status is 0."""
    result = run("search", "e", "zeppelin")
    assert result.exit_code == 0
    assert "without zeppelin there would be 3 documents" in result.stdout


def test_other_authors_of_the_name_are_told(edition: FakeEdition) -> None:
    """An author asked for by id leaves longer entries out: they are named on standard error."""
    named = [IndexEntry("Berg", "berg", 1, ()), IndexEntry("Berg, Otto", "berg-o", 4, ())]
    edition.index = lambda name, **options: named  # type: ignore[assignment, method-assign]
    result = run("search", "e", "grain", "--author", "berg")
    assert "Also in the index of authors: Berg, Otto (4, --author berg-o)" in result.stderr
    edition.index = lambda name, **options: named[1:]  # type: ignore[assignment, method-assign]
    assert "Also" not in run("search", "e", "grain", "--author", "Ber").stderr


def test_search_options_reach_the_edition(edition: FakeEdition) -> None:
    """Options have the names of Edition.search, and several of one filter are gathered."""
    run(
        *("search", "e", "grain", "ships", "--author", "a", "--author", "b", "--from", "1918"),
        *(
            "--to",
            "1919",
            "--within",
            "--undated",
            "--match",
            "any",
            "--layer",
            "notes",
            "--sort",
            "date",
        ),
        *("--limit", "5", "--offset", "2", "--facets", "all"),
    )
    asked = edition.asked
    assert asked["query"] == "grain ships"
    assert asked["author"] == ("a", "b")
    assert (asked["first"], asked["last"]) == ("1918", "1919")
    assert asked["within"] is asked["undated"] is True
    assert asked["match"] == "any"
    assert (asked["layer"], asked["sort"]) == ("notes", "date")
    assert (asked["limit"], asked["offset"]) == (5, 2)
    assert "decade" in asked["facets"]  # type: ignore[operator]


@pytest.mark.usefixtures("edition")
def test_show_lays_a_document_out() -> None:
    """The text is shown with page, note mark and note; facts with origin; the citation."""
    text = run("show", "e", "harbour/d1").stdout
    assert "25 July 1918" in text
    assert "derived (dateline, 0.95)" in text
    assert "[p. 12] The grain ships[1] lie" in text
    assert "1. Four ships in all." in text
    assert "Arnesen (Consul)" in text
    assert "Consul Arnesen to the Harbour Master, note." in text


@pytest.mark.usefixtures("edition")
def test_no_source_can_command_the_terminal() -> None:
    """Control characters of a text are not written to the terminal, but stand in the JSON."""
    assert "\x1b" not in run("show", "e", "harbour/d2,ü.a").stdout
    line = json.loads(run("show", "e", "harbour/d2,ü.a", "--json").stdout)
    assert line["text"].endswith("\x1b[31m")


@pytest.mark.usefixtures("edition")
def test_what_is_not_known_is_said() -> None:
    """A document without date and sender says so instead of leaving a gap."""
    text = run("show", "e", "harbour/d3").stdout
    assert "undated" in text
    assert text.count("not known") == 4


@pytest.mark.usefixtures("edition")
def test_index_and_cite() -> None:
    """An index lists count, label and id; a citation is one line."""
    assert run("index", "e", "author").stdout == "1  Arnesen  arnesen\n1  Brandt   brandt\n"
    assert "no entry" in run("index", "e", "author", "--prefix", "Z").stderr
    assert run("cite", "e", "harbour/d1").stdout == "Consul Arnesen to the Harbour Master, note.\n"


@pytest.mark.usefixtures("edition")
def test_export_writes_the_whole_file_or_none(tmp_path: Path) -> None:
    """An export refuses to write over a file unless told, and leaves no remains behind."""
    target = tmp_path / "out.jsonl"
    assert run("export", "e", "--format", "jsonl", "--to", str(target)).exit_code == 0
    first = json.loads(target.read_text().splitlines()[0])
    assert first["id"] == "harbour/d1"
    refused = run("export", "e", "--format", "jsonl", "--to", str(target))
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    again = run(
        "export", "e", "--format", "jsonl", "--to", str(target), "--query", "cranes", "--force"
    )
    assert again.exit_code == 0
    assert len(target.read_text().splitlines()) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_closed_pipe_is_no_failure(tmp_path: Path) -> None:
    """Output into a program that stops reading ends quietly."""
    lines = tmp_path / "bare.jsonl"
    lines.write_text("".join(f'{{"id": {n}, "text": "Paris."}}\n' for n in range(2000)))
    code = "from regesta.serving.cli.main import main; main()"
    with (
        lines.open("rb") as stream,
        subprocess.Popen(
            [sys.executable, "-c", code, "describe", "--jsonl"],
            stdin=stream,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as worker,
    ):
        assert worker.stdout is not None
        assert worker.stderr is not None
        worker.stdout.readline()
        worker.stdout.close()
        assert worker.stderr.read() == b""
        assert worker.wait() == 0
