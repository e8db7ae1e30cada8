"""The ledger of acts: found after a build, kept beside the record, asked for."""
