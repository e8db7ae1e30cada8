"""Diplomatic acts of a document by a clause grammar, and the back ends that can stand in for it."""
