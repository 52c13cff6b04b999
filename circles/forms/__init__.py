"""What is asked on the circle's pages."""
