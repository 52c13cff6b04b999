"""Pages that show a circle as a whole: its health, its meetings, its timeline, and who looked."""
