"""The audit of an edition: looked through once a build, kept, dismissed by decisions."""
