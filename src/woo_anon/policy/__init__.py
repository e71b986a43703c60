"""What may stay and what must go: profiles and decisions."""
