"""What is asked of people about how they are reached."""
