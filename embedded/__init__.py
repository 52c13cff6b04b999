"""The demo: the whole service on one machine, with its own PostgreSQL and Redis and an invented past."""
