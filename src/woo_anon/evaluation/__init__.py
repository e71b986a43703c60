"""Measuring the tool on documents that people annotated."""
