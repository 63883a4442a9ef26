"""A spreadsheet of candidates: its columns, a preview, and taking it in whole."""
