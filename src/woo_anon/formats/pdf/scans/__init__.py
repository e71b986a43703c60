"""Pages without text: OCR, and how well it read them."""
