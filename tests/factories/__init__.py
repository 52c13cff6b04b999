"""Rows made directly, where no operation is what a test is about."""
