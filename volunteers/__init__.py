"""The volunteers: their files, and whether they may be placed in a circle."""
