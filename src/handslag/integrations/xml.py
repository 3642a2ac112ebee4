"""Reading XML that others have sent.

No document type, no entities, no network, a limit on size and depth: a hostile or broken sender costs an
error, never memory or a file of ours.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

MAX_BYTES = 5_000_000
MAX_DEPTH = 60


class UnreadableXml(ValueError):
    """The bytes are not XML that we accept. The message holds no content of the document."""


def read_xml(content: bytes, *, max_bytes: int = MAX_BYTES) -> etree._Element:
    """The root element of `content`. Raises UnreadableXml."""
    if len(content) > max_bytes:
        raise UnreadableXml(f"larger than {max_bytes} bytes")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UnreadableXml("document type declarations are not accepted")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableXml("not well-formed") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableXml("document type declarations are not accepted")
    return root


def local_name(element: etree._Element) -> str:
    return etree.QName(element).localname


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element along `path` of local names, whatever their namespaces."""
    for name in path:
        if element is None:
            return None
        element = next((sub for sub in element if local_name(sub) == name), None)
    return element


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if element is None else [sub for sub in element if local_name(sub) == name]


def text(element: etree._Element | None, *path: str) -> str:
    """The stripped text of the element along `path`; empty when there is none."""
    found = child(element, *path)
    return "" if found is None else (found.text or "").strip()


def as_record(element: etree._Element, depth: int = 0) -> Any:
    """The element as plain values: text for leaves, a mapping for the rest, a list where a name repeats.

    Attributes become keys; empty elements are left out, since they say nothing.
    """
    if depth > MAX_DEPTH:
        raise UnreadableXml("nested too deep")
    record: dict[str, Any] = {
        etree.QName(name).localname: value
        for name, value in element.attrib.items()
        if not str(name).startswith("{http://www.w3.org/2001/XMLSchema-instance}")
    }
    if not len(element):
        own_text = (element.text or "").strip()
        return own_text if not record else {**record, **({"value": own_text} if own_text else {})}
    for sub in element:
        value = as_record(sub, depth + 1)
        if value == "":
            continue
        name = local_name(sub)
        if name not in record:
            record[name] = value
        elif isinstance(record[name], list):
            record[name].append(value)
        else:
            record[name] = [record[name], value]
    return record
