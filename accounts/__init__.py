"""Who can sign in, for which agency, in which area."""
