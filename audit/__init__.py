"""What was done and what was looked at. Write-once."""
