"""Saved web pages into documents."""
