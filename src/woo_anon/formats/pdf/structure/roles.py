"""Structure types: those of the standard, and what a document's own types stand for (ISO 32000-2, 14.8.4 and 14.8.6).

A name of the standard says nothing of a document, so it stays even where it equals a redacted word (`Form`, `Link`).
"""

from __future__ import annotations

from typing import Any

from pikepdf import Dictionary

STANDARD = frozenset(
    """/Document /DocumentFragment /Part /Art /Sect /Div /Aside /NonStruct /BlockQuote /Caption /TOC /TOCI /Index
    /Private /P /H /H1 /H2 /H3 /H4 /H5 /H6 /Title /FENote /Sub /L /LI /Lbl /LBody /Table /TR /TH /TD /THead /TBody
    /TFoot /Span /Quote /Note /Reference /BibEntry /Code /Link /Annot /Em /Strong /Ruby /RB /RT /RP /Warichu /WT /WP
    /Figure /Formula /Form /Artifact""".split()
)
OWNERS = frozenset(("/Layout", "/List", "/Table"))  # of attributes (14.8.5)
_LONGEST_CHAIN = 32  # of types that stand for each other; a longer one is a loop


def standard_role(root: Any, element: Any) -> str:
    """What the element is in the standard's terms: its type, followed through the role map of the tree `root`."""
    roles, role = root.get("/RoleMap", Dictionary()), str(element.get("/S", ""))
    for _ in range(_LONGEST_CHAIN):
        if role in STANDARD or role not in roles:
            break
        role = str(roles[role])
    return role
