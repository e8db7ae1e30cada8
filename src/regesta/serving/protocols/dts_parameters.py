"""What the endpoints of the Distributed Text Services take, in the specification's own words."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from regesta.serving.api.parameters import Text

_Page = Annotated[int, Meta(ge=1, le=1_000_000, description="Page of a long list, from 1")]
_Unit = "Identifier of a citable unit in the tree"
_TREE = "Citation tree: pages; left out, the tree of paragraphs and notes"


class CollectionParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `/api/dts/collection` takes."""

    id: Annotated[
        Text, Meta(description="A collection or document; the edition where it is left out")
    ] = ""
    page: _Page = 1
    nav: Annotated[
        Literal["children", "parents"], Meta(description="Whether members are children or parents")
    ] = "children"


class NavigationParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `/api/dts/navigation` takes."""

    resource: Annotated[Text, Meta(description="Id of a document")] = ""
    ref: Annotated[Text, Meta(description=f"{_Unit}; not with start and end")] = ""
    start: Annotated[Text, Meta(description=f"{_Unit}: the first of a range")] = ""
    end: Annotated[Text, Meta(description=f"{_Unit}: the last of a range")] = ""
    down: Annotated[
        Annotated[int, Meta(ge=-1, le=99)] | None,
        Meta(description="Levels below; -1 is all; 0 with ref gives its siblings"),
    ] = None
    tree: Annotated[Text, Meta(description=_TREE)] = ""
    page: _Page = 1


class DocumentParameters(Struct, frozen=True, forbid_unknown_fields=True):
    """What `/api/dts/document` takes."""

    resource: Annotated[Text, Meta(description="Id of a document")] = ""
    ref: Annotated[Text, Meta(description=f"{_Unit}; not with start and end")] = ""
    start: Annotated[Text, Meta(description=f"{_Unit}: the first of a range")] = ""
    end: Annotated[Text, Meta(description=f"{_Unit}: the last of a range")] = ""
    tree: Annotated[Text, Meta(description=_TREE)] = ""
    mediaType: Annotated[  # noqa: N815
        Text, Meta(description="application/tei+xml, text/html or text/plain")
    ] = ""
