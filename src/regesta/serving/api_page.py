"""The API for people: one page that lists what can be asked, with examples; no script, no request
to another host.
"""

from html import escape
from typing import Any

from regesta.serving.openapi import ABOUT, openapi


def _type(schema: dict[str, Any]) -> str:
    """A parameter's type in a few words."""
    if "enum" in schema:
        return " | ".join(value or "(empty)" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"{_type(schema['items'])}, several"
    bounds = [str(schema[k]) for k in ("minimum", "maximum") if k in schema]
    word = {"string": "text", "integer": "number", "boolean": "true | false"}.get(
        schema.get("type", ""), "value"
    )
    return f"{word} {'–'.join(bounds)}".strip()


def _default(schema: dict[str, Any]) -> str:
    value = schema.get("default")
    if value in (None, "", [], ()):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _example(path: str, parameters: list[dict[str, Any]]) -> str:
    """A path with the examples of its parameters filled in."""
    asked = []
    for p in parameters:
        if p["in"] == "path":
            path = path.replace(f"{{{p['name']}}}", str(p["example"]))
        elif p["name"] in ("q", "from", "prefix"):
            asked.append(f"{p['name']}={str(p['example']).replace(' ', '+')}")
    return path + ("?" + "&".join(asked) if asked else "")


def _rows(parameters: list[dict[str, Any]]) -> str:
    return "".join(
        f"<tr><th scope='row'><code>{escape(p['name'])}</code></th>"
        f"<td>{escape(p['description'])}</td><td>{escape(_type(p['schema']))}</td>"
        f"<td>{escape(_default(p['schema']))}</td></tr>"
        for p in parameters
    )


def _section(path: str, operation: dict[str, Any]) -> str:
    parameters = operation["parameters"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    name = (schema.get("$ref") or schema["items"]["$ref"]).rsplit("/", 1)[1]
    answer = name if "$ref" in schema else f"a list of {name}"
    table = (
        "<div class='scroll'><table><thead><tr><th scope='col'>Parameter</th>"
        "<th scope='col'>Means</th><th scope='col'>Takes</th><th scope='col'>Default</th></tr>"
        f"</thead><tbody>{_rows(parameters)}</tbody></table></div>"
        if parameters
        else ""
    )
    example = _example(path, parameters)
    return (
        f"<section id='{operation['operationId']}'><h2><code>GET {escape(path)}</code></h2>"
        f"<p>{escape(operation['summary'])} Answers with {escape(answer)}.</p>{table}"
        f"<p>For example <code>{escape(example)}</code></p></section>"
    )


def api_page(title: str) -> str:
    """Give the page, in HTML.

    Args:
        title: The edition's title.
    """
    described = openapi(title=title)
    sections = "".join(_section(path, ops["get"]) for path, ops in described["paths"].items())
    heading = escape(title or "Regesta")
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>The API of {heading}</title>"
        "<link rel='stylesheet' href='/static/regesta.css'>"
        "<link rel='stylesheet' href='/static/api.css'></head><body class='api'>"
        f"<header><p><a href='/'>{heading}</a></p></header><main id='main'>"
        f"<h1>The API</h1><p>{escape(ABOUT)}</p>"
        "<p>For programs: <a href='/api/openapi.json'>openapi.json</a> (OpenAPI 3.1).</p>"
        f"{sections}</main></body></html>"
    )
