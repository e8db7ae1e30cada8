"""Names of persons, places and powers in running text."""
