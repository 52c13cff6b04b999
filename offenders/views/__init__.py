"""The core member's pages."""
