"""Reports as data, and what is drawn of them: page, PDF and workbook."""
