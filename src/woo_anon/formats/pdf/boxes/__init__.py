"""Where boxes stand and what moves with them, how they look, and whether the page came out as planned."""
