"""A person's copy of everything that there is about her (GDPR art. 15 and 20)."""
