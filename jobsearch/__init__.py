"""Employment-based job search: unemployed people are hired for three weeks to look for work together."""
