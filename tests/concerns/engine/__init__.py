"""Sentences about named people."""
