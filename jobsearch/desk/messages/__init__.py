"""One's own choices of messages, and whom messages do not reach."""
