"""Machinery that every app uses. It has no tables and no words of the field, and imports no other app."""
