"""A document into its senders and recipients: headings, signatures, offices, speakers."""
