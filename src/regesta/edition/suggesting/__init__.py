"""Subjects suggested for documents that have none."""
