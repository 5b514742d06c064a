"""How dates are written, per language, where we differ from Django."""
