"""What a PDF holds beside its pages: kept by allowlist, built anew, or gone."""
