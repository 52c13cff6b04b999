"""Risk instruments: read from files, added up, compared round by round."""
