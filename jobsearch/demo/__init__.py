"""The pilot as published, and three cohorts beside it, loaded by one command."""
