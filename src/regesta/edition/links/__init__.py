"""Links of an edition: found after a build, kept beside the record, asked for."""
