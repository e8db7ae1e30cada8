"""The door for language models: an edition as tools of the Model Context Protocol."""
