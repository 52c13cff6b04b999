"""Commands of the core members."""
