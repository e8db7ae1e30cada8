"""Citations in house forms, and bibliographies."""
