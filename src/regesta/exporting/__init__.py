"""Documents into files: one module a format."""
