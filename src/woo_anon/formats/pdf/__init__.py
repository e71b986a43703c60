"""PDF: reading with PDFium, rewriting with pikepdf, falling back to page images."""
