"""The volunteer: who gives their evenings, and whether they may be placed in a circle."""
