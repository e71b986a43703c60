"""The review: a local web application in which people judge what the machine proposes (docs/review.md)."""
