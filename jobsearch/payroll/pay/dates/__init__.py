"""On which day a run pays: what each proposed day means for everyone, and who chose it."""
