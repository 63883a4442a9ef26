"""Employment-based job search: people are hired for three weeks to look for work together."""
