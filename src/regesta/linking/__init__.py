"""Documents into links: references, threads and silences, each with the evidence that agreed."""
