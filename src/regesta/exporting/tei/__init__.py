"""Documents as TEI, valid and read back without loss."""
