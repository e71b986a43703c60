"""New numbers for the codes and glyphs of fonts, so that they do not tell what went."""
