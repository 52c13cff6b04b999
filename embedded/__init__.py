"""A PostgreSQL and a Redis of our own, for a machine that has neither."""
