"""Who set a figure, when and from what, read from the audit trail."""
