"""Characters as PDFium sees them, in reading order; and what cannot be read."""
