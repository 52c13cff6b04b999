"""When a circle meets: its rhythm, whose turn it is, the private calendar, the hours it took."""
