"""What may be shared with whom; who is whose municipal coach."""
