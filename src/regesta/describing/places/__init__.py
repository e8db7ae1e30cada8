"""A document into its place of writing, and where that lies."""
