"""The tests: sentences about named people."""
