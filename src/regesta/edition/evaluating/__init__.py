"""Measures of describing and of acts against marked-up sources and gold."""
