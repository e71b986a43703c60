"""The report of an audit as one HTML page in Dutch, without anything from outside.

Everything from a document is escaped by Jinja. Text that was found stands in it only where that was asked for.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from markupsafe import Markup

from woo_anon import templating
from woo_anon.audit.codes import CODES, Severity
from woo_anon.audit.issue import Audit, Issue, Place

SEVERITIES = {Severity.LEAK: "lek", Severity.RISK: "risico", Severity.NOTE: "opmerking"}

_DUTCH = {
    "annotation": "aantekening",
    "author": "auteur",
    "boxes over pictures": "vlakken over afbeeldingen",
    "cannot be read by itself": "op zichzelf niet te lezen",
    "catalog": "catalogus",
    "content": "inhoud",
    "destination": "bestemming",
    "field": "veld",
    "fields": "velden",
    "fits": "past op",
    "form": "formulier",
    "in no table": "in geen tabel",
    "Info": "documenteigenschappen",
    "names": "namen",
    "no valid XML": "geen geldige XML",
    "objects": "objecten",
    "of": "van",
    "outline": "bladwijzer",
    "page label": "paginalabel",
    "pages": "pagina’s",
    "revision": "versie",
    "the oldest": "de oudste",
    "thumbnail": "miniatuur",
    "words": "woorden",
}
_ENGLISH = re.compile(r"\b(" + "|".join(sorted(_DUTCH, key=len, reverse=True)) + r")\b")


@dataclass(frozen=True)
class Audited:
    """A file with its audit, or with the reason why there is none."""

    name: str
    audit: Audit | None
    failure: str = ""

    def groups(self) -> list[tuple[str, list[Issue]]]:
        """The issues by code, worst first."""
        found: dict[str, list[Issue]] = {}
        for issue in self.audit.issues if self.audit else ():
            found.setdefault(issue.code, []).append(issue)
        return list(found.items())


def render(documents: Sequence[Audited], text: bool) -> str:
    """The page. With `text` it shows what was found, and must stay inside."""
    environment = templating.environment("woo_anon.audit")
    style = (resources.files("woo_anon.audit") / "templates" / "audit.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return environment.get_template("audit.html.j2").render(
        documents=documents,
        with_text=text,
        codes=CODES,
        severities=SEVERITIES,
        where=where,
        dutch=dutch,
        style=Markup(style),  # our own file
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
    )


def where(place: Place) -> str:
    """A place in Dutch, with its box in points from the lower left corner."""
    box = place.box
    page = f"pagina {place.page}" if place.page is not None else ""
    at = f"vak {box.left:.0f}, {box.bottom:.0f} – {box.right:.0f}, {box.top:.0f} pt" if box else ""
    return ", ".join(part for part in (page, at, dutch(place.what)) if part)


def dutch(words: str) -> str:
    """What issues say of kinds and figures, in Dutch; names of kinds in PDF stay as they are."""
    return _ENGLISH.sub(lambda found: _DUTCH[found[0]], words)
