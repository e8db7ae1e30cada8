"""An edition as tables with a data dictionary."""
