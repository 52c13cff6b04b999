"""When a circle meets: its rhythm, exceptions to it, and cancelling or moving one meeting."""
