"""What a provider remembers of companies across its groups, without anybody's personal data."""
