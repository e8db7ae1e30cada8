"""Counterparts: papers of two sides that tell the same, with what agrees."""
