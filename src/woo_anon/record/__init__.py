"""What is written down: the redaction log and the review report."""
