"""A worry, from raised to answered, and who is told until somebody has it."""
