"""The structure tree: kept, cleaned, and given a place for every box."""
