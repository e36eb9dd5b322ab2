"""XML by the standard library's serializer. Import `element`, `document`, `ATOM`, `DUBLIN_CORE`.

Prefixes are declared on the root by hand, so that the documents look as people write them.
"""

from xml.etree import ElementTree

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


def element(
    parent: ElementTree.Element, name: str, text: str = "", /, **attributes: str
) -> ElementTree.Element:
    """Append and return an element. `text` and attributes must be fit for XML 1.0."""
    child = ElementTree.SubElement(parent, name, attributes)
    child.text = text or None
    return child


def document(root: ElementTree.Element) -> bytes:
    """Return the whole document in UTF-8, with its declaration."""
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
