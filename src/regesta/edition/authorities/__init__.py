"""Persons, offices and powers over all collections."""
