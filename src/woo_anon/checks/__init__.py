"""What verification looks at: strings, plain text, PDF objects, PDF pages."""
