"""The API for people: what can be asked, in words and with examples of this very edition.

What comes in is the description of the API and an edition; out goes what the page `api.html` shows.
"""

from typing import Any
from urllib.parse import quote, urlencode

from regesta.edition import Edition
from regesta.serving.api.openapi import ABOUT, openapi

#: Query parameters whose examples are shown; the others are left at their defaults.
_SHOWN = ("q", "from", "prefix", "style")


def takes(schema: dict[str, Any]) -> str:
    """What a parameter takes, in a few words."""
    if "enum" in schema:
        return ", ".join(value for value in schema["enum"] if value)
    if schema.get("type") == "array":
        return f"{takes(schema['items'])}; several"
    bounds = [str(schema[key]) for key in ("minimum", "maximum") if key in schema]
    words = {"string": "text", "integer": "number", "boolean": "true or false"}
    word = "a day" if schema.get("format") == "date" else words.get(schema.get("type", ""), "value")
    return f"{word} {'–'.join(bounds)}".strip()


def shown_default(schema: dict[str, Any]) -> str:
    """A parameter's default, or "" where it is nothing."""
    value = schema.get("default")
    if value in (None, "", [], ()):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _own_examples(edition: Edition) -> dict[str, str]:
    """Values for the examples that exist in this edition, as far as it has any."""
    document = next(edition.documents(), None)
    if document is None:
        return {}
    examples = {
        "collection": document.collection,
        "id": document.collection,
        "document": document.local_id,
        "name": "author",
    }
    if document.date and document.date.day:
        examples["date"] = document.date.day
        examples["from"] = document.date.day[:4]
    return examples


def _example(path: str, parameters: list[dict[str, Any]], own: dict[str, str]) -> tuple[str, bool]:
    """An address to try, and whether everything in it is of this edition."""
    asked, live = {}, True
    for parameter in parameters:
        name = parameter["name"]
        value = own.get(name, str(parameter.get("example", "")))
        if parameter["in"] == "path":
            live = live and name in own
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        elif name in _SHOWN and value and (name in own or not own):
            asked[name] = value
    return path + (f"?{urlencode(asked)}" if asked else ""), live


def calls(edition: Edition) -> list[dict[str, Any]]:
    """What can be asked: a row for each endpoint.

    Args:
        edition: Gives the examples, so that they can be tried at once.
    """
    own = _own_examples(edition)
    found = []
    for path, operations in openapi()["paths"].items():
        operation = operations["get"]
        parameters = operation["parameters"]
        kind, content = next(iter(operation["responses"]["200"]["content"].items()))
        schema = content["schema"]
        shapes = [schema, schema.get("items", {}), *schema.get("anyOf", ())]
        named = next((shape["$ref"] for shape in shapes if "$ref" in shape), kind)
        name = named.rsplit("/", 1)[1]
        example, live = _example(path, parameters, own)
        found.append(
            {
                "name": operation["operationId"],
                "path": path,
                "summary": operation["summary"],
                "answer": f"a list of {name}" if "items" in schema else name,
                "parameters": [
                    {
                        "name": p["name"],
                        "means": p["description"],
                        "takes": takes(p["schema"]),
                        "default": shown_default(p["schema"]),
                    }
                    for p in parameters
                ],
                "example": example,
                "live": live,
            }
        )
    return found


def about() -> list[str]:
    """What there is to know before asking, in paragraphs."""
    return ABOUT.split("\n\n")
