"""Pixels: images under a box, and pages that become an image."""
