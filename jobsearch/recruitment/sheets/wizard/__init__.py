"""A spreadsheet step by step: choose it, name its columns, look, take it in."""
