"""References in four steps: clean, find, resolve, annotate."""
