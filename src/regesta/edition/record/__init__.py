"""The record: SQLite tables, read and written."""
