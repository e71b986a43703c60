"""Word documents (ECMA-376, WordprocessingML): read with all that they hide, written anew by allowlist."""
