"""The circle: members, meetings, minutes."""
