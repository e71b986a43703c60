"""What was decided on the documents of a dossier, on what ground and by whom, without a word of what was redacted
(docs/accountability.md)."""
