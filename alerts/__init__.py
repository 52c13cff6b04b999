"""Who must be told, until they have been."""
