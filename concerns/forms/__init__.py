"""Raising a concern, and working one."""
