"""A circle at a glance: its health in one line, and everything that happened in one timeline."""
