"""Figures, printed: run by `make bench`, never by `make test`."""
