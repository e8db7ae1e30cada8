"""The door: command line, web pages and REST; it talks to `regesta.edition` alone."""
