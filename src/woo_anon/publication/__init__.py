"""What goes with the documents of an output folder when they are published (docs/publication.md)."""
