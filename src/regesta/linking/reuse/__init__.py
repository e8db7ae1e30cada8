"""Text reuse: the same words in two documents, as stages of SQL and pure functions."""
