"""Names in running text, found once after a build."""
