"""Pages about accounts: the list of people, one account, joining, and one's own."""
