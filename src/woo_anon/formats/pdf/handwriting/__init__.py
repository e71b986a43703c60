"""Parts of pages that may be written by hand: ink that no word explains, and pictures and drawings of that size."""
