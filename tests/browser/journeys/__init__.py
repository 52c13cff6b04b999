"""One short journey for each person a concern passes through, as they would make it."""
