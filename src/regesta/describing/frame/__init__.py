"""Frames of documents: the lines before and after a body."""
