"""woo-anon makes internal documents of Dutch authorities fit for publication under the Woo (Wet open overheid)."""

__version__ = "0.1.0"
