"""What the parts of the publication version refer to: links, places in the text, pictures, other parts.

w:hyperlink    to an address that names nobody, or to a place; else its text stays without a link
bookmarks      those to which something refers, under new names
pictures       decoded and encoded again (`media.py`), cropped as they are shown
identifiers    of drawings, counted anew, without the names that authors gave them
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from woo_anon.formats.pdf.document.addresses import Addresses
from woo_anon.formats.word.fields import bookmarks_of_fields, flatten_fields
from woo_anon.formats.word.losses import Losses, remove, unwrap
from woo_anon.formats.word.media import WHOLE, Crop, Picture, clean_picture
from woo_anon.formats.word.namespaces import KEPT, RELATIONSHIP, prefixed, q
from woo_anon.formats.word.package import Package
from woo_anon.formats.word.replace import holds_label

_CROPS = ("cropleft", "croptop", "cropright", "cropbottom")
_NAMED = frozenset(("wp:docPr", "pic:cNvPr", "wps:cNvPr", "wpg:cNvPr"))


@dataclass
class Links:
    """The relationships of one new part: (identifier, type, target, whether it is an address)."""

    entries: list[tuple[str, str, str, bool]] = field(default_factory=list, repr=False)

    def add(self, type_: str, target: str, external: bool = False) -> str:
        """The identifier of the relationship to `target`; a type of others than the standard is given in full."""
        full = type_ if ":" in type_ else f"{RELATIONSHIP}/{type_}"
        for identifier, known, to, _ in self.entries:
            if (known, to) == (full, target):
                return identifier
        self.entries.append((f"rId{len(self.entries) + 1}", full, target, external))
        return self.entries[-1][0]


class Media:
    """The pictures of the new package by name."""

    def __init__(self, package: Package, losses: Losses) -> None:
        self._package, self._losses = package, losses
        self._made: dict[tuple[str, Crop], str] = {}
        self.files: dict[str, bytes] = {}

    def name(self, part: str | None, crop: Crop = WHOLE) -> str:
        """The name under which the picture in the source's `part` stands in the new package (`media/image1.png`)."""
        key = (part or "", crop)
        if key not in self._made:
            picture: Picture = clean_picture(self._package.parts.get(part or ""), crop)
            if picture.is_grey:
                self._losses.kinds.add("pictures")
            name = f"media/image{len(self.files) + 1}.{picture.suffix}"
            self.files[name] = picture.data
            self._made[key] = name
        return self._made[key]


def rename_places(roots: Iterable[Any]) -> None:
    """Give the bookmarks to which something refers new names in all `roots`; the others go."""
    trees = list(roots)
    wanted = {link.get(q("w:anchor")) for root in trees for link in root.iter(q("w:hyperlink"))}
    for root in trees:
        wanted |= bookmarks_of_fields(root)
    new: dict[str, str] = {}
    count = 0
    for root in trees:
        kept: dict[str, str] = {}
        for start in list(root.iter(q("w:bookmarkStart"))):
            name, old = start.get(q("w:name"), ""), start.get(q("w:id"), "")
            if name not in wanted or name in new:
                remove(start)
                continue
            count += 1
            new[name] = f"plaats{count}"
            kept[old] = str(count)
            start.set(q("w:name"), new[name])
            start.set(q("w:id"), kept[old])
        for end in list(root.iter(q("w:bookmarkEnd"))):
            if end.get(q("w:id"), "") in kept:
                end.set(q("w:id"), kept.pop(end.get(q("w:id"))))
            else:
                remove(end)
    for root in trees:
        flatten_fields(root, Losses(), new)
        for link in root.iter(q("w:hyperlink")):
            if q("w:anchor") in link.attrib:
                link.set(q("w:anchor"), new.get(link.get(q("w:anchor")), ""))


