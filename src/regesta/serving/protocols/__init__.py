"""The libraries' own protocols: DTS, OAI-PMH and IIIF."""
