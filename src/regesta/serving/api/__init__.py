"""The API: endpoints, what can be asked, the shapes of answers, and their description."""
