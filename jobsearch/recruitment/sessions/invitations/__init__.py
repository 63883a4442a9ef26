"""Who may be invited to an info session, and to which programme."""
