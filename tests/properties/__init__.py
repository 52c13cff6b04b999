"""Is it true for any input?"""
