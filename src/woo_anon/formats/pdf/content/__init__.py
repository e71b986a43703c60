"""Content streams: followed, and rewritten without what goes."""
