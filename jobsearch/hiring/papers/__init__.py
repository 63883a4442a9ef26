"""Contracts as the office sees them: terms, versions, signing, ending."""