class References:
    """Writes the references of one part anew. `parts` maps names of parts of the source to those of new ones."""

    def __init__(
        self,
        package: Package,
        part: str,
        *,
        parts: Mapping[str, str],
        media: Media,
        addresses: Addresses,
        losses: Losses,
        number: Callable[[], int],
    ) -> None:
        self._old = package.relationships(part)
        self._parts, self._media, self._addresses, self._losses = parts, media, addresses, losses
        self._number = number
        self.links = Links()

    def write(self, root: Any) -> Links:
        """Change `root` in place; the relationships that it needs."""
        for link in list(root.iter(q("w:hyperlink"))):
            self._link(link)
        for blip in list(root.iter(q("a:blip"))):
            self._picture(blip)
        for data in list(root.iter(q("v:imagedata"))):
            self._old_picture(data)
        for element in root.iter():
            tag = prefixed(element.tag)
            if tag in ("w:headerReference", "w:footerReference"):
                target = self._old[element.get(q("r:id"))].target
                element.set(q("r:id"), self.links.add(tag[2:-9], self._parts[target]))
            elif tag not in ("w:hyperlink", "a:blip", "v:imagedata"):
                for name in [name for name in element.attrib if name.startswith(f"{{{KEPT['r']}}}")]:
                    del element.attrib[name]
            if tag in _NAMED:
                number = self._number()
                element.set("id", str(number))
                element.set("name", f"Object {number}")
        return self.links

    def _link(self, link: Any) -> None:
        identifier, anchor = link.attrib.pop(q("r:id"), ""), link.get(q("w:anchor"), "")
        relationship = self._old.get(identifier)
        if relationship is not None and relationship.external and not holds_label(link):
            if self._addresses.allowed(relationship.target):
                link.attrib.pop(q("w:anchor"), None)
                link.set(q("r:id"), self.links.add("hyperlink", relationship.target, external=True))
                return
            self._losses.kinds.add("links")
        elif anchor and relationship is None:
            return
        elif identifier:
            self._losses.kinds.add("links")
        unwrap(link)

    def _picture(self, blip: Any) -> None:
        relationship = self._old.get(blip.get(q("r:embed"), ""))
        part = relationship.target if relationship is not None and not relationship.external else None
        crop = WHOLE
        rectangle = blip.getnext()
        if rectangle is not None and rectangle.tag == q("a:srcRect"):
            crop = tuple(max(_share(rectangle.get(side, "0")), 0.0) for side in "ltrb")  # type: ignore[assignment]
            for side in "ltrb":
                if _share(rectangle.get(side, "0")) > 0:
                    del rectangle.attrib[side]
        blip.set(q("r:embed"), self.links.add("image", self._media.name(part, crop)))

    def _old_picture(self, data: Any) -> None:
        relationship = self._old.get(data.get(q("r:id"), ""))
        cropped = any(data.attrib.pop(name, "0") not in ("0", "0f") for name in _CROPS)
        known = relationship is not None and not relationship.external and not cropped
        part = relationship.target if known and relationship is not None else None
        for name in [name for name in data.attrib if name.startswith(f"{{{KEPT['r']}}}")]:
            del data.attrib[name]
        data.set(q("r:id"), self.links.add("image", self._media.name(part)))


def _share(value: str) -> float:
    """A percentage of DrawingML, in thousandths or with its sign, as a share (ECMA-376 part 1, 20.1.10.40)."""
    try:
        return float(value.removesuffix("%")) / 100 if value.endswith("%") else int(value) / 100_000
    except ValueError:
        return 0.0


def renumber_heights(roots: Iterable[Any]) -> None:
    """Count anew which drawings lie over which: Word's own numbers are long."""
    anchors = [anchor for root in roots for anchor in root.iter(q("wp:anchor"))]
    heights = sorted({int(anchor.get("relativeHeight", "0")) for anchor in anchors})
    for anchor in anchors:
        anchor.set("relativeHeight", str(heights.index(int(anchor.get("relativeHeight", "0"))) + 1))


def wrap_drawings(root: Any) -> None:
    """Say of shapes which extension of Word they need, as Word does ([MS-DOCX], 2.3)."""
    for drawing in list(root.iter(q("w:drawing"))):
        data = drawing.find(f".//{q('a:graphicData')}")
        needed = prefixed(f"{{{data.get('uri')}}}x").partition(":")[0] if data is not None else ""
        if needed in ("wps", "wpg"):
            alternates = etree.Element(q("mc:AlternateContent"))
            drawing.getparent().replace(drawing, alternates)
            choice = etree.SubElement(alternates, q("mc:Choice"), {"Requires": needed})
            choice.append(drawing)
