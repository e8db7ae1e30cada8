"""A document into its dates: grammar, calendars, eras, what stands around a date."""
