"""The trail: what people did and what they looked at. It is written once and never changed."""
