"""Faults, one a module: each breaks a running service in one way and answers with what it cost."""
