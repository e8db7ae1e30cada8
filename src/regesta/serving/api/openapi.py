"""The API described: the OpenAPI document, made from the endpoints, their parameters and shapes."""

from typing import Any, get_type_hints

import msgspec

from regesta.serving.api.models import ErrorAnswer
from regesta.serving.api.routes import ENDPOINTS, Endpoint
from regesta.serving.protocols.dts import LD, DtsRow
from regesta.serving.protocols.dts import ROWS as DTS_ROWS

_REF = "#/components/schemas/{name}"
ABOUT = (
    "Ask an edition of diplomatic documents. Everything is read-only and public: a script of any "
    "site may ask by GET.\n\n"
    "What is not known is null or [], never absent and never a guess. Spans and marks are "
    "[start, end) in code points.\n\n"
    "Lists take limit and offset; X-Total-Count says how many there are, and Link where the next "
    "page is. Every failure has one form: an error with status, message and hint. What is still "
    "being found after a build is answered with 503 and Retry-After. Answers carry an ETag that "
    "holds until the edition is built anew."
)
#: Endpoints besides those of acts that answer from what is found after a build.
_FOUND_LATE = ("audit", "links", "counterparts", "thread", "silences")
#: What stands in an address, with an example.
PATH_PARAMETERS: dict[str, dict[str, Any]] = {
    "collection": {
        "description": "Id of a collection: the part of a document's id before the slash",
        "schema": {"type": "string", "minLength": 1, "pattern": r"^[^/\x00-\x1f]+$"},
        "example": "vologda",
    },
    "document": {
        "description": "The part of a document's id after the slash",
        "schema": {"type": "string", "minLength": 1, "pattern": r"^[^/\x00-\x1f]+$"},
        "example": "d1",
    },
    "name": {
        "description": "Which index",
        "schema": {
            "type": "string",
            "enum": ["subject", "author", "recipient", "place", "date"],
        },
        "example": "author",
    },
    "date": {
        "description": "A day, YYYY-MM-DD",
        "schema": {"type": "string", "format": "date"},
        "example": "1918-07-25",
    },
    "id": {
        "description": "Id, as the list one step above gives it",
        "schema": {"type": "string", "minLength": 1, "pattern": r"^[^/\x00-\x1f]+$"},
        "example": "vologda",
    },
}


def _query_parameters(parameters: type[msgspec.Struct]) -> list[dict[str, Any]]:
    _, components = msgspec.json.schema_components([parameters], ref_template=_REF)
    described = components[parameters.__name__]
    properties, required = described.get("properties", {}), described.get("required", [])
    hints = get_type_hints(parameters, include_extras=True)
    fields = {f.encode_name: f.name for f in msgspec.structs.fields(parameters)}
    found = []
    for name, schema in properties.items():
        row: dict[str, Any] = {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": schema.pop("description", ""),
            "schema": schema,
        }
        for meta in getattr(hints[fields[name]], "__metadata__", ()):
            if isinstance(meta, msgspec.Meta) and meta.extra and "example" in meta.extra:
                row["example"] = meta.extra["example"]
        if schema.get("type") == "array":
            row |= {"style": "form", "explode": True}
            if "example" in row:
                row["example"] = [row["example"]]
        elif not row["required"]:
            row["allowEmptyValue"] = True  # an item of a list may be empty as it is
        found.append(row)
    return found


def _path_parameters(path: str) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [{"name": n, "in": "path", "required": True, **PATH_PARAMETERS[n]} for n in names]


def _answers(endpoint: Endpoint, schema: dict[str, Any], error: Any) -> dict[str, Any]:
    good: dict[str, Any] = {
        "description": "The answer",
        "content": {"application/json": {"schema": schema}},
        "headers": {"ETag": {"schema": {"type": "string"}, "description": "Mark of this answer"}},
    }
    if endpoint.paged:
        good["headers"]["X-Total-Count"] = {
            "schema": {"type": "string", "pattern": r"^\d+$"},
            "description": "How many there are in all",
        }
        good["headers"]["Link"] = {
            "schema": {"type": "string"},
            "description": "Where the next page is",
        }
    failures = {"400": "A parameter or the query is malformed", "500": "The server failed"}
    if "{" in endpoint.path or {"id", "document"} & {*endpoint.parameters.__struct_fields__}:
        failures["404"] = "There is no such thing in this edition"
    if endpoint.name in _FOUND_LATE or {"act", "acts"} & {*endpoint.name.split()}:
        failures["503"] = "What is asked for is still being found"
    told = {
        status: {"description": what, "content": {"application/json": {"schema": error}}}
        for status, what in sorted(failures.items())
    }
    return {"200": good, "304": {"description": "Unchanged since the ETag that was sent"}, **told}


def _operations(endpoint: Endpoint, schema: dict[str, Any], error: Any) -> dict[str, Any]:
    get: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": _path_parameters(endpoint.path) + _query_parameters(endpoint.parameters),
        "responses": _answers(endpoint, schema, error),
    }
    if not endpoint.body:
        return {"get": get}
    _, components = msgspec.json.schema_components([endpoint.parameters], ref_template=_REF)
    asked = components[endpoint.parameters.__name__]
    responses = {status: told for status, told in get["responses"].items() if status != "304"}
    responses["413"] = {**responses["400"], "description": "The body is too large"}
    post = {
        **get,
        "operationId": f"{endpoint.name}-posted",
        "parameters": [],
        "requestBody": {"required": True, "content": {"application/json": {"schema": asked}}},
        "responses": responses,
    }
    return {"get": get, "post": post}


def _dts(row: DtsRow, error: Any) -> dict[str, Any]:
    """An endpoint of the Distributed Text Services: JSON-LD, or a text in several forms."""
    forms: dict[str, Any] = {form: {"schema": {"type": "string"}} for form in row.media_types}
    if LD in forms:
        forms = {LD: {"schema": {"type": "object", "required": ["@context", "@id", "@type"]}}}
    failures = {"400": "A parameter is malformed or missing", "404": "There is no such thing here"}
    told = {
        status: {"description": what, "content": {"application/json": {"schema": error}}}
        for status, what in failures.items()
    }
    get = {
        "operationId": f"dts-{row.name}",
        "summary": row.summary,
        "parameters": _query_parameters(row.parameters),
        "responses": {
            "200": {"description": "The answer", "content": forms},
            "304": {"description": "Unchanged since the ETag that was sent"},
            **told,
        },
    }
    return {"get": get}


def openapi(*, title: str = "Regesta") -> dict[str, Any]:
    """Give the OpenAPI 3.1 document of the API.

    Args:
        title: The edition's title, shown as the API's.
    """
    from regesta import __version__

    shapes, components = msgspec.json.schema_components(
        [*(e.answer for e in ENDPOINTS), ErrorAnswer], ref_template=_REF
    )
    *answers, error = shapes
    paths = {
        endpoint.path: _operations(endpoint, schema, error)
        for endpoint, schema in zip(ENDPOINTS, answers, strict=True)
    }
    paths |= {row.path: _dts(row, error) for row in DTS_ROWS}
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": __version__, "description": ABOUT},
        "paths": paths,
        "components": {"schemas": components},
    }
