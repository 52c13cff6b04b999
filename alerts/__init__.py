"""Messages to people: queued, sent until they arrive, and given to a deputy during leave."""
