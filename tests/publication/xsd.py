"""Validation against the schema of DiWoo metadata, which may not be in the repository: its path is in DIWOO_XSD."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

# The schema imports that of MDTO from the network; nothing that we write uses it.
_MDTO = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://www.nationaalarchief.nl/mdto">'
    '<xs:element name="MDTO"/></xs:schema>'
)


class _Local(etree.Resolver):
    def resolve(self, url: str, public_id: str, context: Any) -> Any:
        return self.resolve_string(_MDTO, context) if "nationaalarchief" in url else None


def schema() -> etree.XMLSchema:
    """The schema; skips the test where it is not there."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Local())
    return etree.XMLSchema(etree.parse(_path(), parser))


def path_of_lists() -> Path:
    """The schema's value lists, which stand beside it; skips the test where they are not there."""
    return _path().with_name("diwoo-metadata-lijsten.xsd")


def _path() -> Path:
    path = Path(os.environ.get("DIWOO_XSD", ""))
    if not path.is_file():
        pytest.skip("DIWOO_XSD names no schema")
    return path
