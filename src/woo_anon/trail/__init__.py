"""What people decided on the documents of an output folder: an append-only trail, and where a document stands by it."""
