"""Words into XML: escaping, attributes, elements."""

import re

#: Characters that XML 1.0 cannot hold, not even escaped.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escaped(text: str) -> str:
    """Text for the content of an element."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # What Python calls printable is legal; to ask is many times quicker than to search.
    return text if text.isprintable() else _ILLEGAL.sub("\ufffd", text)


def attribute(name: str, value: str) -> str:
    """An attribute with a space before it; nothing where it has no value."""
    if not value:
        return ""
    value = escaped(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f' {name}="{value}"'


def pointer(value: str) -> str:
    """A URI or a reference inside a file, spaces escaped."""
    return "%20".join(value.split())


def element(name: str, content: str = "", **attributes: str) -> str:
    """An element with text in it; attributes without a value are left out."""
    opened = name + "".join(attribute(key.replace("_", ":"), v) for key, v in attributes.items())
    return f"<{opened}>{escaped(content)}</{name}>" if content else f"<{opened}/>"


def wrapped(name: str, *inner: str, **attributes: str) -> str:
    """An element with elements in it, nothing where it would be empty."""
    content = "".join(inner)
    if not content:
        return ""
    opened = name + "".join(attribute(key.replace("_", ":"), v) for key, v in attributes.items())
    return f"<{opened}>{content}</{name}>"
