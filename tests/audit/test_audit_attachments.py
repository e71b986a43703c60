"""Files inside the file."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from attacks import make
from audited import only
from pikepdf import Array, Dictionary, Name, Pdf, String


def test_an_attachment_of_a_page_is_found_once(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        data = pdf.make_indirect(pdf.make_stream(b"vier", Type=Name.EmbeddedFile))
        file = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec, F=String("bron.docx"), UF=String("bron.docx"), EF=Dictionary(F=data, UF=data)
            )
        )
        rect = Array([9, 9, 20, 20])
        page.obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=rect, FS=file)])
        pdf.Root.AF = Array([file])

    issue = only(make(tmp_path / "file.pdf", attack), "attachment")
    assert (issue.text, issue.detail) == ("bron.docx", "4 bytes")
