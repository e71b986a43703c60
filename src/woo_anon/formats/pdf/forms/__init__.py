"""Form fields become part of their pages before anything is read."""
