"""Documents into findings: what looks wrong or missing, with the words and both values."""
