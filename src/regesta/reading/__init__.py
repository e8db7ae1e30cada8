"""Sources into documents: one module a format; each reader says why it declined a file."""
