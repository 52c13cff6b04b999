"""Is the map still true?"""
