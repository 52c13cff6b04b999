"""Journeys: whole pieces of somebody’s work, told on the running demo."""
