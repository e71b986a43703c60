"""What may be opened at all; and the copy that is prepared of a file that needs it."""
