"""Machinery with no tables and no domain nouns. Imports none of ours."""
