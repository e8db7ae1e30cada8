"""Powers with their names, adjectives, metonyms and years."""
