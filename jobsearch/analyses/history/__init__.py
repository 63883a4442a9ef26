"""Earlier texts of a section, read from the audit trail, and how one is taken back."""
