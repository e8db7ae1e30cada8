"""Subjects suggested for documents."""
