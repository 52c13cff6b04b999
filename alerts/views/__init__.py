"""Pages of the inbox, of how one is reached, and where providers say what became of a message."""
