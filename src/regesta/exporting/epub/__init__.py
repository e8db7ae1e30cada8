"""A collection or a search as an EPUB 3 book."""
