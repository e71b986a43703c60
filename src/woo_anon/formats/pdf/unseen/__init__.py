"""Text that no reader of the page sees: who is suspected, who is seen, what goes."""
