"""TEI into documents: volumes and single letters, registers, indexes, lists of letters."""
