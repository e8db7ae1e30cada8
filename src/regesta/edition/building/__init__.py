"""From sources to an edition: read in workers, put in order, the last one kept whole."""
