"""Commands for technicians."""
