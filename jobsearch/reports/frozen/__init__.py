"""Reports kept as they were on a day: text, checksum, and how they differ from today."""
