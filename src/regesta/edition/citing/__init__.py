"""Citations and quotations: found, checked, made, and kept valid."""
