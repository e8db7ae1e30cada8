"""Search: the query language, the index, facets and the highlighter."""
