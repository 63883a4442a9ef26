"""What the report to a funder says."""
