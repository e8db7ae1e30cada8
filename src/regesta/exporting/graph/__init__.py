"""Networks as GraphML and GEXF."""
