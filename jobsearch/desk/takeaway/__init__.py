"""Everything of a participant's own search to take home: a workbook, a summary, her documents."""
