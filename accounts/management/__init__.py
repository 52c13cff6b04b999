"""Commands a technician types."""
