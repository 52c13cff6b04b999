"""The browser, as the person who uses it."""
