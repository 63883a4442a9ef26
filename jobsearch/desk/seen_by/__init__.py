"""Who has looked at what of a participant's, and what of hers went out of the house."""
