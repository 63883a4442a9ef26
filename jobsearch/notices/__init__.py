"""Messages that leave the house, through an outbox."""
