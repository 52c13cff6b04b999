"""The rows of the page table, by app."""
