"""Marks for redaction: written into a copy of a PDF and as XFDF, read back from either, and taken out."""
