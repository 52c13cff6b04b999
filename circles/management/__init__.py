"""Commands of the circles."""
