"""The reading room's pages: one module a kind of page, and what they share."""
