"""All permissions of a participant on one page: what, to whom, until when, and taking back."""
