"""The pages of people: the list and each account, joining, and oneself."""
