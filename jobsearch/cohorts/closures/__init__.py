"""Days on which the provider is closed, beside the public holidays."""
