"""Which comment answers which ([MS-DOCX], 2.2.6 and 2.5.4.1): Word knows it by the last paragraphs of both.

comments.xml            <w:comment w:id="4"> … <w:p w14:paraId="1F2A3B4C">
commentsExtended.xml    <w15:commentEx w15:paraId="1F2A3B4C" w15:paraIdParent="0C0D0E0F">
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from woo_anon.formats.word.namespaces import q

RELATIONSHIP = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"


def answers(comments: Any, extended: Any) -> dict[str, str]:
    """The comments that answer one, by identifier; to be asked before the trees are cleaned."""
    found = {}
    for comment in comments.iter(q("w:comment")):
        paragraphs = comment.findall(q("w:p"))
        if paragraphs:
            found[paragraphs[-1].get(q("w14:paraId"))] = comment.get(q("w:id"), "")
    pairs = (
        (found.get(entry.get(q("w15:paraId"), "")), found.get(entry.get(q("w15:paraIdParent"), "")))
        for entry in extended.iter(q("w15:commentEx"))
    )
    return {answer: to for answer, to in pairs if answer is not None and to is not None}


def extended(comments: Any, answers: Mapping[str, str]) -> Any:
    """The tree of commentsExtended.xml for a cleaned tree of comments, whose last paragraphs get new identifiers."""
    root = etree.Element(q("w15:commentsEx"))
    numbers = {comment.get(q("w:id")): f"{at:08X}" for at, comment in enumerate(comments.iter(q("w:comment")), 1)}
    for comment in comments.iter(q("w:comment")):
        number = comment.get(q("w:id"))
        comment.findall(q("w:p"))[-1].set(q("w14:paraId"), numbers[number])
        entry = etree.SubElement(root, q("w15:commentEx"), {q("w15:paraId"): numbers[number]})
        if number in answers:
            entry.set(q("w15:paraIdParent"), numbers[answers[number]])
    return root
