"""Public collections by name, fetched into a folder and checked."""
