"""Documents into facts: dates, parties, places, numbers, kinds and languages, never invented."""
