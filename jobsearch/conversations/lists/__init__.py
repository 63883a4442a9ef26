"""The list of conversations: what is new first."""
