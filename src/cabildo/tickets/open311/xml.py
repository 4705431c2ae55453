"""Documents as XML: a mapping becomes elements, a list becomes elements of the singular name."""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'
CONTENT_TYPE = "text/xml; charset=utf-8"
SINGULAR = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "errors": "error",
    "notes": "note",
    "photos": "photo",
}
# what XML 1.0 cannot hold, not even escaped
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(root: str, content: Any) -> bytes:
    """The document in UTF-8, with its declaration."""
    element = Element(root)
    _fill(element, content)
    indent(element)
    return DECLARATION + tostring(element, encoding="utf-8") + b"\n"


def _fill(element: Element, content: Any) -> None:
    if isinstance(content, Mapping):
        for name, value in content.items():
            _fill(SubElement(element, name), value)
    elif isinstance(content, list):
        for item in content:
            _fill(SubElement(element, SINGULAR[element.tag]), item)
    elif content is not None:
        element.text = _words(content)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return NOT_XML.sub("", str(value))
