"""Printed names into persons, and who held an office on a day."""
