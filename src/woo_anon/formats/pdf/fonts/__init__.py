"""Fonts: how far each code advances, and what is left of a font after redaction."""
